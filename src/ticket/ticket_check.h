// SPDX-License-Identifier: GPL-3.0-or-later
// What may happen to a case (DOMAIN 7.2).  Decided by looking at nothing but the arguments.
//
//   T1   - -> new                    it comes; the desk is known
//   T2   new -> open                 taken, classified or answered
//   T3   open -> solved              a linked solution, or at least 20 characters of how, or a
//                                    reason; and the customer is told
//   T4   open -> waiting_customer    we put a public question in the last 5 minutes
//   T5   waiting_customer -> open    the customer answered, or never got our question
//   T6   waiting_customer -> solved  silence after two reminders
//   T7   open -> waiting_vendor      a vendor must act
//   T8   waiting_vendor -> open      the vendor answered, or is late
//   T9   open -> waiting_date        a date in the future, and a promise to the customer
//   T10  waiting_date -> open        the date has come
//   T11  solved -> open              not solved after all, within 14 days
//   T12  solved -> closed            7 days later, or the customer says yes; not by itself while
//        nobody has told him (ticket.h, W12): then 7 days after somebody has
//   T13  any -> merged               into another case of the same customer, not spam; the other
//        one takes the topic and the product that it does not have ("ticket.classified")
//   T14  any -> spam                 reversible for 30 days
//   T14b new, open, waiting -> solved  the customer withdraws
//   T15  closed -> a new case        that follows the old one
#pragma once

#include "ticket/ticket.h"

// May this transition exist at all?  The table above, without guards.
bool ticket_check_may(enum ticket_status from, enum ticket_status to);

fallible ticket_check_new(struct ctx *cx, const struct ticket_new *n);    // T1
fallible ticket_check_open(struct ctx *cx, const struct ticket *t);       // T2
fallible ticket_check_class(struct ctx *cx, const struct ticket *t,
                            const struct ticket_class *c);
fallible ticket_check_work(struct ctx *cx, const struct ticket *t);    // new, open or waiting
fallible ticket_check_wait(struct ctx *cx, const struct ticket *t,
                           const struct ticket_waiting *w);
fallible ticket_check_resume(struct ctx *cx, const struct ticket *t);    // T5 T8 T10
fallible ticket_check_solve(struct ctx *cx, const struct ticket *t,
                            const struct ticket_solving *s);
fallible ticket_check_close(struct ctx *cx, const struct ticket *t, bool confirmed);    // T12
fallible ticket_check_reopen(struct ctx *cx, const struct ticket *t);                   // T11
fallible ticket_check_merge(struct ctx *cx, const struct ticket *from,
                            const struct ticket *into);
fallible ticket_check_spam(struct ctx *cx, const struct ticket *t);    // T14
fallible ticket_check_not_spam(struct ctx *cx, const struct ticket *t);
