#include "CALSALog.h"

#include <alsa/asoundlib.h>
#include <stdarg.h>
#include <stdio.h>

static void (*line_sink)(const char *line);

static void take(const char *file, int number, const char *function, int error, const char *format, ...) {
    char line[256];
    int used = snprintf(line, sizeof line, "%s: ", function);
    (void)file, (void)number;
    if (used < 0 || used >= (int)sizeof line) return;
    va_list arguments;
    va_start(arguments, format);
    const int more = vsnprintf(line + used, sizeof line - (size_t)used, format, arguments);
    va_end(arguments);
    if (more > 0) used += more;
    if (error && used < (int)sizeof line) snprintf(line + used, sizeof line - (size_t)used, ": %s", snd_strerror(error));
    if (line_sink) line_sink(line);
}

void alsa_log_to(void (*sink)(const char *line)) {
    line_sink = sink;
    snd_lib_error_set_handler(take);
}
