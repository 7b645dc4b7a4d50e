// SPDX-License-Identifier: GPL-3.0-or-later
// People who ask for help: a name, and at least one way to reach them if we have it.
//
//   K1  As little as the work needs: no salutation, no birthday, no free fields.
//   K2  A mail address belongs to one contact of its desk; a phone may be shared.
//   K3  Addresses are kept as they were given and, for finding, in one normal form: mail in
//       lower case, phones as +49... (contact_phone_normal).
//   K4  Typing ahead finds by the beginning of any word of the name or firm, of a mail or of a
//       phone, umlauts or not; at most CONTACT_FOUND, best first, by an index.
//   K5  A mail's sender is the contact with that address, or a new one; the name in a mail
//       never changes a contact we know.
//   K6  Nobody of another desk is ever found.
//   K7  Of two people changing the same version of a contact, one wins (ERR_STALE).
//   K8  Whoever is meant by a name and ways to reach him is the contact with that address; a
//       phone alone means its only contact; else it is a new one (contact_meant).
//   K9  A phone by which somebody we know was reached is added to what they have, once.
//   K10 A name is one line, and so is all that is said of a contact: line breaks become blanks,
//       other control bytes go.  It becomes a mail's header one day, and no stranger makes a
//       customer whom nobody can answer.
//   K11 A VIP is a contact so marked, or one whose firm is: then everybody of it is, who comes
//       later, too.  It changes nothing by itself: no order of a list, no time, no right.  It
//       is shown to staff, never to customers or to anybody outside, and what it changes is
//       what a desk's own rules make of it (routing/rule.h, clock/agreement.h).
//   K12 Who may change a contact may say so of it and of its firm.  Each time is an event, of who
//       and when: what is said stands with the contact or the firm alone, and goes with them.  A
//       firm is marked apart from its people: changing one of them (contact_change) leaves it.
#pragma once

#include "base/ctx.h"

enum { CONTACT_FOUND = 10, CONTACT_ADDRESSES = 20 };

enum address_kind { ADDRESS_MAIL = 1, ADDRESS_PHONE };

struct contact_address {
    enum address_kind kind;
    str value;    // normal form; set by this feature
    str shown;    // as it was given
};

struct contact {
    contact_id id;
    str name;    // as the customer writes it
    str org;     // the firm's name, or empty
    enum lang lang;
    bool formal;        // Sie
    bool vip;           // K11: so marked
    bool firm_vip;      // K11: the firm is; only contact_mark_firm() changes it
    str reach;          // when and how to reach, in words
    str src, src_id;    // where it was imported from, or empty; only contact_add looks at it
    int64_t version;
    const struct contact_address *address;    // oldest first
    isize addresses;
};

// A new contact; id, version and the addresses' values are set by this.
fallible contact_add(struct ctx *cx, const struct contact *c, contact_id *out);

// Replace everything of c->id, addresses too, if it still has c->version.
fallible contact_change(struct ctx *cx, const struct contact *c);

fallible contact_mark_firm(struct ctx *cx, str org, bool vip);    // K12; a firm we know

bool contact_is_vip(const struct contact *c);    // K11.  Pure.

fallible contact_load(struct ctx *cx, contact_id id, struct contact *out);
// Of each its name; empty where there is none.
fallible contact_names(struct ctx *cx, const int64_t *contact, isize n, str *name);
fallible contact_by_mail(struct ctx *cx, str mail,
                         struct contact *out);    // ERR_ABSENT if nobody's

struct contact_meant {
    contact_id id;    // one we know, or 0
    str name, mail, phone;
};

fallible contact_meant(struct ctx *cx, const struct contact_meant *m, contact_id *out);    // K8

fallible contact_also_phone(struct ctx *cx, contact_id id, str phone);    // K9

// Everybody with this number, at most CONTACT_FOUND; none is no error.
fallible contact_by_phone(struct ctx *cx, str phone, struct contact **out, isize *n);

// One line of a list of suggestions.
struct contact_found {
    contact_id id;
    str name, org, mail, phone;
    bool vip;    // K11
};

fallible contact_find(struct ctx *cx, str typed, struct contact_found **out, isize *n);    // K4
fallible contact_of_sender(struct ctx *cx, str name, str mail, enum lang lang,
                           contact_id *out);    // K5

// "0 40 / 123-45", "0049 (0)40 12345", "+49 40 12345" are all "+494012345".  False if it is no
// phone number.  Pure.
bool contact_phone_normal(struct arena *a, str given, str *out);

// Lower case and trimmed.  False if it does not look like local@domain.  Pure.
bool contact_mail_normal(struct arena *a, str given, str *out);
