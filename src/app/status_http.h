// SPDX-License-Identifier: GPL-3.0-or-later
// /health for whoever watches the machine, /metrics in the text format of Prometheus.
//
//   Q1  Metrics are for this machine (not through a proxy) or for who may see the queues.
//   Q2  Figures about the program and its queues, never about a person.
#pragma once

#include "web/route.h"

struct buf;

// The lines about mail, in and out.
fallible status_mails(struct ctx *cx, struct buf *b);

extern const struct route status_routes[];
