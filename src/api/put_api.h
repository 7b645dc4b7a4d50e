// SPDX-License-Identifier: GPL-3.0-or-later
// How things look in JSON: the tables of their fields and the functions that write them.
//
//   P1  Names are those of the model (DOMAIN 7.1), values are the stable codes.
//   P2  Instants are RFC 3339 in UTC; what never happened is left out.
//   P3  A person of the staff is shown by name where the page shows the name, nowhere else.
#pragma once

#include "contact/contact.h"
#include "engagement/engagement.h"
#include "message/message.h"
#include "solution/solution.h"
#include "web/api.h"

extern const struct api_schema api_ticket_schema, api_ticket_new_schema, api_message_schema,
    api_attachment_schema, api_contact_schema, api_solution_schema, api_step_schema,
    api_engagement_schema, api_solve_schema, api_found_schema;

void api_put_ticket(struct ctx *cx, struct json_out *j, const struct ticket *t);
void api_put_message(struct ctx *cx, struct json_out *j, const struct message *m);
void api_put_attachment(struct ctx *cx, struct json_out *j, const struct attachment *a);
void api_put_contact(struct ctx *cx, struct json_out *j, const struct contact *c);
void api_put_found(struct json_out *j, const struct contact_found *c);
void api_put_solution(struct ctx *cx, struct json_out *j, const struct solution *s);
void api_put_engagement(struct ctx *cx, struct json_out *j, const struct engagement *e);
void api_put_time(struct ctx *cx, struct json_out *j, const char *key, instant t);    // P2

// A code of the body, or ERR_INVALID that names the field; *out untouched when it is absent.
fallible api_code(struct ctx *cx, const struct json *o, const char *key,
                  const struct ticket_word *table, int *out);

fallible api_lang(struct ctx *cx, const struct json *o, enum lang *out);    // "de" or "en"

// J4, where a list is in the order of two values: the cursor is the last row's place in it.
fallible api_mark(struct ctx *cx, const struct request *rq, int64_t *first, int64_t *second);
str api_mark_of(struct ctx *cx, int64_t first, int64_t second);

// The case named in the address.
fallible api_ticket(struct ctx *cx, const struct request *rq, struct ticket *out);
