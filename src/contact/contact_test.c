// SPDX-License-Identifier: GPL-3.0-or-later
#include "contact/contact.h"

#include "contact/fold.h"
#include "testing/test.h"

static struct contact person(str name, str org, const struct contact_address *a, isize n)
{
    return (struct contact){.name = name,
                            .org = org,
                            .lang = LANG_DE,
                            .formal = true,
                            .address = a,
                            .addresses = n};
}

static enum err add_in(struct ctx *cx, str name, str org, str mail, str phone, contact_id *out)
{
    struct contact_address a[2];
    isize n = 0;
    if (mail.n > 0)
        a[n++] = (struct contact_address){.kind = ADDRESS_MAIL, .shown = mail};
    if (phone.n > 0)
        a[n++] = (struct contact_address){.kind = ADDRESS_PHONE, .shown = phone};
    struct contact c = person(name, org, a, n);
    return contact_add(cx, &c, out);
}

static contact_id add(struct world *w, str name, str org, str mail, str phone)
{
    contact_id id = {0};
    struct ctx *cx = begin(w);
    check(end(w, add_in(cx, name, org, mail, phone, &id)) == OK);
    return id;
}

static void karin_and_others(struct world *w)
{
    add(w, S("Karin Brandt"), S("Kern GmbH"), S("Karin.Brandt@Kern.example"),
        S("089 / 123 45-67"));
    add(w, S("Jürgen Müller"), S(""), S("jm@web.example"), S("+49 (0)40 12345"));
    add(w, S("Anna-Maria Øst"), S("Müller & Söhne"), S(""), S("0171 2345678"));
    add(w, S("Muller, Peter"), S(""), S("pm@web.example"), S("040 12345"));
}

static str names(struct world *w, struct ctx *cx, str typed)
{
    struct contact_found *found;
    isize n;
    str s = S("");
    check(contact_find(cx, typed, &found, &n) == OK);
    for (isize i = 0; i < n; i++)
        s = arena_fmt(&w->arena, STR_FMT STR_FMT "; ", STR_ARG(s), STR_ARG(found[i].name));
    return s;
}

static void K1_a_name_is_enough_and_needed(struct world *w)
{
    contact_id id;
    struct ctx *cx = begin(w);
    check(add_in(cx, S("Karin Brandt"), S(""), S(""), S(""), &id) == OK);
    struct contact c;
    check(contact_load(cx, id, &c) == OK && c.addresses == 0 && c.org.n == 0 && c.version == 1);
    check(add_in(cx, S("  "), S(""), S("x@y.example"), S(""), &id) == ERR_INVALID);
    end(w, OK);
}

static void K2_a_mail_belongs_to_one_contact(struct world *w)
{
    karin_and_others(w);
    contact_id id;
    struct ctx *cx = begin(w);
    check(end(w, add_in(cx, S("Karla"), S(""), S("KARIN.brandt@kern.EXAMPLE"), S(""), &id))
          == ERR_INVALID);
    check(str_find(cx->problems->text.de, S("Karin Brandt")) > 0);
    check(ask(w, "select count(*) from contact") == 4);
    cx = begin(w);    // a phone may be shared
    check(end(w, add_in(cx, S("Karla"), S(""), S(""), S("0891234567"), &id)) == OK);
    cx = begin(w);
    struct contact *c;
    isize n;
    check(contact_by_phone(cx, S("+4989 1234567"), &c, &n) == OK && n == 2);
    check_text(c[0].name, S("Karin Brandt"));
    check_text(c[1].name, S("Karla"));
    end(w, OK);
}

static void K2_the_database_says_so_too(struct world *w)
{
    karin_and_others(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "insert into contact_address (tenant, contact, kind, value, shown) "
                        "values (1, 2, 1, 'karin.brandt@kern.example', 'x')")
          == ERR_STALE);
    end(w, ERR_STALE);
}

