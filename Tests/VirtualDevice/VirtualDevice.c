/* An ALSA device made of files, for tests: paced by the clock, with faults on demand.

     pcm_type.vdev { lib "/path/libasound_module_pcm_vdev.so" }
     pcm.mic { type vdev infile "/path/in.raw" rate 48000 channels 2 faults "1.0:xrun,2.5:unplug" gone "/path/gone" }

   infile    capture: raw s16, a file or a FIFO; silence while it has nothing, and after its end
   outfile   playback: raw s16, appended as the clock passes the frames, so that it holds what was heard and no more
   rate      the only rate of the device (16000)
   channels  its only number of channels (1)
   speed     of its clock (1). At another speed the clock waits for its client and there are no overruns by themselves
   faults    SECONDS:KIND,… of stream time, each once. xrun; suspend; unplug (this stream only); stall (no frames, no error)
   gone      while this file exists the device does not: a stream is unplugged, an open refused

   Stream time, the place in infile and the faults that happened go on when the device is opened again by one process. */
#include "Device.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

static bool is_capture(const struct device *device) { return device->io.stream == SND_PCM_STREAM_CAPTURE; }

/* Frames between the client and the clock: to be read, or to be played. */
static snd_pcm_uframes_t backlog(struct device *device) {
    const snd_pcm_uframes_t avail = snd_pcm_ioplug_avail(&device->io, device->io.hw_ptr, device->io.appl_ptr);
    return is_capture(device) ? avail : device->io.buffer_size - avail;
}

static void lose(struct device *device, snd_pcm_state_t state) {
    device->running = false;
    snd_pcm_ioplug_set_state(&device->io, state);
}

/* True when the stream is to overrun. */
static bool faults_now(struct device *device) {
    if (device->gone && access(device->gone, F_OK) == 0) lose(device, SND_PCM_STATE_DISCONNECTED);
    for (unsigned i = 0; i < device->fault_count; i++) {
        const uint64_t due = (uint64_t)(device->faults[i].seconds * device->rate);
        if (device->history->happened & 1u << i || device->history->frames < due) continue;
        device->history->happened |= 1u << i;
        switch (device->faults[i].kind) {
            case XRUN: return true;
            case SUSPEND: lose(device, SND_PCM_STATE_SUSPENDED); break;
            case UNPLUG: lose(device, SND_PCM_STATE_DISCONNECTED); break;
            case STALL: device->stalled = true; break;
        }
    }
    return false;
}

/* The clock passes frames: they come from the file into the store, or go from the store into the file. */
static void pass(struct device *device, uint64_t count) {
    const size_t size = frame_bytes(device);
    while (count > 0) {
        const uint64_t offset = device->position % device->io.buffer_size;
        const uint64_t room = device->io.buffer_size - offset;
        const uint64_t piece = count < room ? count : room;
        char *frames = device->store + offset * size;
        if (is_capture(device)) {
            ssize_t got = device->file < 0 ? 0 : read(device->file, frames, piece * size);
            if (got < 0) got = 0;
            memset(frames + got, 0, piece * size - (size_t)got);
        } else if (device->file >= 0 && write(device->file, frames, piece * size) < 0) {
            SNDERR("vdev: cannot write %s", device->outfile);
        }
        device->position += piece;
        device->history->frames += piece;
        count -= piece;
    }
}

static uint64_t ticks(struct device *device) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const double elapsed = (double)(now.tv_sec - device->last.tv_sec) + (double)(now.tv_nsec - device->last.tv_nsec) / 1e9;
    device->last = now;
    const double frames = elapsed * device->rate * device->speed + device->fraction;
    device->fraction = frames - floor(frames);
    return (uint64_t)frames;
}

static snd_pcm_sframes_t vdev_pointer(snd_pcm_ioplug_t *io) {
    struct device *device = io->private_data;
    if (device->running) {
        uint64_t due = ticks(device);
        const uint64_t waiting = backlog(device);
        const uint64_t room = is_capture(device) ? io->buffer_size - waiting : waiting;
        const bool late = due > room;
        if (device->stalled) due = 0;
        else if (late && (!is_capture(device) || device->speed != 1)) due = room;
        pass(device, due);
        if (faults_now(device) || (late && !device->stalled && device->speed == 1)) {
            device->running = false;
            return -EPIPE;
        }
    }
    return (snd_pcm_sframes_t)device->position;
}

static snd_pcm_sframes_t vdev_transfer(
    snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    struct device *device = io->private_data;
    const size_t bytes = frame_bytes(device);
    char *client = (char *)areas[0].addr + areas[0].first / 8 + offset * bytes;
    /* By position and not "the next": over mmap the same frames may be asked for twice. */
    const uint64_t from = is_capture(device) ? device->position - backlog(device) : device->position + backlog(device);
    for (snd_pcm_uframes_t done = 0; done < size;) {
        const uint64_t place = (from + done) % io->buffer_size;
        const uint64_t room = io->buffer_size - place;
        const uint64_t piece = size - done < room ? size - done : room;
        char *stored = device->store + place * bytes;
        if (is_capture(device)) memcpy(client + done * bytes, stored, piece * bytes);
        else memcpy(stored, client + done * bytes, piece * bytes);
        done += piece;
    }
    return (snd_pcm_sframes_t)size;
}

