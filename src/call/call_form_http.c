// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_form_http.h"

#include "workplace/triage_http.h"

enum { TICKS_MOST = 200 };    // several solutions, read out to their ends

str call_form_name(struct arena *a, str solution, int64_t step)
{
    return arena_fmt(a, STR_FMT ".%lld", STR_ARG(solution), (long long)step);
}

bool call_form_tick(str field, struct call_tick *out)
{
    int64_t key, step;
    isize dot = str_find(field, S("."));
    if (!str_starts(field, S("L-")) || dot < 0 || !str_to_int(str_cut(field, dot + 1), &step)
        || step < 0 || !solution_key_read(str_head(field, dot), &key))
        return false;
    *out = (struct call_tick){str_head(field, dot), step};
    return true;
}

static void read_ticks(struct ctx *cx, const struct request *rq, struct call_input *in)
{
    struct call_tick *tick = make(cx->arena, struct call_tick, TICKS_MOST);
    for (const struct field *f = rq->x->form; f != NULL && in->ticks < TICKS_MOST; f = f->next)
        in->ticks += call_form_tick(f->name, &tick[in->ticks]);
    in->tick = tick;
}

// F2
static str helped(const struct request *rq, const struct call_input *in)
{
    str marked = form_text(rq, "half"), open = form_text(rq, "loesung");
    if (marked.n > 0 || in->ticks == 0)
        return marked;
    bool one = true;
    for (isize i = 0; i < in->ticks; i++) {
        if (str_eq(in->tick[i].solution, open))
            return open;
        one = one && str_eq(in->tick[i].solution, in->tick[0].solution);
    }
    return one ? in->tick[0].solution : S("");
}

static void read_caller(struct ctx *cx, const struct request *rq, struct call_input *in)
{
    str mail, phone, name;
    in->contact = (contact_id){form_int(rq, "kontakt", 0)};
    call_read_caller(cx->arena, form_text(rq, "wer"), &in->who, &in->mail, &in->phone);
    call_read_caller(cx->arena, form_text(rq, "erreichbar"), &name, &mail, &phone);
    in->mail = in->mail.n > 0 ? in->mail : mail;
    in->phone = in->phone.n > 0 ? in->phone : phone;
    in->keep_phone = form_has(rq, "nummer");
}

void call_form_read(struct ctx *cx, const struct request *rq, struct call_input *out)
{
    struct call_input in = {.said = form_text(rq, "sagt"),
                            .impact = (int)form_int(rq, "aus", 1),
                            .stands_still = form_int(rq, "steht", 0) != 0,
                            .fits = form_has(rq, "passt")};
    struct triage_answer shown = triage_answer_of(rq);
    in.suggested.value[TRIAGE_CATEGORY] = shown.value[TRIAGE_CATEGORY];
    in.suggested.value[TRIAGE_PRODUCT] = shown.value[TRIAGE_PRODUCT];
    read_caller(cx, rq, &in);
    read_ticks(cx, rq, &in);
    in.helped = helped(rq, &in);
    *out = in;
}
