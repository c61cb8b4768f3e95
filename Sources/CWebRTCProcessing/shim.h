/* C++: used only through CWebRTCAudio. */
