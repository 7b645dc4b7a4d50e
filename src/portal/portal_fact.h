// SPDX-License-Identifier: GPL-3.0-or-later
// What an organisation must say about itself before others may use its portal: imprint (§ 5
// DDG), privacy (Art. 13 DSGVO), accessibility (DOMAIN 9, L15 L18), and how to reach it.
//
//   F1  Nothing is invented: what the operator has not filled in is shown as missing.
//   F2  What the law asks for is marked; the program says at start what of it is missing.
//   F3  Each value is one short text, the same for everybody.
#pragma once

#include "base/ctx.h"

enum fact {
    FACT_OPERATOR = 1,
    FACT_STREET,
    FACT_CITY,
    FACT_COUNTRY,
    FACT_REPRESENTED,
    FACT_REGISTER,
    FACT_VAT,
    FACT_SUPERVISOR,
    FACT_PHONE,
    FACT_HOURS_DE,
    FACT_HOURS_EN,
    FACT_PHONE_ABROAD,
    FACT_DPO,
    FACT_PRIVACY_AUTHORITY,
    FACT_PROCESSORS,
    FACT_KEPT,
    FACT_BARRIERS,
    FACT_TEXT_RELAY,
    FACT_ARBITRATION,
    FACTS,
};

enum fact_group { GROUP_IMPRINT = 1, GROUP_CONTACT, GROUP_PRIVACY, GROUP_ACCESS, GROUPS };

struct fact_kind {
    const char *name;    // in the table, in forms and on the command line
    enum fact_group group;
    bool needed;    // F2
    struct words label, hint;
};

extern const struct fact_kind portal_facts[FACTS];    // by enum fact; [0] is empty
extern const struct words portal_fact_groups[GROUPS];

struct facts {
    str value[FACTS];    // empty: not filled in
};

fallible portal_fact_load(struct ctx *cx, struct facts *out);

// Empty values are dropped.  ERR_INVALID for one that is too long or has line ends.
fallible portal_fact_save(struct ctx *cx, const struct facts *f);

// F2: the labels of what is needed and missing, "street, city"; empty when nothing is.
str portal_fact_missing(struct arena *a, const struct facts *f, enum lang lang);
int portal_fact_missing_count(const struct facts *f, enum fact_group group);    // pure
