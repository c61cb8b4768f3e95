#include "VirtualDevice.h"
