// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/now.h"

#include <stdarg.h>
#include <unistd.h>

enum { LINE_MAX_ = 1000 };

static const char *const names[] = {[LOG_ERROR] = "error", [LOG_INFO] = "info"};

static isize put_time(char *p, isize room)
{
    instant t = now_utc();
    time_t s = (time_t)(t.ms / 1000);
    struct tm tm;
    gmtime_r(&s, &tm);
    return (isize)strftime(p, (size_t)room, "%Y-%m-%dT%H:%M:%SZ ", &tm);
}

void log_line(enum log_level level, const char *fmt, ...)
{
    char line[LINE_MAX_ + 2];
    isize n = put_time(line, LINE_MAX_);
    isize word = (isize)strlen(names[level]);
    memcpy(line + n, names[level], (size_t)word);
    line[n + word] = ' ';
    n += word + 1;
    va_list ap;
    va_start(ap, fmt);
    int more = vsnprintf(line + n, (size_t)(LINE_MAX_ - n), fmt, ap);
    va_end(ap);
    isize end = more < 0 ? n : n + more < LINE_MAX_ ? n + more : LINE_MAX_ - 1;
    for (isize i = n; i < end; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 127)
            line[i] = '?';
    line[end] = '\n';
    // One write, so lines of two threads do not mix.  A full journal must not stop the work.
    if (write(STDERR_FILENO, line, (size_t)end + 1) < 0)
        return;
}
