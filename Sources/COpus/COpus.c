#include "COpus.h"

OggOpusEnc *opus_speech_encoder(OggOpusComments *comments, int rate, int bitrate, int muxing_delay, int *error) {
    OggOpusEnc *encoder = ope_encoder_create_pull(comments, rate, 1, 0, error);
    if (!encoder) return NULL;
    *error = ope_encoder_ctl(encoder, OPUS_SET_APPLICATION(OPUS_APPLICATION_VOIP));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_BITRATE(bitrate));
    /* No look-ahead and short pages: sound can leave while its speaker still talks. */
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPE_SET_DECISION_DELAY(0));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPE_SET_MUXING_DELAY(muxing_delay));
    if (*error == OPE_OK) return encoder;
    ope_encoder_destroy(encoder);
    return NULL;
}
