// SPDX-License-Identifier: GPL-3.0-or-later
// Any head of a request is clear or refused (http/head.h): a clear one has one host and one end
// of its body, whoever adds what.
#include "http/head.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is(str name, const char *what)
{
    return str_eq_nocase(name, str_from_z(what));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    if (arena.base == NULL)
        arena = arena_new((isize)16 << 20);
    arena_reset(&arena);
    str rest = {(const char *)data, (isize)size};
    str version = str_token(&rest, '\n');
    int hosts = 0, lengths = 0, codings = 0;
    struct head h = {0};
    while (rest.n > 0) {
        str value = str_token(&rest, '\n'), name = str_token(&value, ':');
        head_add(&h, name, str_trim(value));
        hosts += is(name, "Host");
        lengths += is(name, "Content-Length");
        codings += is(name, "Transfer-Encoding");
    }
    bool clear = head_is_clear(&h, version);
    if (clear && (hosts > 1 || lengths + codings > 1 || (hosts == 0 && is(version, "HTTP/1.1"))))
        abort();
    str net = head_net(&arena, head_client(&h, S("127.0.0.1")));
    str once = http_decode(&arena, version, size & 1);
    if (net.n < 0 || once.n > version.n)
        abort();
    return 0;
}
