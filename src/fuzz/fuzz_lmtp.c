// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a mail server says to us is answered or ends the connection (intake/lmtp.h), in
// whatever pieces it comes: the first byte says how long they are.
#include "base/buf.h"
#include "base/secret.h"
#include "intake/lmtp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SAID_MOST = 1 << 20 };

struct peer {
    isize said;
    bool odd;    // an answer that is none
};

static void hear(void *to, str line)
{
    struct peer *p = to;
    bool code = line.n > 5 && line.p[0] >= '2' && line.p[0] <= '5'
                && (line.p[3] == ' ' || line.p[3] == '-');
    p->odd |= !code || !str_ends(line, S("\r\n"));
    p->said += line.n;
}

// One piece; false when the connection is over.
static bool tell(struct lmtp *l, str all, isize *from, isize to)
{
    enum lmtp_next next = LMTP_GO_ON;
    isize used = -1;
    while (used != 0 && *from < to) {
        used = lmtp_input(l, (str){all.p + *from, to - *from}, &next);
        if (used < 0 || used > to - *from)
            abort();
        *from += used;
        if (next == LMTP_STORE)
            lmtp_stored(l, *from & 1 ? ERR_BUSY : OK);
        if (next == LMTP_CLOSE)
            return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct lmtp_config config = {{"desk.example", 12}, {".", 1}, 1};
    static bool started;
    if (!started && !secret_start())
        abort();
    started = true;
    str all = {(const char *)data, (isize)size};
    isize piece = size > 0 ? data[0] + 1 : 1, from = size > 0, to = from;
    struct lmtp l;
    struct peer p = {0};
    lmtp_open(&l, &config, hear, &p);
    while (to < all.n) {
        to = to + piece > all.n ? all.n : to + piece;
        if (!tell(&l, all, &from, to))
            break;
    }
    lmtp_close(&l);
    if (p.odd || p.said > SAID_MOST)
        abort();
    return 0;
}
