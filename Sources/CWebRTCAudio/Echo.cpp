#include "CWebRTCAudio.h"

#include <webrtc/common.h>
#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

#include <cstring>
#include <memory>
#include <new>

using webrtc::AudioProcessing;

struct cwebrtc_echo {
    std::unique_ptr<AudioProcessing> processing;
    webrtc::AudioFrame near_end;
    webrtc::AudioFrame far_end;
};

static bool configure(AudioProcessing &processing) {
    using webrtc::EchoCancellation;
    using webrtc::NoiseSuppression;
    using webrtc::VoiceDetection;
    bool ok = processing.high_pass_filter()->Enable(true) == 0;
    ok = processing.echo_cancellation()->set_suppression_level(EchoCancellation::kHighSuppression) == 0 && ok;
    ok = processing.echo_cancellation()->enable_drift_compensation(false) == 0 && ok;
    ok = processing.echo_cancellation()->Enable(true) == 0 && ok;
    ok = processing.noise_suppression()->set_level(NoiseSuppression::kModerate) == 0 && ok;
    ok = processing.noise_suppression()->Enable(true) == 0 && ok;
    ok = processing.voice_detection()->set_likelihood(VoiceDetection::kLowLikelihood) == 0 && ok;
    ok = processing.voice_detection()->set_frame_size_ms(10) == 0 && ok;
    return processing.voice_detection()->Enable(true) == 0 && ok;
}

static void prepare(webrtc::AudioFrame &frame) {
    frame.sample_rate_hz_ = CWEBRTC_RATE;
    frame.num_channels_ = 1;
    frame.samples_per_channel_ = CWEBRTC_FRAME;
}

extern "C" cwebrtc_echo *cwebrtc_echo_new(void) {
    auto echo = std::unique_ptr<cwebrtc_echo>(new (std::nothrow) cwebrtc_echo());
    if (!echo) return nullptr;
    webrtc::Config config;
    // The delay is that of two devices and a room: nobody can tell it beforehand.
    config.Set<webrtc::DelayAgnostic>(new webrtc::DelayAgnostic(true));
    config.Set<webrtc::ExtendedFilter>(new webrtc::ExtendedFilter(true));
    echo->processing.reset(AudioProcessing::Create(config));
    if (!echo->processing || !configure(*echo->processing)) return nullptr;
    prepare(echo->near_end);
    prepare(echo->far_end);
    return echo.release();
}

extern "C" void cwebrtc_echo_free(cwebrtc_echo *echo) { delete echo; }

extern "C" int cwebrtc_echo_process(cwebrtc_echo *echo, const int16_t *far_end, int16_t *near_end) {
    std::memcpy(echo->far_end.data_, far_end, CWEBRTC_FRAME * sizeof *far_end);
    int result = echo->processing->AnalyzeReverseStream(&echo->far_end);
    if (result != AudioProcessing::kNoError) return result < 0 ? result : -1;
    std::memcpy(echo->near_end.data_, near_end, CWEBRTC_FRAME * sizeof *near_end);
    // With the agnostic delay it is only where the search begins.
    echo->processing->set_stream_delay_ms(0);
    result = echo->processing->ProcessStream(&echo->near_end);
    if (result != AudioProcessing::kNoError) return result < 0 ? result : -1;
    std::memcpy(near_end, echo->near_end.data_, CWEBRTC_FRAME * sizeof *near_end);
    return echo->processing->voice_detection()->stream_has_voice() ? 1 : 0;
}
