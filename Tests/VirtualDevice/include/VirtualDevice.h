/* The device is loaded by name; it has no header of its own. */