static int vdev_start(snd_pcm_ioplug_t *io) {
    struct device *device = io->private_data;
    clock_gettime(CLOCK_MONOTONIC, &device->last);
    device->running = true;
    return 0;
}

static int vdev_stop(snd_pcm_ioplug_t *io) {
    struct device *device = io->private_data;
    device->running = false;
    return 0;
}

static int vdev_prepare(snd_pcm_ioplug_t *io) {
    struct device *device = io->private_data;
    if (device->gone && access(device->gone, F_OK) == 0) return -ENODEV;
    device->position = 0;
    device->fraction = 0;
    device->running = false;
    const int64_t ns = (int64_t)(1e9 * (double)io->period_size / device->rate / device->speed);
    const struct timespec period = {ns / 1000000000, ns % 1000000000};
    const struct itimerspec alarm = {period, period};
    return timerfd_settime(device->timer, 0, &alarm, NULL) < 0 ? -errno : 0;
}

static int vdev_hw_params(snd_pcm_ioplug_t *io, snd_pcm_hw_params_t *params) {
    struct device *device = io->private_data;
    (void)params;
    free(device->store);
    device->store = calloc(io->buffer_size, frame_bytes(device));
    return device->store ? 0 : -ENOMEM;
}

static int vdev_poll_revents(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned int count, unsigned short *revents) {
    struct device *device = io->private_data;
    (void)fds, (void)count;
    const unsigned short ready = is_capture(device) ? POLLIN : POLLOUT;
    const snd_pcm_sframes_t avail = snd_pcm_avail_update(io->pcm);
    if (avail < 0 || io->state == SND_PCM_STATE_DISCONNECTED || io->state == SND_PCM_STATE_SUSPENDED) {
        *revents = ready | POLLERR;
    } else if ((snd_pcm_uframes_t)avail >= io->period_size) {
        *revents = ready;
    } else {
        /* The alarm stays on until the client has caught up, so that being ready is a level and not an edge. */
        uint64_t rung;
        if (read(device->timer, &rung, sizeof rung) < 0) rung = 0;
        *revents = 0;
    }
    return 0;
}

static void vdev_free(struct device *device) {
    if (device->file >= 0) close(device->file);
    if (device->timer >= 0) close(device->timer);
    free(device->store);
    free(device->infile);
    free(device->outfile);
    free(device->gone);
    free(device);
}

static int vdev_close(snd_pcm_ioplug_t *io) {
    vdev_free(io->private_data);
    return 0;
}

static const snd_pcm_ioplug_callback_t vdev_callback = {
    .start = vdev_start,
    .stop = vdev_stop,
    .pointer = vdev_pointer,
    .transfer = vdev_transfer,
    .close = vdev_close,
    .hw_params = vdev_hw_params,
    .prepare = vdev_prepare,
    .poll_revents = vdev_poll_revents,
};

static int constrain(struct device *device) {
    static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED};
    static const unsigned format[] = {SND_PCM_FORMAT_S16_LE};
    snd_pcm_ioplug_t *io = &device->io;
    const unsigned frame = (unsigned)frame_bytes(device);
    int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 2, access);
    if (error >= 0) error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
    if (error >= 0)
        error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, device->channels, device->channels);
    if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, device->rate, device->rate);
    if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 16 * frame, 16384 * frame);
    if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 32 * frame, 65536 * frame);
    return error;
}

SND_PCM_PLUGIN_DEFINE_FUNC(vdev) {
    (void)root;
    struct device *device = calloc(1, sizeof *device);
    if (!device) return -ENOMEM;
    device->rate = 16000;
    device->channels = 1;
    device->speed = 1;
    device->file = -1;
    device->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    int error = device->timer < 0 ? -errno : 0;
    snd_config_iterator_t field, next;
    snd_config_for_each(field, next, conf) {
        const char *id;
        snd_config_t *entry = snd_config_iterator_entry(field);
        if (error >= 0 && snd_config_get_id(entry, &id) >= 0) error = vdev_read_field(device, entry, id);
    }
    if (error >= 0 && (device->rate == 0 || device->channels == 0 || !(device->speed > 0))) error = -EINVAL;
    if (error >= 0) error = vdev_open_file(device, stream);
    if (error < 0) {
        vdev_free(device);
        return error;
    }
    device->io.version = SND_PCM_IOPLUG_VERSION;
    device->io.name = "a device made of files";
    /* A clock that passed a whole buffer would otherwise look like one that stood still. */
    device->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
    device->io.poll_fd = device->timer;
    device->io.poll_events = POLLIN;
    device->io.callback = &vdev_callback;
    device->io.private_data = device;
    error = snd_pcm_ioplug_create(&device->io, name, stream, mode);
    if (error < 0) {
        vdev_free(device);
        return error;
    }
    error = constrain(device);
    /* From here on closing frees the device. */
    if (error < 0) snd_pcm_ioplug_delete(&device->io);
    else *pcmp = device->io.pcm;
    return error;
}

SND_PCM_PLUGIN_SYMBOL(vdev)
