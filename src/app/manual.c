// SPDX-License-Identifier: GPL-3.0-or-later
// The manual page staffel(8), made from the tables the program itself obeys.
#include "app/manual.h"

#include "base/limits.h"

#include <sysexits.h>

// A line that begins with a dot or an apostrophe would be a command of roff.
static void put_text(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' || s.p[i] == '-')
            buf_char(b, '\\');
        buf_char(b, s.p[i]);
    }
}

static void section(struct buf *b, const char *name)
{
    buf_fmt(b, ".SH %s\n", name);
}

static void put_command(struct buf *b, const struct command *k)
{
    buf_fmt(b, ".TP\n.B %s\n", k->name);
    put_text(b, str_from_z(k->usage));
    buf_put(b, S("\n.br\n"));
    put_text(b, k->what.en);
    buf_put(b, S(".\n"));
    for (int i = 1; k->roles != NULL && k->roles[i].code != NULL; i++) {
        buf_fmt(b, ".br\n.I %s\n", k->roles[i].code);
        put_text(b, k->roles[i].does.en);
        buf_put(b, S(".\n"));
    }
}

static void put_limit(struct buf *b, const struct limit *l)
{
    buf_fmt(b, ".TP\n.B %s\n%lld ", l->name, (long long)l->value);
    put_text(b, str_from_z(l->text));
    buf_put(b, S("\n"));
}

static const char options[] =
    ".TP\n.BI \\-\\-data \" DIR\"\nThe directory with everything: database, large mails, sockets. "
    "Default: data.\n"
    ".TP\n.BI \\-\\-db \" postgres://...\"\nKeep the data in PostgreSQL instead; several servers may "
    "share one. DIR is still needed for files.\n"
    ".TP\n.BI \\-\\-listen \" ADDR:PORT\"\nWhere pages and the API are served. Default: 127.0.0.1:8080. "
    "Put a proxy with TLS in front, on the same machine, that sets X\\-Forwarded\\-Proto and adds to "
    "X\\-Forwarded\\-For.\n"
    ".TP\n.BI \\-\\-content \" ADDR:PORT\"\nA second address from which the HTML of mails is shown, so that it never "
    "shares an origin with the desk. Without it only the text is shown. The demo takes the port after its own.\n"
    ".TP\n.BI \\-\\-content\\-url \" URL\"\nWhat browsers call that address, when a proxy stands in front: "
    "https://content.desk.example.\n"
    ".TP\n.BI \\-\\-lmtp \" ADDR:PORT|unix:PATH\"\nWhere the mail server hands mail over.\n"
    ".TP\n.BI \\-\\-relay \" smtp://HOST:PORT\"\nWhere mail goes out. Without one, mail is kept and "
    "shown.\n"
    ".TP\n.BI \\-\\-relay\\-login \" FILE\"\nUser and password for the relay, on two lines; or what OAuth2 "
    "wants, a line each.\n"
    ".TP\n.BI \\-\\-relay\\-rate \" N\"\nAt most so many mails a minute go out.\n"
    ".TP\n.BI \\-\\-dkim \" FILE\"\nThe keys that mail is signed with: a line DOMAIN SELECTOR KEYFILE each.\n"
    ".TP\n.BI \\-\\-keys \" FOLDER\"\nA GNUPGHOME for the desk alone: with its keys mails in S/MIME and PGP/MIME "
    "are opened, checked, signed and encrypted.\n"
    ".TP\n.BI \\-\\-auth\\-server \" NAME\"\nThe name by which the own mail server signs Authentication\\-Results: "
    "only what it wrote proves a sender, or says that one is forged. It is the AuthservID of the own opendmarc; only "
    "for a mail server that checks each mail and removes such fields from mail that comes in.\n"
    ".TP\n.BI \\-\\-scanner \" unix:PATH|HOST:PORT\"\nA clamd that looks at each mail. What it finds infected is set "
    "aside and served to nobody. While it does not answer, mails wait for it.\n"
    ".TP\n.B \\-\\-unscanned\nWhile the scanner does not answer, mails are taken, and their cases say so.\n"
    ".TP\n.BI \\-\\-trust \" FILE\"\nCertificates (PEM) that are trusted beside the system's: of the relay, of "
    "mailboxes, of the developers' servers.\n"
    ".TP\n.BI \\-\\-own\\-hosts \" HOST,...\"\nServers of the own net that may be asked; others of an inner net "
    "never are.\n"
    ".TP\n.B \\-\\-quiet\nNo log line for each request.\n";

static const char codes[] =
    "Those of sysexits(3): 0 done, 64 wrong words on the command line, 65 data that is refused "
    "with its reason, 66 not there, 70 our fault, 74 the disk failed, 75 try again later, 77 not "
    "permitted.\n";

static const char verdicts[] =
    "inspect mail says what the intake would do with a mail:\n"
    ".TP\n.B ticket\nIt becomes a case.\n"
    ".TP\n.B reply\nIt continues the case of a mail of ours. Without a database nobody knows our mails, so "
    "what looks like one of ours is taken for it: r.<20 letters and digits>@ in In\\-Reply\\-To or "
    "References, or such a tag of 36 or 39 behind the plus of an address. Any other In\\-Reply\\-To says "
    "nothing, and neither does a number in the subject.\n"
    ".TP\n.B bounce\nIt tells of a mail of ours that did not arrive.\n"
    ".TP\n.B auto\nA machine wrote it: it is not answered and makes no case.\n"
    ".TP\n.B loop\nIt has passed too many mail servers.\n"
    ".TP\n.B quarantine\nIt is kept aside for a person to look at.\n"
    ".TP\n.B refused\nIt is too large, or a fragment (message/partial) of a mail: no case is made of it.\n";

int manual_print(struct call *c)
{
    struct buf *b = c->out;
    buf_put(b, S(".\\\" Made by: staffel manual\n.TH STAFFEL 8 \"\" \"Staffel " STAFFEL_VERSION "\"\n"));
    section(b, "NAME");
    buf_put(b, S("staffel \\- a three\\-level helpdesk\n"));
    section(b, "SYNOPSIS");
    buf_put(b, S(".B staffel\nSUBCOMMAND [OPTIONS]\n"));
    section(b, "SUBCOMMANDS");
    for (const struct command *k = commands; k->name != NULL; k++)
        put_command(b, k);
    section(b, "OPTIONS");
    buf_put(b, str_from_z(options));
    section(b, "LIMITS");
    for (const struct limit *l = limits; l->name != NULL; l++)
        put_limit(b, l);
    section(b, "VERDICTS");
    buf_put(b, str_from_z(verdicts));
    section(b, "EXIT STATUS");
    buf_put(b, str_from_z(codes));
    return EX_OK;
}
