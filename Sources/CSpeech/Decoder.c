#include "CSpeech.h"

#include <pocketsphinx.h>
#include <pthread.h>
#include <sphinxbase/cmn.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>
#include <sphinxbase/feat.h>
#include <sphinxbase/logmath.h>
#include <sphinxbase/ngram_model.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(mfcc_t) == sizeof(float), "cepstra are floats");

struct cspeech_decoder {
    ps_decoder_t *ps;
    cmd_ln_t *config;
    /* The general language model, for mixing. It is read here and not by the decoder: that would build a search for it,
       which takes 30 MB and is never used. */
    ngram_model_t *own;
    /* Its logarithms: a model only borrows them. */
    logmath_t *logmath;
};

/* The libraries log what was heard: never let that out. */
static void drop(void *data, err_lvl_t level, const char *format, ...) {
    (void)data;
    (void)level;
    (void)format;
}

static void silence(void) {
    err_set_callback(drop, NULL);
}

static pthread_once_t silenced = PTHREAD_ONCE_INIT;

/* The bytes of a file, ended by a zero. */
static char *contents(const char *path, size_t *size) {
    FILE *file = fopen(path, "re");
    if (!file) return NULL;
    char *text = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long length = ftell(file);
        rewind(file);
        text = length >= 0 ? malloc((size_t)length + 1) : NULL;
        if (text) {
            *size = fread(text, 1, (size_t)length, file);
            text[*size] = 0;
        }
    }
    fclose(file);
    return text;
}

/* The dictionary without the words that the model does not know, as a file in memory: every word costs 200 bytes. */
static int known_words(const char *path, ngram_model_t *model) {
    size_t size = 0;
    char *text = contents(path, &size);
    if (!text) return -1;
    int32 unknown = ngram_unknown_wid(model);
    char *out = text;
    for (char *line = text, *next; line < text + size; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : text + size;
        char word[128];
        /* "read(2)" is another way to say "read". */
        size_t length = strcspn(line, " \t\n(");
        if (length == 0 || length >= sizeof word) continue;
        memcpy(word, line, length);
        word[length] = 0;
        if (ngram_wid(model, word) == unknown) continue;
        memmove(out, line, (size_t)(next - line));
        out += next - line;
    }
    int file = cspeech_memory_file(text, (size_t)(out - text));
    free(text);
    return file;
}

/* Reads the general language model, and makes the configuration's dictionary fit it. */
static void read_model(cspeech_decoder *decoder, const char *path) {
    decoder->logmath = logmath_init(cmd_ln_float32_r(decoder->config, "-logbase"), 0, TRUE);
    if (!decoder->logmath) return;
    decoder->own = ngram_model_read(decoder->config, path, NGRAM_AUTO, decoder->logmath);
    if (!decoder->own) return;
    int dictionary = known_words(cmd_ln_str_r(decoder->config, "-dict"), decoder->own);
    if (dictionary < 0) return;
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", dictionary);
    cmd_ln_set_str_r(decoder->config, "-dict", name);
    decoder->ps = ps_init(decoder->config);
    close(dictionary);
}

cspeech_decoder *cspeech_decoder_new(const char *const *arguments, int count, const char *language) {
    pthread_once(&silenced, silence);
    /* The configuration is written past the callback, to a stream that each thread has of its own. */
    err_set_logfp(NULL);
    cspeech_decoder *decoder = calloc(1, sizeof *decoder);
    char **argv = calloc((size_t)count + 1, sizeof *argv);
    if (decoder && argv) {
        for (int i = 0; i < count; i++) argv[i] = (char *)arguments[i];
        decoder->config = cmd_ln_parse_r(NULL, ps_args(), count, argv, TRUE);
        if (decoder->config && language) read_model(decoder, language);
        else if (decoder->config) decoder->ps = ps_init(decoder->config);
    }
    free(argv);
    if (decoder && !decoder->ps) {
        cspeech_decoder_free(decoder);
        return NULL;
    }
    return decoder;
}

void cspeech_decoder_free(cspeech_decoder *decoder) {
    if (!decoder) return;
    if (decoder->own) ngram_model_free(decoder->own);
    if (decoder->ps) ps_free(decoder->ps);
    if (decoder->logmath) logmath_free(decoder->logmath);
    if (decoder->config) cmd_ln_free_r(decoder->config);
    free(decoder);
}

int cspeech_decoder_add_word(cspeech_decoder *decoder, const char *word, const char *phones) {
    return ps_add_word(decoder->ps, word, phones, FALSE) >= 0 ? 0 : -1;
}

int cspeech_decoder_lookup(cspeech_decoder *decoder, const char *word, char *phones, size_t size) {
    char *found = ps_lookup_word(decoder->ps, word);
    if (!found) return 0;
    size_t length = strlen(found);
    if (length < size) memcpy(phones, found, length + 1);
    ckd_free(found);
    return length < size;
}

int cspeech_decoder_set_grammar(cspeech_decoder *decoder, const char *name, const char *jsgf) {
    /* A search reads this when it is made; the best path through a lattice is for dictation. */
    cmd_ln_set_boolean_r(decoder->config, "-bestpath", FALSE);
    int result = ps_set_jsgf_string(decoder->ps, name, jsgf);
    cmd_ln_set_boolean_r(decoder->config, "-bestpath", TRUE);
    return result;
}

