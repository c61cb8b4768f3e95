#include "CSpeech.h"

#include <flite/flite.h>
#include <string.h>

#include "Setup.h"

cst_voice *register_cmu_us_rms(const char *directory);
cst_voice *register_cmu_us_slt(const char *directory);
cst_voice *register_cmu_us_awb(const char *directory);
cst_voice *register_cmu_us_kal16(const char *directory);

typedef struct {
    const char *name;
    cst_voice *(*make)(const char *directory);
    cst_voice *voice;
} entry;

static entry voices[] = {
    {"rms", register_cmu_us_rms, NULL},
    {"slt", register_cmu_us_slt, NULL},
    {"awb", register_cmu_us_awb, NULL},
    {"kal16", register_cmu_us_kal16, NULL},
};
/* A voice carries the settings of what it is saying, so one sentence is spoken at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cst_voice *find(const char *name) {
    static int is_ready;
    if (!is_ready) {
        flite_init();
        is_ready = 1;
    }
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++) {
        if (strcmp(voices[i].name, name) != 0) continue;
        if (!voices[i].voice) {
            pthread_mutex_lock(&cspeech_setup);
            voices[i].voice = voices[i].make(NULL);
            pthread_mutex_unlock(&cspeech_setup);
        }
        return voices[i].voice;
    }
    return NULL;
}

int cspeech_voice_rate(const char *name) {
    pthread_mutex_lock(&lock);
    cst_voice *voice = find(name);
    int rate = voice ? flite_get_param_int(voice->features, "sample_rate", 16000) : 0;
    pthread_mutex_unlock(&lock);
    return rate;
}

typedef struct {
    cspeech_chunk callback;
    void *context;
    int stopped;
} sink;

static int stream(const cst_wave *wave, int start, int size, int last, cst_audio_streaming_info *info) {
    (void)last;
    sink *target = info->userdata;
    if (target->stopped) return CST_AUDIO_STREAM_STOP;
    if (size > 0 && target->callback(wave->samples + start, size, target->context) != 0) {
        target->stopped = 1;
        return CST_AUDIO_STREAM_STOP;
    }
    return CST_AUDIO_STREAM_CONT;
}

int cspeech_voice_speak(
    const char *name, const char *text, float stretch, int chunk, cspeech_chunk callback, void *context) {
    sink target = {callback, context, 0};
    pthread_mutex_lock(&lock);
    cst_voice *voice = find(name);
    cst_audio_streaming_info *info = voice ? new_audio_streaming_info() : NULL;
    cst_utterance *utterance = NULL;
    if (info) {
        info->min_buffsize = chunk;
        info->asc = stream;
        info->userdata = &target;
        flite_feat_set(voice->features, "streaming_info", audio_streaming_info_val(info));
        flite_feat_set_float(voice->features, "duration_stretch", stretch);
        utterance = flite_synth_text(text, voice);
        /* Frees `info` with it. */
        flite_feat_remove(voice->features, "streaming_info");
    }
    if (utterance) delete_utterance(utterance);
    pthread_mutex_unlock(&lock);
    return utterance ? 0 : -1;
}
