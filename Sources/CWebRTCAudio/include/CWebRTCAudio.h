#ifndef CWEBRTCAUDIO_H
#define CWEBRTCAUDIO_H

#endif
