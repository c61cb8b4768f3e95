#ifndef COPUS_H
#define COPUS_H

#include <opusenc.h>

/* The variadic half of libopusenc: an encoder for speech that gives pages by ope_encoder_get_page.
   NULL when it cannot be made; the reason is in *error. */
OggOpusEnc *opus_speech_encoder(OggOpusComments *comments, int rate, int bitrate, int muxing_delay, int *error);

#endif