int cspeech_decoder_set_keyphrase(cspeech_decoder *decoder, const char *name, const char *phrase) {
    return ps_set_keyphrase(decoder->ps, name, phrase);
}

int cspeech_decoder_mix_model(cspeech_decoder *decoder, const char *name, const char *path, float weight) {
    if (!decoder->own) return -1;
    ngram_model_t *domain = ngram_model_read(decoder->config, path, NGRAM_ARPA, ps_get_logmath(decoder->ps));
    if (!domain) return -1;
    ngram_model_t *models[2] = {decoder->own, domain};
    char *names[2] = {"general", "domain"};
    float32 weights[2] = {1 - weight, weight};
    ngram_model_t *set = ngram_model_set_init(decoder->config, models, names, weights, 2);
    /* The set holds its members, and the search will hold the set. */
    ngram_model_free(domain);
    if (!set) return -1;
    ngram_model_set_interp(set, NULL, NULL);
    int result = ps_set_lm(decoder->ps, name, set);
    ngram_model_free(set);
    return result;
}

int cspeech_decoder_use(cspeech_decoder *decoder, const char *name) {
    return ps_set_search(decoder->ps, name);
}

int cspeech_decoder_drop(cspeech_decoder *decoder, const char *name) {
    return ps_unset_search(decoder->ps, name);
}

int cspeech_decoder_cepstra(
    cspeech_decoder *decoder, const int16_t *samples, size_t count, float *cepstra, int capacity) {
    fe_t *fe = ps_get_fe(decoder->ps);
    if (!fe || capacity < 1 || fe_get_output_size(fe) != CSPEECH_CEPSTRA) return -1;
    mfcc_t **rows = malloc((size_t)capacity * sizeof *rows);
    if (!rows) return -1;
    for (int i = 0; i < capacity; i++) rows[i] = cepstra + (size_t)i * CSPEECH_CEPSTRA;
    fe_start_stream(fe);
    fe_start_utt(fe);
    int frames = 0;
    while (count > 0 && frames < capacity) {
        int32 made = capacity - frames;
        size_t before = count;
        if (fe_process_frames(fe, &samples, &count, rows + frames, &made, NULL) < 0) break;
        frames += made;
        if (made == 0 && count == before) break;
    }
    if (frames < capacity) {
        int32 made = 0;
        fe_end_utt(fe, rows[frames], &made);
        frames += made > 0 ? 1 : 0;
    }
    free(rows);
    return frames;
}

int cspeech_decoder_begin(cspeech_decoder *decoder, const float *mean) {
    if (ps_start_stream(decoder->ps) < 0) return -1;
    if (mean) {
        feat_t *feat = ps_get_feat(decoder->ps);
        if (feat && feat->cmn_struct) cmn_live_set(feat->cmn_struct, mean);
    }
    return ps_start_utt(decoder->ps);
}

int cspeech_decoder_feed_samples(cspeech_decoder *decoder, const int16_t *samples, size_t count) {
    return ps_process_raw(decoder->ps, samples, count, FALSE, FALSE) < 0 ? -1 : 0;
}

int cspeech_decoder_feed_cepstra(cspeech_decoder *decoder, const float *cepstra, int frames) {
    /* The decoder normalises in place: it gets a copy, so that another pass may use the cepstra again. */
    mfcc_t *copy = malloc((size_t)frames * CSPEECH_CEPSTRA * sizeof *copy);
    mfcc_t **rows = malloc((size_t)frames * sizeof *rows);
    int result = -1;
    if (copy && rows) {
        memcpy(copy, cepstra, (size_t)frames * CSPEECH_CEPSTRA * sizeof *copy);
        for (int i = 0; i < frames; i++) rows[i] = copy + (size_t)i * CSPEECH_CEPSTRA;
        result = ps_process_cep(decoder->ps, rows, frames, FALSE, FALSE) < 0 ? -1 : 0;
    }
    free(rows);
    free(copy);
    return result;
}

int cspeech_decoder_end(cspeech_decoder *decoder) {
    return ps_end_utt(decoder->ps) < 0 ? -1 : 0;
}

const char *cspeech_decoder_hypothesis(cspeech_decoder *decoder, int *score) {
    int32 best = 0;
    const char *text = ps_get_hyp(decoder->ps, &best);
    if (score) *score = best;
    return text;
}

int cspeech_decoder_segments(cspeech_decoder *decoder, cspeech_segment *segments, int capacity) {
    logmath_t *logmath = ps_get_logmath(decoder->ps);
    ps_seg_t *segment = ps_seg_iter(decoder->ps);
    int count = 0;
    while (segment) {
        if (count == capacity) {
            ps_seg_free(segment);
            break;
        }
        cspeech_segment *out = &segments[count++];
        int32 acoustic = 0;
        int32 language = 0;
        int32 back = 0;
        int32 posterior = ps_seg_prob(segment, &acoustic, &language, &back);
        out->word = ps_seg_word(segment);
        ps_seg_frames(segment, &out->first_frame, &out->last_frame);
        out->log_posterior = logmath_log_to_ln(logmath, posterior);
        out->acoustic = logmath_log_to_ln(logmath, acoustic);
        segment = ps_seg_next(segment);
    }
    return count;
}
