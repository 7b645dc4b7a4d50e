// SPDX-License-Identifier: GPL-3.0-or-later
// Answers without an end.  The buffer is small: who reads too slowly is cut off, comes back
// and asks the pages for what is now.
#include "http/connection.h"

#include <microhttpd.h>
#include <pthread.h>

enum { ROOM = 4 << 10 };

struct stream {
    pthread_mutex_t mutex;
    struct MHD_Connection *mhd;
    void (*closed)(void *arg, struct stream *s);
    void *arg;
    bool asleep, over;
    isize n;
    char bytes[ROOM];
};

struct stream *stream_new(struct exchange *x, void (*closed)(void *, struct stream *),
                          void *arg)
{
    struct stream *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    pthread_mutex_init(&s->mutex, NULL);
    s->mhd = x->connection->mhd;
    s->closed = closed;
    s->arg = arg;
    x->stream = s;
    return s;
}

static void wake(struct stream *s)
{
    if (!s->asleep)
        return;
    s->asleep = false;
    MHD_resume_connection(s->mhd);
}

bool stream_send(struct stream *s, str bytes)
{
    pthread_mutex_lock(&s->mutex);
    bool fits = !s->over && bytes.n <= ROOM - s->n;
    if (fits && bytes.n > 0)
        memcpy(s->bytes + s->n, bytes.p, (size_t)bytes.n);
    s->n += fits ? bytes.n : 0;
    s->over |= !fits;
    wake(s);
    pthread_mutex_unlock(&s->mutex);
    return fits;
}

void stream_close(struct stream *s)
{
    pthread_mutex_lock(&s->mutex);
    s->over = true;
    wake(s);
    pthread_mutex_unlock(&s->mutex);
}

// Called by libmicrohttpd when the socket has room.  With nothing to say the connection
// sleeps until stream_send().
ssize_t stream_take(struct stream *s, char *out, size_t room)
{
    pthread_mutex_lock(&s->mutex);
    ssize_t n = s->n < (isize)room ? s->n : (ssize_t)room;
    if (n > 0) {
        memcpy(out, s->bytes, (size_t)n);
        s->n -= n;
        memmove(s->bytes, s->bytes + n, (size_t)s->n);
    } else if (s->over) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->asleep = true;
        MHD_suspend_connection(s->mhd);
    }
    pthread_mutex_unlock(&s->mutex);
    return n;
}

void stream_gone(struct stream *s)
{
    s->closed(s->arg, s);    // after this nobody else holds it
    pthread_mutex_destroy(&s->mutex);
    free(s);
}
