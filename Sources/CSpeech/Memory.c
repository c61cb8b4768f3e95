#define _GNU_SOURCE
#include "CSpeech.h"

#include <errno.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

int cspeech_memory_file(const char *text, size_t size) {
    int file = memfd_create("aloud-model", MFD_CLOEXEC);
    while (file >= 0 && size > 0) {
        ssize_t written = write(file, text, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            close(file);
            return -1;
        }
        text += written;
        size -= (size_t)written;
    }
    return file;
}

void cspeech_return_memory(void) {
    malloc_trim(0);
}
