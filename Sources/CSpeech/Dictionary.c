#include "CSpeech.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct cspeech_dictionary {
    const char *text;
    size_t size;
    /* Where the lines begin, in a table by the hash of their word; free places hold `size`. */
    uint32_t *lines;
    uint32_t mask;
};

static uint32_t hash(const char *word, size_t length) {
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < length; i++) value = (value ^ (uint8_t)word[i]) * 16777619u;
    return value;
}

static size_t word_length(const char *line, size_t limit) {
    size_t length = 0;
    while (length < limit && line[length] != ' ' && line[length] != '\t' && line[length] != '\n') length++;
    return length;
}

static void fill(cspeech_dictionary *dictionary) {
    for (size_t at = 0; at < dictionary->size;) {
        const char *line = dictionary->text + at;
        size_t rest = dictionary->size - at;
        size_t length = word_length(line, rest);
        uint32_t place = hash(line, length) & dictionary->mask;
        while (dictionary->lines[place] != dictionary->size) place = (place + 1) & dictionary->mask;
        dictionary->lines[place] = (uint32_t)at;
        const char *end = memchr(line, '\n', rest);
        if (!end) break;
        at = (size_t)(end - dictionary->text) + 1;
    }
}

static size_t count_lines(const char *text, size_t size) {
    size_t lines = 1;
    for (const char *at = text; (at = memchr(at, '\n', size - (size_t)(at - text))); at++) lines++;
    return lines;
}

cspeech_dictionary *cspeech_dictionary_open(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return NULL;
    struct stat status;
    cspeech_dictionary *dictionary = calloc(1, sizeof *dictionary);
    void *text = MAP_FAILED;
    if (dictionary && fstat(file, &status) == 0 && status.st_size > 0 && status.st_size < (64 << 20)) {
        text = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    if (text == MAP_FAILED) {
        free(dictionary);
        return NULL;
    }
    dictionary->text = text;
    dictionary->size = (size_t)status.st_size;
    size_t room = 1024;
    while (room < 2 * count_lines(dictionary->text, dictionary->size)) room *= 2;
    dictionary->mask = (uint32_t)(room - 1);
    dictionary->lines = malloc(room * sizeof *dictionary->lines);
    if (!dictionary->lines) {
        cspeech_dictionary_close(dictionary);
        return NULL;
    }
    for (size_t i = 0; i < room; i++) dictionary->lines[i] = (uint32_t)dictionary->size;
    fill(dictionary);
    /* Few of its words are ever looked up: their pages come back by themselves. */
    madvise(text, dictionary->size, MADV_DONTNEED);
    return dictionary;
}

void cspeech_dictionary_close(cspeech_dictionary *dictionary) {
    if (!dictionary) return;
    munmap((void *)dictionary->text, dictionary->size);
    free(dictionary->lines);
    free(dictionary);
}

int cspeech_dictionary_lookup(const cspeech_dictionary *dictionary, const char *word, char *phones, size_t size) {
    size_t length = strlen(word);
    uint32_t place = hash(word, length) & dictionary->mask;
    for (; dictionary->lines[place] != dictionary->size; place = (place + 1) & dictionary->mask) {
        const char *line = dictionary->text + dictionary->lines[place];
        size_t rest = dictionary->size - dictionary->lines[place];
        if (word_length(line, rest) != length || memcmp(line, word, length) != 0) continue;
        const char *start = line + length;
        const char *end = memchr(start, '\n', rest - length);
        if (!end) end = line + rest;
        while (start < end && (*start == ' ' || *start == '\t')) start++;
        size_t count = (size_t)(end - start);
        if (count == 0 || count >= size) return 0;
        memcpy(phones, start, count);
        phones[count] = 0;
        return 1;
    }
    return 0;
}