static void K3_phones_have_one_form(struct world *w)
{
    // clang-format off
    static const struct { const char *given, *normal; } table[] = {
        {"0 40 / 123-45", "+494012345"},        {"0049 (0)40 12345", "+494012345"},
        {"+49 40 12345", "+494012345"},         {"+49 (0) 40.123.45", "+494012345"},
        {"(040) 12345", "+494012345"},          {"+49 040 12345", "+494012345"},
        {"(0)40 12345", "+494012345"},          {"0049/40/12345", "+494012345"},
        {"+49\u00a040\u202f123\u201145", "+494012345"}, {"040\u201312345", "+494012345"},
        {"4940 1234567", "+49401234567"},       {"tel:+4940-12345", "+494012345"},
        {"0043 1 58858", "+43158858"}, {"+43 (0) 1 58858", "+43158858"}, {"0041(0)44 1234567", "+41441234567"},          {"+39 06 698", "+3906698"},
        {"+1 (212) 555-0100", "+12125550100"},  {"110", "110"}, {"2345", "2345"},
        {" 0171 2345678 ", "+491712345678"},    {"49123", "49123"},
        {"", NULL}, {"12", NULL}, {"abc", NULL}, {"040 12345 privat", NULL}, {"+", NULL},
        {"+49", NULL}, {"12+345", NULL}, {"++4940123", NULL}, {"+0049 40 123", NULL},
        {"1234567890123456", NULL}, {"x@y.example", NULL}, {"040 123\xff", NULL},
    };
    // clang-format on
    for (isize i = 0; i < countof(table); i++) {
        str out = S("untouched");
        bool ok = contact_phone_normal(&w->arena, str_from_z(table[i].given), &out);
        check(ok == (table[i].normal != NULL));
        check_text(out, table[i].normal ? str_from_z(table[i].normal) : S("untouched"));
    }
}

static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void K3_the_form_of_a_form_is_itself(struct world *w)
{
    static const char *const piece[] = {"0", "00", "+", "49",   "(0)",    " ", "/",
                                        "-", "4",  "1", "2345", "\u00a0", "x"};
    uint32_t seed = 7;
    int found = 0;
    for (int i = 0; i < 20000; i++) {
        str s = S(""), once = S(""), twice = S("");
        for (uint32_t n = draw(&seed) % 9; n > 0; n--)
            s = arena_join(&w->arena, s, str_from_z(piece[draw(&seed) % countof(piece)]));
        if (!contact_phone_normal(&w->arena, s, &once))
            continue;
        found++;
        check(contact_phone_normal(&w->arena, once, &twice));
        check_text(twice, once);
    }
    check(found > 1000);
}

static void K3_mails_are_lower_case(struct world *w)
{
    str out;
    check(contact_mail_normal(&w->arena, S(" Karin.Brandt@Kern.Example\n"), &out));
    check_text(out, S("karin.brandt@kern.example"));
    static const char *const bad[] = {"",      "@x.example",    "karin@",
                                      "karin", "a b@c.example", "a@b@c.example",
                                      "a@b,c", "<a@b.example>", "a@b\r\nx"};
    for (isize i = 0; i < countof(bad); i++)
        check(!contact_mail_normal(&w->arena, str_from_z(bad[i]), &out));
}

static void K4_finds_by_any_beginning(struct world *w)
{
    karin_and_others(w);
    struct ctx *cx = begin_as(w, ADA);
    check_text(names(w, cx, S("bra")), S("Karin Brandt; "));
    check_text(names(w, cx, S("brandt kar")), S("Karin Brandt; "));
    check_text(names(w, cx, S("kern k b")), S("Karin Brandt; "));
    check_text(names(w, cx, S("kern k x")), S(""));
    check_text(names(w, cx, S("KERN")), S("Karin Brandt; "));
    check_text(names(w, cx, S("karin.brandt@k")), S("Karin Brandt; "));
    check_text(names(w, cx, S("089 12")), S("Karin Brandt; "));
    check_text(names(w, cx, S("+49 (0)89 / 12")), S("Karin Brandt; "));
    check_text(names(w, cx, S("ost")), S("Anna-Maria Øst; "));
    check_text(names(w, cx, S("maria")), S("Anna-Maria Øst; "));
    check_text(names(w, cx, S("")), S(""));
    check_text(names(w, cx, S("%")), S(""));
    end(w, OK);
}

