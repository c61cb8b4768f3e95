#ifndef CWEBRTCAUDIO_H
#define CWEBRTCAUDIO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The C face of WebRTC's audio processing: 16 kHz mono in frames of 10 ms (160 samples). */

enum { CWEBRTC_RATE = 16000, CWEBRTC_FRAME = 160 };

typedef enum {
    CWEBRTC_SUPPRESSION_OFF = -1,
    CWEBRTC_SUPPRESSION_LOW = 0,
    CWEBRTC_SUPPRESSION_MODERATE = 1,
    CWEBRTC_SUPPRESSION_HIGH = 2,
    CWEBRTC_SUPPRESSION_VERY_HIGH = 3,
} cwebrtc_suppression;

/* High-pass filter, noise suppression and voice detection. Belongs to one thread at a time. */
typedef struct cwebrtc_voice cwebrtc_voice;

cwebrtc_voice *cwebrtc_voice_new(cwebrtc_suppression suppression);
void cwebrtc_voice_free(cwebrtc_voice *voice);
/* Cleans the frame in place. Returns 1 for voice, 0 for none, below 0 for an error. */
int cwebrtc_voice_process(cwebrtc_voice *voice, int16_t *frame);

/* Echo cancellation that finds the delay itself, then what the voice above does. Belongs to one thread at a time. */
typedef struct cwebrtc_echo cwebrtc_echo;

cwebrtc_echo *cwebrtc_echo_new(void);
void cwebrtc_echo_free(cwebrtc_echo *echo);
/* Takes the echo of `far_end`, the frame that was played, out of `near_end`, the frame that was heard, in place. Returns 1
   when what is left is voice, 0 when it is not, below 0 for an error. */
int cwebrtc_echo_process(cwebrtc_echo *echo, const int16_t *far_end, int16_t *near_end);

#ifdef __cplusplus
}
#endif
#endif
