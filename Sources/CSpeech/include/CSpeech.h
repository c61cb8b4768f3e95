#ifndef CSPEECH_H
#define CSPEECH_H

#include <stddef.h>
#include <stdint.h>

/* What Swift needs of pocketsphinx and flite, without variadics, macros and global state in its sight.
   A decoder belongs to one thread at a time. Voices and the lexicon may be used from any thread. */

/* Recognition: pocketsphinx. Frames are 10 ms long. */

enum { CSPEECH_CEPSTRA = 13 };

typedef struct cspeech_decoder cspeech_decoder;

typedef struct {
    /* Valid until the next utterance begins. */
    const char *word;
    int first_frame;
    int last_frame;
    /* Natural logarithm of the posterior probability; 0 where the search has none. */
    double log_posterior;
    /* Natural logarithms. */
    double acoustic;
} cspeech_segment;

/* `arguments` are pairs of "-name", "value". `language` is the path of a general language model for others to be mixed
   with, or NULL; of the dictionary only its words are taken then. NULL when a model cannot be read. */
cspeech_decoder *cspeech_decoder_new(const char *const *arguments, int count, const char *language);
void cspeech_decoder_free(cspeech_decoder *decoder);

/* `phones` are separated by spaces. Only searches that are set later know the word. */
int cspeech_decoder_add_word(cspeech_decoder *decoder, const char *word, const char *phones);
/* Writes the phones of a word of the dictionary; 0 when it has none. */
int cspeech_decoder_lookup(cspeech_decoder *decoder, const char *word, char *phones, size_t size);

/* All return 0 for success. Setting a search that exists replaces it. */
int cspeech_decoder_set_grammar(cspeech_decoder *decoder, const char *name, const char *jsgf);
int cspeech_decoder_set_keyphrase(cspeech_decoder *decoder, const char *name, const char *phrase);
/* A search by the general language model, mixed with the one in `path` at `weight`. No word may be added while there is
   such a search: it would be added to the model too, whose unigrams do not bear that. */
int cspeech_decoder_mix_model(cspeech_decoder *decoder, const char *name, const char *path, float weight);
int cspeech_decoder_use(cspeech_decoder *decoder, const char *name);
/* Ends a search, if there is one. */
int cspeech_decoder_drop(cspeech_decoder *decoder, const char *name);

/* The cepstra of a whole utterance, `CSPEECH_CEPSTRA` a frame. Returns the number of frames, at most `capacity`. */
int cspeech_decoder_cepstra(
    cspeech_decoder *decoder, const int16_t *samples, size_t count, float *cepstra, int capacity);

/* `mean` (`CSPEECH_CEPSTRA` values, or NULL) is what cepstra are normalised by from the first frame on. */
int cspeech_decoder_begin(cspeech_decoder *decoder, const float *mean);
int cspeech_decoder_feed_samples(cspeech_decoder *decoder, const int16_t *samples, size_t count);
int cspeech_decoder_feed_cepstra(cspeech_decoder *decoder, const float *cepstra, int frames);
int cspeech_decoder_end(cspeech_decoder *decoder);

/* NULL when nothing was found. Valid until the next utterance begins. */
const char *cspeech_decoder_hypothesis(cspeech_decoder *decoder, int *score);
int cspeech_decoder_segments(cspeech_decoder *decoder, cspeech_segment *segments, int capacity);

/* The recogniser's dictionary file, for looking words up without a decoder. Never changes: any thread may read it. */
typedef struct cspeech_dictionary cspeech_dictionary;

cspeech_dictionary *cspeech_dictionary_open(const char *path);
void cspeech_dictionary_close(cspeech_dictionary *dictionary);
/* Writes the phones of a word; 0 when the dictionary has none. */
int cspeech_dictionary_lookup(const cspeech_dictionary *dictionary, const char *word, char *phones, size_t size);

/* Letter to sound: flite's lexicon, in the phones of the recogniser ("F IH N T R AE K"). 0 when it fails. */
int cspeech_pronounce(const char *word, char *phones, size_t size);

/* Voices: flite. */

/* Returns 0 to go on, anything else to stop. */
typedef int (*cspeech_chunk)(const int16_t *samples, int count, void *context);

/* "rms", "slt", "awb" or "kal16". Returns the sample rate, 0 for a voice that does not exist. */
int cspeech_voice_rate(const char *voice);
/* Speaks `text` in chunks of about `chunk` samples; `stretch` above 1 is slower. 0 for success. */
int cspeech_voice_speak(
    const char *voice, const char *text, float stretch, int chunk, cspeech_chunk callback, void *context);

/* Memory. */

/* A file in memory for libraries that read nothing else: a descriptor, readable at /proc/self/fd; below 0 for failure. */
int cspeech_memory_file(const char *text, size_t size);
/* Gives freed memory back to the system. */
void cspeech_return_memory(void);

#endif
