#include "CWebRTCAudio.h"

#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

#include <cstring>
#include <memory>
#include <new>

using webrtc::AudioProcessing;

struct cwebrtc_voice {
    std::unique_ptr<AudioProcessing> processing;
    webrtc::AudioFrame frame;
};

static bool configure(AudioProcessing &processing, cwebrtc_suppression suppression) {
    using webrtc::NoiseSuppression;
    using webrtc::VoiceDetection;
    bool ok = processing.high_pass_filter()->Enable(true) == 0;
    if (suppression != CWEBRTC_SUPPRESSION_OFF) {
        auto level = static_cast<NoiseSuppression::Level>(suppression);
        ok = processing.noise_suppression()->set_level(level) == 0 && ok;
        ok = processing.noise_suppression()->Enable(true) == 0 && ok;
    }
    ok = processing.voice_detection()->set_likelihood(VoiceDetection::kVeryLowLikelihood) == 0 && ok;
    ok = processing.voice_detection()->set_frame_size_ms(10) == 0 && ok;
    return processing.voice_detection()->Enable(true) == 0 && ok;
}

extern "C" cwebrtc_voice *cwebrtc_voice_new(cwebrtc_suppression suppression) {
    auto voice = std::unique_ptr<cwebrtc_voice>(new (std::nothrow) cwebrtc_voice());
    if (!voice) return nullptr;
    voice->processing.reset(AudioProcessing::Create());
    if (!voice->processing || !configure(*voice->processing, suppression)) return nullptr;
    voice->frame.sample_rate_hz_ = CWEBRTC_RATE;
    voice->frame.num_channels_ = 1;
    voice->frame.samples_per_channel_ = CWEBRTC_FRAME;
    return voice.release();
}

extern "C" void cwebrtc_voice_free(cwebrtc_voice *voice) { delete voice; }

extern "C" int cwebrtc_voice_process(cwebrtc_voice *voice, int16_t *samples) {
    std::memcpy(voice->frame.data_, samples, CWEBRTC_FRAME * sizeof *samples);
    int result = voice->processing->ProcessStream(&voice->frame);
    if (result != AudioProcessing::kNoError) return result < 0 ? result : -1;
    std::memcpy(samples, voice->frame.data_, CWEBRTC_FRAME * sizeof *samples);
    return voice->processing->voice_detection()->stream_has_voice() ? 1 : 0;
}
