// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_fact.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "portal_fact.sql.h"

// clang-format off
const struct fact_kind portal_facts[FACTS] = {
    [FACT_OPERATOR]    = {"operator", GROUP_IMPRINT, true,
        WORDS("Operator", "Betreiberin"),
        WORDS("Full name with its legal form.", "Voller Name mit Rechtsform.")},
    [FACT_STREET]      = {"street", GROUP_IMPRINT, true,
        WORDS("Street and number", "Straße und Hausnummer"),
        WORDS("No PO box.", "Kein Postfach.")},
    [FACT_CITY]        = {"city", GROUP_IMPRINT, true,
        WORDS("Postcode and town", "PLZ und Ort"), WORDS("", "")},
    [FACT_COUNTRY]     = {"country", GROUP_IMPRINT, false,
        WORDS("Country", "Land"), WORDS("", "")},
    [FACT_REPRESENTED] = {"represented", GROUP_IMPRINT, true,
        WORDS("Represented by", "Vertreten durch"),
        WORDS("Who may act for a legal person.", "Wer für eine juristische Person handeln darf.")},
    [FACT_REGISTER]    = {"register", GROUP_IMPRINT, false,
        WORDS("Register entry", "Registereintrag"),
        WORDS("Court and number, if there is one.", "Gericht und Nummer, falls vorhanden.")},
    [FACT_VAT]         = {"vat", GROUP_IMPRINT, false,
        WORDS("VAT number", "Umsatzsteuer-ID"), WORDS("", "")},
    [FACT_SUPERVISOR]  = {"supervisor", GROUP_IMPRINT, false,
        WORDS("Supervisory authority", "Aufsichtsbehörde"),
        WORDS("Only if the work needs a licence.", "Nur wenn die Tätigkeit eine Zulassung braucht.")},
    [FACT_PHONE]       = {"phone", GROUP_CONTACT, true,
        WORDS("Phone", "Telefon"),
        WORDS("With area code; people will see it as typed.", "Mit Vorwahl, wird so gezeigt.")},
    [FACT_HOURS_DE]    = {"hours_de", GROUP_CONTACT, false,
        WORDS("Phone hours, in German", "Telefonzeiten, auf Deutsch"),
        WORDS("Mo–Fr 8–18 Uhr", "Mo–Fr 8–18 Uhr")},
    [FACT_HOURS_EN]    = {"hours_en", GROUP_CONTACT, false,
        WORDS("Phone hours, in English", "Telefonzeiten, auf Englisch"),
        WORDS("Mon–Fri 8 am–6 pm", "Mon–Fri 8 am–6 pm")},
    [FACT_PHONE_ABROAD] = {"phone_abroad", GROUP_CONTACT, false,
        WORDS("Phone from abroad", "Telefon aus dem Ausland"), WORDS("", "")},
    [FACT_DPO]         = {"dpo", GROUP_PRIVACY, false,
        WORDS("Data protection officer", "Datenschutzbeauftragte Person"),
        WORDS("How to reach them; no name needed.", "Wie sie zu erreichen ist; ein Name ist nicht nötig.")},
    [FACT_PRIVACY_AUTHORITY] = {"privacy_authority", GROUP_PRIVACY, true,
        WORDS("Data protection authority", "Datenschutz-Aufsichtsbehörde"),
        WORDS("Where people may complain.", "Wo man sich beschweren kann.")},
    [FACT_PROCESSORS]  = {"processors", GROUP_PRIVACY, true,
        WORDS("Who else handles the data", "Wer die Daten noch verarbeitet"),
        WORDS("Hosting and mail providers; or: nobody.", "Anbieter für Server und Mail; oder: niemand.")},
    [FACT_KEPT]        = {"kept", GROUP_PRIVACY, true,
        WORDS("How long requests are kept", "Wie lange Anliegen aufbewahrt werden"),
        WORDS("For example: 24 months after closing.", "Zum Beispiel: 24 Monate nach Abschluss.")},
    [FACT_BARRIERS]    = {"barriers", GROUP_ACCESS, false,
        WORDS("Known barriers", "Bekannte Barrieren"),
        WORDS("What is not accessible yet, and until when.", "Was noch nicht barrierefrei ist, und bis wann.")},
    [FACT_TEXT_RELAY]  = {"text_relay", GROUP_ACCESS, false,
        WORDS("Sign language or text relay", "Gebärdensprache oder Schriftdolmetschen"),
        WORDS("Address or number of the service.", "Adresse oder Nummer des Dienstes.")},
    [FACT_ARBITRATION] = {"arbitration", GROUP_ACCESS, false,
        WORDS("Arbitration or market surveillance", "Schlichtungsstelle oder Marktüberwachung"),
        WORDS("Where people may turn if we do not help.", "Wohin man sich wenden kann, wenn wir nicht helfen.")},
};

const struct words portal_fact_groups[GROUPS] = {
    [GROUP_IMPRINT] = WORDS("Imprint", "Impressum"),
    [GROUP_CONTACT] = WORDS("Contact", "Kontakt"),
    [GROUP_PRIVACY] = WORDS("Privacy", "Datenschutz"),
    [GROUP_ACCESS]  = WORDS("Accessibility", "Barrierefreiheit"),
};
// clang-format on

static int fact_of(str name)
{
    for (int i = 1; i < FACTS; i++)
        if (str_eq(name, str_from_z(portal_facts[i].name)))
            return i;
    return 0;
}

enum err portal_fact_load(struct ctx *cx, struct facts *out)
{
    struct q_portal_fact_list *row;
    isize n;
    TRY(q_portal_fact_list(cx, &row, &n));
    *out = (struct facts){0};
    for (isize i = 0; i < n; i++)
        out->value[fact_of(row[i].name)] = row[i].value;
    out->value[0] = (str){0};    // what an older version knew
    return OK;
}

static enum err check(struct ctx *cx, const struct facts *f)
{
    enum err err = OK;
    for (int i = 1; i < FACTS; i++) {
        if (length_check(cx, portal_facts[i].name, f->value[i], LIMIT_LINE) != OK)
            err = ERR_INVALID;
        else if (str_find(f->value[i], S("\n")) >= 0)
            err = invalid(cx, portal_facts[i].name, "One line only.", "Nur eine Zeile.");
    }
    return err;
}

enum err portal_fact_save(struct ctx *cx, const struct facts *f)
{
    TRY(check(cx, f));
    for (int i = 1; i < FACTS; i++) {
        str name = str_from_z(portal_facts[i].name), value = str_trim(f->value[i]);
        TRY(value.n > 0 ? q_portal_fact_put(cx, name, value) : q_portal_fact_drop(cx, name));
    }
    return OK;
}

str portal_fact_missing(struct arena *a, const struct facts *f, enum lang lang)
{
    struct buf b = buf_new(a, 200);
    for (int i = 1; i < FACTS; i++) {
        if (!portal_facts[i].needed || f->value[i].n > 0)
            continue;
        buf_put(&b, b.n > 0 ? S(", ") : S(""));
        buf_put(&b, words_in(portal_facts[i].label, lang));
    }
    return buf_str(&b);
}

int portal_fact_missing_count(const struct facts *f, enum fact_group group)
{
    int n = 0;
    for (int i = 1; i < FACTS; i++)
        n += portal_facts[i].group == group && portal_facts[i].needed && f->value[i].n == 0;
    return n;
}
