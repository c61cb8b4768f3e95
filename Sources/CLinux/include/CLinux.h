#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What Swift's Glibc module lacks. Calls that can fail return -1 and leave the reason in errno. */

/* A counter that wakes a poll: non-blocking, closed on exec. */
int linux_eventfd(void);
int linux_eventfd_signal(int fd);
/* The count gathered since the last drain; 0 when there was none. */
uint64_t linux_eventfd_drain(int fd);

/* A monotonic alarm that wakes a poll: non-blocking, closed on exec. A period of 0 rings once, after 0 disarms. */
int linux_timerfd(void);
int linux_timerfd_set(int fd, int64_t after_ns, int64_t period_ns);
uint64_t linux_timerfd_drain(int fd);

/* Waits until one of two descriptors is readable (-1: not used). Bits: 1 the first, 2 the second; 0 in time none.
   A negative timeout counts as 0: no caller waits for ever. An interrupted wait counts as over. */
int linux_wait_readable(int first, int second, int timeout_ms);

/* Who is at the other end of a local socket. */
int linux_peer_credentials(int fd, pid_t *pid, uid_t *uid, gid_t *gid);

/* Fills the buffer from the kernel's generator. 0 when all of it was filled. */
int linux_random(void *buffer, size_t size);

/* The calling thread: its name (cut to 15 characters), and SCHED_FIFO, which the threads it starts do not inherit. */
int linux_thread_set_name(const char *name);
int linux_thread_set_realtime(int priority);

/* The signal the calling process gets when its parent ends. */
int linux_set_parent_death_signal(int signal);

/* Columns that a Unicode scalar takes on a terminal, -1 for a control character: wcwidth(3), for the thread's locale. */
int linux_columns(uint32_t scalar);

#endif