static void K4_umlauts_or_not(struct world *w)
{
    karin_and_others(w);
    struct ctx *cx = begin_as(w, ADA);
    check_text(names(w, cx, S("mü")), S("Jürgen Müller; Anna-Maria Øst; "));
    check_text(names(w, cx, S("mueller")), S("Jürgen Müller; Anna-Maria Øst; "));
    check_text(names(w, cx, S("MÜLLER J")), S("Jürgen Müller; "));
    check_text(names(w, cx, S("mu\u0308ller ju\u0308")), S("Jürgen Müller; "));
    check_text(names(w, cx, S("muller")), S("Jürgen Müller; Anna-Maria Øst; Muller, Peter; "));
    end(w, OK);
}

static void K4_best_first_and_not_too_many(struct world *w)
{
    struct ctx *cx = begin(w);
    contact_id id;
    for (int i = 0; i < 40; i++)
        check(add_in(cx, arena_fmt(&w->arena, "Hans Kerner%02d", i), S(""), S(""), S(""), &id)
              == OK);
    check(add_in(cx, S("Kerner Udo"), S(""), S(""), S(""), &id) == OK);
    check(add_in(cx, S("Udo Kern"), S(""), S(""), S(""), &id) == OK);
    check(end(w, OK) == OK);
    cx = begin_as(w, ADA);
    struct contact_found *found;
    isize n;
    check(contact_find(cx, S("kern"), &found, &n) == OK && n == CONTACT_FOUND);
    check_text(found[0].name, S("Udo Kern"));
    check_text(found[1].name, S("Kerner Udo"));
    end(w, OK);
}

static void K5_the_sender_is_known_or_new(struct world *w)
{
    karin_and_others(w);
    contact_id id;
    struct contact c;
    struct ctx *cx = begin(w);
    check(
        contact_of_sender(cx, S("Somebody Else"), S("KARIN.BRANDT@kern.example"), LANG_EN, &id)
        == OK);
    check(id.n == 1 && contact_load(cx, id, &c) == OK);
    check_text(c.name, S("Karin Brandt"));
    check(contact_of_sender(cx, S(""), S("new.one@far.example"), LANG_EN, &id) == OK
          && id.n == 5);
    check(contact_load(cx, id, &c) == OK && c.lang == LANG_EN && c.addresses == 1);
    check_text(c.name, S("new.one"));
    check_text(c.address[0].value, S("new.one@far.example"));
    check(contact_of_sender(cx, S("Nobody"), S("no mail"), LANG_EN, &id) == ERR_INVALID);
    end(w, OK);
}

static void K6_nothing_of_another_desk(struct world *w)
{
    karin_and_others(w);
    struct ctx *cx = begin_as(w, NINA);
    struct contact c, *many;
    isize n;
    check(contact_load(cx, (contact_id){1}, &c) == ERR_ABSENT);
    check(contact_by_mail(cx, S("karin.brandt@kern.example"), &c) == ERR_ABSENT);
    check(contact_by_phone(cx, S("089 1234567"), &many, &n) == OK && n == 0);
    check_text(names(w, cx, S("brandt")), S(""));
    ctx_forgive(cx);
    contact_id id;
    check(add_in(cx, S("Karin Brandt"), S("Kern GmbH"), S("karin.brandt@kern.example"), S(""),
                 &id)
          == OK);
    check(id.n == 5
          && contact_change(cx, &(struct contact){.id = {1}, .version = 1, .name = S("x")})
                 == ERR_ABSENT);
    end(w, OK);
    check(ask(w, "select count(*) from org where name = 'Kern GmbH'") == 2);
}

