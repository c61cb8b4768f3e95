/* The device is loaded by name through ALSA's configuration; it has no interface of its own. */
