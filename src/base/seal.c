// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/seal.h"

#include "base/io.h"
#include "base/secret.h"

#include <sodium.h>

enum { LOCKED_MORE = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };

_Static_assert((int)SEAL_KEY_BYTES == (int)HASH_BYTES, "a purpose's key is a MAC");
_Static_assert((int)SEAL_KEY_BYTES == (int)crypto_secretbox_KEYBYTES, "secretbox's key");

static str path_of(struct ctx *cx, const char *name)
{
    return arena_fmt(cx->arena, STR_FMT "/%s", STR_ARG(cx->data_dir), name);
}

static bool is_there(struct ctx *cx)
{
    str *name;
    isize n;
    if (io_list(cx, cx->data_dir, &name, &n) != OK)
        return false;
    for (isize i = 0; i < n; i++)
        if (str_eq(name[i], S("secret.key")))
            return true;
    return false;
}

static enum err make_key(struct ctx *cx)
{
    char key[SEAL_KEY_BYTES], random[8];
    int fd;
    secret_random(key, sizeof key);
    secret_random(random, sizeof random);
    str hex = secret_hex(cx->arena, (str){random, sizeof random});
    str tmp = path_of(cx, arena_z(cx->arena, arena_join(cx->arena, S("secret.key."), hex)));
    TRY(io_create(cx, tmp, &fd));
    enum err err = io_write(cx, fd, (str){key, sizeof key});
    enum err closed = io_close_synced(cx, fd);
    TRY(err);
    TRY(closed);
    return io_publish(cx, tmp, path_of(cx, "secret.key"));
}

enum err seal_load(struct ctx *cx, struct seal *out)
{
    str key;
    if (!is_there(cx))
        TRY(make_key(cx));
    TRY(io_read_file(cx, path_of(cx, "secret.key"), SEAL_KEY_BYTES, &key));
    if (key.n != SEAL_KEY_BYTES)
        return broken(cx, "secret.key is damaged: it must hold %d bytes", SEAL_KEY_BYTES);
    memcpy(out->key, key.p, SEAL_KEY_BYTES);
    return OK;
}

static const unsigned char *key_for(struct arena *a, const struct seal *s,
                                    const char *purpose)    // L2
{
    str key = secret_mac(a, (str){(const char *)s->key, SEAL_KEY_BYTES}, purpose, S("seal"));
    return (const unsigned char *)key.p;
}

str seal_lock(struct arena *a, const struct seal *s, const char *purpose, str plain)
{
    unsigned char *p = make(a, unsigned char, plain.n + LOCKED_MORE);
    secret_random(p, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(p + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.p,
                          (unsigned long long)plain.n, p, key_for(a, s, purpose));
    return (str){(const char *)p, plain.n + LOCKED_MORE};
}

bool seal_unlock(struct arena *a, const struct seal *s, const char *purpose, str locked,
                 str *plain)
{
    if (locked.n < LOCKED_MORE)
        return false;
    const unsigned char *p = (const unsigned char *)locked.p;
    unsigned char *to = make(a, unsigned char, locked.n);
    if (crypto_secretbox_open_easy(to, p + crypto_secretbox_NONCEBYTES,
                                   (unsigned long long)(locked.n - crypto_secretbox_NONCEBYTES),
                                   p, key_for(a, s, purpose))
        != 0)
        return false;
    *plain = (str){(const char *)to, locked.n - LOCKED_MORE};
    return true;
}