static void K6_customers_and_administrators_look_nobody_up(struct world *w)
{
    karin_and_others(w);
    struct contact c;
    struct ctx *cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .contact = {2}, .see = SEE_OWN};
    check(contact_load(cx, (contact_id){2}, &c) == OK);
    check(contact_load(cx, (contact_id){1}, &c) == ERR_ABSENT);
    check(contact_by_mail(cx, S("karin.brandt@kern.example"), &c) == ERR_ABSENT);
    check_text(names(w, cx, S("brandt")), S(""));
    end(w, OK);
    cx = begin_as(w, GERO);
    check(contact_load(cx, (contact_id){1}, &c) == ERR_ABSENT);
    check_text(names(w, cx, S("brandt")), S(""));
    end(w, OK);
}

static void K7_one_of_two_wins(struct world *w)
{
    karin_and_others(w);
    struct contact mine, theirs;
    struct ctx *cx = begin(w);
    check(contact_load(cx, (contact_id){1}, &mine) == OK);
    theirs = mine;
    struct contact_address a[] = {{.kind = ADDRESS_PHONE, .shown = S("0800 111")}};
    mine = person(S("Karin Brandt-Voß"), S("Kern AG"), a, 1);
    mine.id = theirs.id, mine.version = theirs.version;
    check(contact_change(cx, &mine) == OK);
    check(contact_change(cx, &theirs) == ERR_STALE);
    check(contact_load(cx, (contact_id){1}, &mine) == OK);
    check(mine.version == 2 && mine.addresses == 1);
    check_text(mine.org, S("Kern AG"));
    check_text(names(w, cx, S("voss")), S("Karin Brandt-Voß; "));
    check_text(names(w, cx, S("089 12")), S(""));    // what it was found by is gone with it
    end(w, OK);
}

static void K9_a_phone_is_added_once(struct world *w)
{
    contact_id id = add(w, S("Karin Brandt"), S(""), S("kb@kern.example"), S("089 1234567"));
    check(end(w, contact_also_phone(begin(w), id, S("0171 2345678"))) == OK);
    check(end(w, contact_also_phone(begin(w), id, S("+49 171 2345678"))) == OK);
    check(end(w, contact_also_phone(begin(w), id, S("(089) 12345-67"))) == OK);
    check(end(w, contact_also_phone(begin(w), id, S("anonym"))) == OK);
    check(ask(w, "select count(*) from contact_address where contact = 1") == 3);
    for (int i = 0; i < CONTACT_ADDRESSES; i++) {
        str phone = arena_fmt(&w->kept, "040 1234%02d", i);
        check(end(w, contact_also_phone(begin(w), id, phone)) == OK);
    }
    check(ask(w, "select count(*) from contact_address") == CONTACT_ADDRESSES);
}

static void K10_a_name_is_one_line(struct world *w)
{
    contact_id id;
    struct ctx *cx = begin(w);
    struct contact c;
    check(add_in(cx, S("Max\r\nMuster\x01 "), S("Kern\nGmbH"), S(""), S("089 5550199"), &id)
          == OK);
    check(contact_load(cx, id, &c) == OK);
    check_text(c.name, S("Max Muster"));
    check_text(c.org, S("Kern GmbH"));
    c.name = S("\u202eMax\tMuster\x7f");
    c.reach = S("abends\nnach 17 Uhr");
    check(contact_change(cx, &c) == OK && contact_load(cx, id, &c) == OK);
    check_text(c.name, S("Max Muster"));
    check_text(c.reach, S("abends nach 17 Uhr"));
    check(add_in(cx, S("\r\n"), S(""), S(""), S(""), &id) == ERR_INVALID);
    end(w, OK);
}

