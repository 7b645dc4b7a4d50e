// SPDX-License-Identifier: GPL-3.0-or-later
// The whole edge over a real connection: what a browser, a program or an attacker gets.
//
//   B1  A real site serves the world's database: sessions, origins, tokens, limits and headers
//       are those of `staffel serve`.
//   B2  Nothing is added that was not asked for but Host, Connection and Content-Length.
//
//     struct edge e;
//     edge_open(w, &e);
//     str me = edge_session(&e, ADA);    // before edge_serve
//     edge_serve(&e);
//     struct edge_answer a = edge_ask(&e, &(struct edge_ask){.path = "/w/ich", .session = me});
//     edge_close(&e);
#pragma once

#include "testing/test.h"
#include "web/site.h"

struct edge {
    struct world *w;
    struct pool *pool;
    struct writer *writer;
    struct site *site;
    int asked;    // each request comes from an address of its own, so that no limit is met
};

struct edge_ask {
    const char *method;    // NULL: GET
    const char *path;
    str session, bearer;    // cookie, token
    str visitor;            // cookie before sign-in
    str csrf;               // in the form, or as X-Csrf-Token below /api/
    const char *form;       // NULL: none; else what follows the token
    const char *json;
    const char *file;       // in the form, as multipart: what a field "datei" holds
    const char *headers;    // more lines, each with its CR LF
    const char *from;       // address; NULL: one that nobody had before
};

struct edge_answer {
    int status;
    str head, body;    // live until edge_forget()
    str to;            // Location
};

void edge_open(struct world *w, struct edge *e);    // our clock becomes the real one
str edge_session(struct edge *e, int person);
void edge_serve(struct edge *e);
void edge_close(struct edge *e);
void edge_forget(struct edge *e);    // what was answered so far

struct edge_answer edge_ask(struct edge *e, const struct edge_ask *ask);
str edge_csrf(struct edge *e, str session);    // the token of its forms; also for a visitor
bool edge_has(const struct edge_answer *a, const char *text);    // head or body; no complaint
