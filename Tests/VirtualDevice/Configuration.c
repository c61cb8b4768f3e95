#include "Device.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct history *histories;
static pthread_mutex_t histories_lock = PTHREAD_MUTEX_INITIALIZER;

static struct history *history_of(const char *key) {
    pthread_mutex_lock(&histories_lock);
    struct history *found = histories;
    while (found && strcmp(found->key, key)) found = found->next;
    if (!found && (found = calloc(1, sizeof *found))) {
        found->key = strdup(key);
        found->next = histories;
        histories = found;
    }
    pthread_mutex_unlock(&histories_lock);
    return found;
}

static int read_faults(struct device *device, const char *text) {
    static const char *const names[] = {"xrun", "suspend", "unplug", "stall"};
    while (*text) {
        char *kind;
        const double seconds = strtod(text, &kind);
        if (kind == text || *kind++ != ':' || device->fault_count == max_faults) return -EINVAL;
        unsigned i = 0;
        while (i < 4 && strncmp(kind, names[i], strlen(names[i]))) i++;
        if (i == 4) return -EINVAL;
        device->faults[device->fault_count++] = (struct fault){seconds, (enum fault_kind)i};
        text = kind + strlen(names[i]);
        if (*text == ',' || *text == ' ') text++;
    }
    return 0;
}

/* Numbers may come as text, which is what @args makes of them. */
int vdev_read_field(struct device *device, const snd_config_t *field, const char *id) {
    char *text;
    if (!strcmp(id, "type") || !strcmp(id, "comment") || !strcmp(id, "hint")) return 0;
    if (snd_config_get_ascii(field, &text) < 0) return -EINVAL;
    int error = 0;
    char **place = !strcmp(id, "infile") ? &device->infile
        : !strcmp(id, "outfile")         ? &device->outfile
        : !strcmp(id, "gone")            ? &device->gone
                                         : NULL;
    if (place) *place = *text ? strdup(text) : NULL;
    else if (!strcmp(id, "rate")) device->rate = (unsigned)atoi(text);
    else if (!strcmp(id, "channels")) device->channels = (unsigned)atoi(text);
    else if (!strcmp(id, "speed")) device->speed = atof(text);
    else if (!strcmp(id, "faults")) error = read_faults(device, text);
    else error = -EINVAL;
    if (error) SNDERR("vdev: field %s: %s", id, text);
    free(text);
    return error;
}

int vdev_open_file(struct device *device, snd_pcm_stream_t stream) {
    const char *path = stream == SND_PCM_STREAM_CAPTURE ? device->infile : device->outfile;
    char key[4200];
    snprintf(key, sizeof key, "%d %s %s", stream, path ? path : "", device->gone ? device->gone : "");
    device->history = history_of(key);
    if (!device->history) return -ENOMEM;
    if (device->gone && access(device->gone, F_OK) == 0) return -ENODEV;
    if (!path) return 0;
    /* A FIFO must not wait for its writer. */
    const int flags = stream == SND_PCM_STREAM_CAPTURE ? O_RDONLY | O_NONBLOCK : O_WRONLY | O_CREAT | O_APPEND;
    device->file = open(path, flags | O_CLOEXEC, 0600);
    if (device->file < 0) return -errno;
    if (stream == SND_PCM_STREAM_CAPTURE)
        lseek(device->file, (off_t)(device->history->frames * frame_bytes(device)), SEEK_SET);
    return 0;
}
