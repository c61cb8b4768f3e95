#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLinux.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <wchar.h>

static uint64_t read_count(int fd) {
    uint64_t count = 0;
    ssize_t got;
    do got = read(fd, &count, sizeof count);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof count ? count : 0;
}

int linux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int linux_eventfd_signal(int fd) {
    const uint64_t one = 1;
    ssize_t put;
    do put = write(fd, &one, sizeof one);
    while (put < 0 && errno == EINTR);
    /* A full counter is a signal not yet taken: nothing is lost. */
    return put == (ssize_t)sizeof one || errno == EAGAIN ? 0 : -1;
}

uint64_t linux_eventfd_drain(int fd) { return read_count(fd); }

int linux_timerfd(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }

static struct timespec timespec_of(int64_t ns) {
    struct timespec time = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
    return time;
}

int linux_timerfd_set(int fd, int64_t after_ns, int64_t period_ns) {
    const struct itimerspec alarm = {.it_value = timespec_of(after_ns), .it_interval = timespec_of(period_ns)};
    return timerfd_settime(fd, 0, &alarm, NULL);
}

uint64_t linux_timerfd_drain(int fd) { return read_count(fd); }

int linux_wait_readable(int first, int second, int timeout_ms) {
    struct pollfd waits[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    const int ready = poll(waits, 2, timeout_ms < 0 ? 0 : timeout_ms);
    if (ready < 0) return errno == EINTR ? 0 : -1;
    return (waits[0].revents ? 1 : 0) | (waits[1].revents ? 2 : 0);
}

int linux_peer_credentials(int fd, pid_t *pid, uid_t *uid, gid_t *gid) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -1;
    *pid = peer.pid;
    *uid = peer.uid;
    *gid = peer.gid;
    return 0;
}

int linux_random(void *buffer, size_t size) {
    unsigned char *next = buffer;
    while (size > 0) {
        const ssize_t got = getrandom(next, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return -1;
        next += got;
        size -= (size_t)got;
    }
    return 0;
}

int linux_thread_set_name(const char *name) {
    char cut[16];
    strncpy(cut, name, sizeof cut - 1);
    cut[sizeof cut - 1] = 0;
    return pthread_setname_np(pthread_self(), cut) == 0 ? 0 : -1;
}

int linux_thread_set_realtime(int priority) {
    const struct sched_param wish = {.sched_priority = priority};
    return sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &wish);
}

int linux_set_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, (unsigned long)signal); }

int linux_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