static void all_or_nothing(struct world *w)
{
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        contact_id id;
        enum err err = end(w, add_in(cx, S("Karin Brandt"), S("Kern GmbH"),
                                     S("kb@kern.example"), S("089 1"), &id));
        int64_t n = ask(w, "select count(*) from contact");
        check(n == (err == OK));
        check(ask(w, "select count(*) from contact_address") == n * 2);
        check(ask(w, "select count(*) from contact_word") == n * 6);
        check(ask(w, "select count(*) from event where kind = 'contact.created'") == n);
    }
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct contact c = person(S("Karin B"), S(""), NULL, 0);
        c.id = (contact_id){1}, c.version = 1;
        bool done = end(w, contact_change(cx, &c)) == OK;
        check(ask(w, "select version from contact") == 1 + done);
        check(ask(w, "select count(*) from contact_address") == (done ? 0 : 2));
        check(ask(w, "select count(*) from event where kind = 'contact.changed'") == done);
    }
}

static str folded(struct world *w, const char *s, void fold(struct arena *, str, struct fold *))
{
    struct fold f = {0};
    str all = S("");
    fold(&w->arena, str_from_z(s), &f);
    for (int i = 0; i < f.n; i++)
        all = arena_fmt(&w->arena, STR_FMT "%s" STR_FMT, STR_ARG(all), i ? " " : "",
                        STR_ARG(f.word[i]));
    return all;
}

static void F1_both_spellings(struct world *w)
{
    check_text(folded(w, "Jürgen GROẞ-Müller", fold_typed), S("juergen gross mueller"));
    check_text(folded(w, "Groß Müller", fold_stored), S("gross mueller muller"));
    check_text(folded(w, "A\u0308rger", fold_stored), S("aerger arger"));
}

static void F2_other_letters(struct world *w)
{
    check_text(folded(w, "Łukasz Ñandú Æther Þór Ľubomír", fold_typed),
               S("lukasz nandu aether thor lubomir"));
    check_text(folded(w, "Иван ΑΛΦΑ 山田", fold_typed), S("иван αλφα 山田"));
    check_text(folded(w, "\U0001d400x", fold_typed), S("\U0001d400x"));
}

static void F3_the_rest_separates(struct world *w)
{
    check_text(folded(w, " O'Neill/Kern & Co.(KG)\u2013x\u00d7y ", fold_typed),
               S("o neill kern co kg x y"));
    check_text(folded(w, "", fold_typed), S(""));
    check_text(folded(w, "\xc3", fold_typed),
               folded(w, "\xc3", fold_stored));    // cut short: no crash
}

static int64_t told(struct world *w, const char *kind)
{
    return ask(w,
               arena_z(&w->kept, arena_fmt(&w->kept,
                                           "select count(*) from event where kind = '%s' and "
                                           "data is null",
                                           kind)));
}

static struct contact loaded(struct world *w, contact_id id)
{
    struct contact c = {0};
    check(contact_load(begin(w), id, &c) == OK);
    c.name = keep(w, c.name);
    c.org = keep(w, c.org);
    c.addresses = 0;
    end(w, OK);
    return c;
}

