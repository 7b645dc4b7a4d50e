// SPDX-License-Identifier: GPL-3.0-or-later
// The index follows the events: what was said or changed can be found a moment later.
//
//   X1  Nothing is indexed inside the commit that makes it; the job "search.index" reads the
//       events from a mark on, and its own work moves the mark in the same transaction.
//   X2  Doing it twice changes nothing: a document knows how much of its source it has seen.
//   X3  On PostgreSQL an event may become visible after one with a higher key.  Those of the
//       last INDEX_LATE_S seconds are looked at again, so none is missed.
//   X4  What the customer reads and what only staff reads stand in two columns, for good.
//   X5  A transaction takes at most INDEX_DOCS documents and INDEX_BYTES of their stems: the
//       writer is never held up for long.  Reading and stemming happens before it.
//   X6  What is deleted is forgotten: its document, and the words that only it had.
//   X7  A very long case is indexed up to LIMIT_SEARCH_DOC bytes, and each of its messages up
//       to LIMIT_SEARCH_MESSAGE, so that a pasted log does not push out what people wrote.
//   X8  A document that cannot be indexed delays no other: it gets a job of its own, visible
//       with its reason when it goes on failing.
#pragma once

#include "job/job.h"

enum search_kind { SEARCH_CASE = 1, SEARCH_SOLUTION };

enum { INDEX_DOCS = 100, INDEX_BYTES = 256 << 10, INDEX_LATE_S = 60 };

// "search.index": after events.  "search.one": X8.
extern const struct job_kind index_jobs[];

// X6.  In the transaction that deletes the case or the solution.
fallible index_forget(struct ctx *cx, enum search_kind kind, int64_t ref);

// A document's key: kind and key in one (migrations/0015).
int64_t index_key(enum search_kind kind, int64_t ref);
