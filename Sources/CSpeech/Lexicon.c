#include "CSpeech.h"

#include <ctype.h>
#include <flite/flite.h>
#include <string.h>

#include "Setup.h"

cst_lexicon *cmu_lex_init(void);

pthread_mutex_t cspeech_setup = PTHREAD_MUTEX_INITIALIZER;

static cst_lexicon *lexicon;
/* The lexicon's tables are constant, its addenda and caches are not documented to be: one caller at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* flite writes "ax0", "ih1"; the recogniser's dictionary "AH", "IH". */
static int append_phone(const char *phone, char *phones, size_t size, size_t *used) {
    char name[8];
    size_t length = 0;
    for (; *phone && length < sizeof name - 1; phone++) {
        if (isalpha((unsigned char)*phone)) name[length++] = (char)toupper((unsigned char)*phone);
    }
    name[length] = 0;
    if (strcmp(name, "AX") == 0) memcpy(name, "AH", 2);
    if (*used + length + 2 > size) return 0;
    if (*used > 0) phones[(*used)++] = ' ';
    memcpy(phones + *used, name, length + 1);
    *used += length;
    return 1;
}

int cspeech_pronounce(const char *word, char *phones, size_t size) {
    size_t used = 0;
    if (size == 0) return 0;
    phones[0] = 0;
    pthread_mutex_lock(&lock);
    if (!lexicon) {
        pthread_mutex_lock(&cspeech_setup);
        lexicon = cmu_lex_init();
        pthread_mutex_unlock(&cspeech_setup);
    }
    cst_val *list = lexicon ? lex_lookup(lexicon, word, NULL, NULL) : NULL;
    int fits = 1;
    for (const cst_val *item = list; item && fits; item = val_cdr(item)) {
        fits = append_phone(val_string(val_car(item)), phones, size, &used);
    }
    if (list) delete_val(list);
    pthread_mutex_unlock(&lock);
    return fits && used > 0;
}
