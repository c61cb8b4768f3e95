#ifndef DEVICE_H
#define DEVICE_H

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { max_faults = 16 };
enum fault_kind { XRUN, SUSPEND, UNPLUG, STALL };

struct fault {
    double seconds;
    enum fault_kind kind;
};

/* What a device remembers from one opening to the next. Never freed: there are as many as the tests name. */
struct history {
    struct history *next;
    char *key;
    uint64_t frames;
    unsigned happened;
};

struct device {
    snd_pcm_ioplug_t io;
    char *infile, *outfile, *gone;
    unsigned rate, channels;
    double speed;
    struct fault faults[max_faults];
    unsigned fault_count;
    struct history *history;
    int file, timer;
    char *store; /* a buffer's worth of frames, at stream position modulo its size */
    uint64_t position;
    double fraction;
    struct timespec last;
    bool running, stalled;
};

static inline size_t frame_bytes(const struct device *device) { return 2 * device->channels; }

/* One field of the conf. Negative when it is unknown or makes no sense. */
__attribute__((visibility("hidden"))) int vdev_read_field(
    struct device *device, const snd_config_t *field, const char *id);

/* Opens the file of the direction where the last opening left it. Negative when the device is gone. */
__attribute__((visibility("hidden"))) int vdev_open_file(struct device *device, snd_pcm_stream_t stream);

#endif
