// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/safely.h"

void safely_set(CURL *c)
{
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
}

str safely_part(struct arena *a, CURLU *u, CURLUPart part, unsigned flags)
{
    char *z = NULL;
    str s = {0};
    if (curl_url_get(u, part, &z, flags) == CURLUE_OK)
        s = arena_str(a, str_from_z(z));
    curl_free(z);
    return s;
}