static void K11_a_vip_is_so_marked_or_the_firm_is(struct world *w)
{
    contact_id karin = add(w, S("Karin Brandt"), S("Kern GmbH"), S(""), S("")), ole;
    check(!contact_is_vip(&(struct contact){0}));
    struct contact c = loaded(w, karin);
    check(!contact_is_vip(&c));
    c.vip = true;
    check(end(w, contact_change(begin(w), &c)) == OK);
    c = loaded(w, karin);
    check(c.vip && !c.firm_vip && contact_is_vip(&c));
    ole = add(w, S("Ole Kern"), S("Kern GmbH"), S(""), S(""));
    c = loaded(w, ole);
    check(!contact_is_vip(&c));
    check(end(w, contact_mark_firm(begin(w), S("Kern GmbH"), true)) == OK);
    c = loaded(w, ole);
    check(!c.vip && c.firm_vip && contact_is_vip(&c));
    c = loaded(w, add(w, S("Ida Kern"), S("Kern GmbH"), S(""), S("")));    // who comes later
    check(contact_is_vip(&c));
    c = loaded(w, add(w, S("Jo"), S(""), S(""), S("")));
    check(!contact_is_vip(&c));
    struct contact_found *found;
    isize n;
    check(contact_find(begin(w), S("kern"), &found, &n) == OK && n == 3);
    check(found[0].vip && found[1].vip && found[2].vip);
    check(contact_find(&w->cx, S("jo"), &found, &n) == OK && n == 1 && !found[0].vip);
    end(w, OK);
}

static void K12_a_mark_is_told_and_stands_nowhere_else(struct world *w)
{
    contact_id id = add(w, S("Karin Brandt"), S("Kern GmbH"), S(""), S("0891234567"));
    struct contact c = loaded(w, id), old = c;
    c.vip = true;
    check(end(w, contact_change(begin(w), &c)) == OK && told(w, "contact.marked") == 1);
    check(end(w, contact_change(begin(w), &old)) == ERR_STALE);    // K7
    check(end(w, contact_also_phone(begin(w), id, S("040 12345"))) == OK);
    c = loaded(w, id);
    check(c.vip && told(w, "contact.marked") == 1);
    for (int twice = 0; twice < 2; twice++)
        check(end(w, contact_mark_firm(begin(w), S(" Kern GmbH "), true)) == OK);
    check(told(w, "contact.firm_marked") == 1);
    check(end(w, contact_mark_firm(begin(w), S("Niemand AG"), true)) == ERR_ABSENT);
    struct who other = tenant_system((tenant_id){2});
    check(end(w, contact_mark_firm(begin_with(w, other), S("Kern GmbH"), false)) == ERR_ABSENT);
    c.vip = false;
    check(end(w, contact_change(begin(w), &c)) == OK && told(w, "contact.marked") == 2);
    c = loaded(w, id);
    check(!c.vip && c.firm_vip);    // changing one of its people leaves the firm
}

static void K12_whole_or_not_at_all(struct world *w)
{
    struct contact c = loaded(w, add(w, S("Karin Brandt"), S("Kern GmbH"), S(""), S("")));
    c.vip = true;
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        enum err err = contact_change(cx, &c);
        if (err == OK)
            err = contact_mark_firm(cx, S("Kern GmbH"), true);
        int64_t done = end(w, err) == OK;
        check(ask(w, "select vip from contact") == done
              && ask(w, "select vip from org") == done);
        check(told(w, "contact.marked") == done && told(w, "contact.firm_marked") == done);
    }
}

const struct test contact_tests[] = {
    T(K1_a_name_is_enough_and_needed),
    T(K2_a_mail_belongs_to_one_contact),
    T(K2_the_database_says_so_too),
    T(K3_phones_have_one_form),
    T(K3_the_form_of_a_form_is_itself),
    T(K3_mails_are_lower_case),
    T(K4_finds_by_any_beginning),
    T(K4_umlauts_or_not),
    T(K4_best_first_and_not_too_many),
    T(K5_the_sender_is_known_or_new),
    T(K6_nothing_of_another_desk),
    T(K6_customers_and_administrators_look_nobody_up),
    T(K7_one_of_two_wins),
    T(K9_a_phone_is_added_once),
    T(K10_a_name_is_one_line),
    T(K11_a_vip_is_so_marked_or_the_firm_is),
    T(K12_a_mark_is_told_and_stands_nowhere_else),
    T(K12_whole_or_not_at_all),
    T(all_or_nothing),
    T(F1_both_spellings),
    T(F2_other_letters),
    T(F3_the_rest_separates),
    {0},
};
