#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn .sql files of signed statements into typed C functions, and migrations into a table.

    sqlgen.py file X.sql X.sql.h X.sql.c MIGRATIONS     functions of one file
    sqlgen.py index statements.h statements.c X.sql...  the table of all statements
    sqlgen.py migrations migrations.c MIGRATIONS D      both spellings of every migration

MIGRATIONS is their folder, read when it is built: D tells ninja that a new one there counts.

A statement starts with its signature in a comment; the comment may go on with prose:

    -- name(arg: type, ...) -> none | changed | one(col: type, ...) | many(col: type, ...)

Types: int, text, bytes, instant, bool, `enum x`, or a key such as ticket_id.  A `?` behind a
type means: zero (or empty) in C is NULL in the database.  `-- include a/b.h` above the first
statement names the header of a key.  A statement that must differ is written twice, under
`-- @sqlite` and `-- @postgres`.  What several statements of a file have in common has a name:
`-- define free(j)` stands over a condition about row j, which @free(x) puts in about row x.

    @vip(c, o)                  1 if contact c, whose firm is o, is a VIP, else 0 (contact.h, K11)
    @skip_locked(j)             PostgreSQL leaves out rows j that another node has just taken
    x @like y                   `like` that takes A and a for the same letter

Who may see which row is decided here and nowhere else:

    @tenant @me @contact @now   the asker's tenant, person, contact; the time of this work
    @scope(t)                   row t of `ticket` is one the asker may reach
    @audience(s)                row s of `solution` is meant for the asker
    @told(m)                    row m of `message`, of a case in reach, is for the asker's eyes

A statement that reads or changes a table with a `tenant` column must use @tenant, @scope or
@audience; one that touches a ticket's rows must use @scope.  What really must look further
says so: `-- beyond scope: the reason`.  Anything else does not build.
"""
import pathlib
import re
import sys

INTS = {"int", "instant", "bool"}
IMPLICIT = {
    "tenant": "db_int(cx->who.tenant.n)",
    "me": "db_int(cx->who.person.n)",
    "contact": "db_int(cx->who.contact.n)",
    "see": "db_int(cx->who.see)",
    "level": "db_int(cx->who.level)",
    "now": "db_int(cx->now.ms)",
}
SCOPE = """({t}.tenant = @tenant and (@see = 2
     or (@see = 3 and exists (select 1 from ticket_team tt_ join person_team pt_ on pt_.team = tt_.team
                               where tt_.ticket = {t}.id and pt_.person = @me))
     or (@see = 4 and {t}.contact = @contact)))"""
# Customers read what is not internal, once it has left: what waits for its time, is held, was taken
# back, or stopped before its first try, has not been said.
TOLD = """(@see <> 4 or ({t}.internal = 0 and {t}.sent <> 4 and not exists
     (select 1 from outbox ob_ where ob_.message = {t}.id
         and (ob_.state = 9 or (ob_.tries = 0 and (ob_.state = 5
                                                   or (ob_.state = 1 and ob_.send_at > @now)))))))"""
VIP = r"case when \1.vip = 1 or \2.vip = 1 then 1 else 0 end"
# Audiences are bits: 1 = level 1, 2 = level 2, 4 = level 3, 8 = customer, 16 = public.
AUDIENCE = """({t}.tenant = @tenant and ((@level >= 1 and ({t}.audience & 25) <> 0)
     or (@level >= 2 and ({t}.audience & 2) <> 0) or (@level >= 3 and ({t}.audience & 4) <> 0)
     or (@see = 4 and ({t}.audience & 24) <> 0) or ({t}.audience & 16) <> 0 or @see = 2))"""


def die(where, what):
    sys.exit(f"{where}: {what}")


def pairs(s):
    return [tuple(x.strip() for x in p.split(":")) for p in s.split(",") if p.strip()]


def bare(t):
    return t.rstrip("?")


def ctype(t):
    t = bare(t)
    return {"int": "int64_t", "text": "str", "bytes": "str", "bool": "bool"}.get(t, t)


def to_value(name, t):
    null = "_or_null" if t.endswith("?") else ""
    b = bare(t)
    if b == "text":
        return f"db_text{null}({name})"
    if b == "bytes":
        return f"db_bytes{null}({name})"
    member = "" if b in ("int", "bool") or b.startswith("enum ") else ".ms" if b == "instant" else ".n"
    return f"db_int{null}({name}{member})"


def from_cell(i, t):
    b = bare(t)
    if b in ("text", "bytes"):
        return f"c[{i}].s"
    if b == "int":
        return f"c[{i}].n"
    if b == "bool":
        return f"c[{i}].n != 0"
    if b.startswith("enum "):
        return f"({b})c[{i}].n"
    return "{c[%d].n}" % i


class Statement:
    def __init__(self, path, line, sig):
        m = re.match(r"(\w+)\((.*?)\)\s*->\s*(\w+)(?:\((.*)\))?$", sig, re.S)
        if not m or m[3] not in ("none", "changed", "one", "many"):
            die(f"{path}:{line}", f"not a signature: {sig}")
        self.where = f"{path}:{line}"
        self.name, self.args, self.kind, self.cols = m[1], pairs(m[2]), m[3], pairs(m[4] or "")
        self.sql = {}
        self.beyond = False

    def add(self, which, sql):
        for db in ("sqlite", "postgres") if which is None else (which,):
            self.sql[db] = sql


def statements(path):
    """The statements of one file, in order, and the headers it asks for."""
    found, includes, current, which, sql, sig = [], [], None, None, [], None
    named, defines = None, []
    for no, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        if line.startswith("--"):
            text = line[2:].strip()
            if sig is not None:
                sig += " " + text
            elif m := re.match(r"include (\S+)$", text):
                includes.append(m[1])
                continue
            elif m := re.match(r"define (\w+)\((\w+)\)$", text):
                named = m
            elif re.match(r"\w+\([^)]*(\)\s*->|$)", text) and ":" in text or re.match(r"\w+\(\)\s*->", text):
                sig = text
            elif text in ("@sqlite", "@postgres"):
                which = text[1:]
            elif text.startswith("beyond scope:") and current:
                current.beyond = True
            if sig is not None and "->" in sig and sig.count("(") == sig.count(")") \
                    and (sig.endswith(")") or re.search(r"->\s*(none|changed)$", sig)):
                current, which, sig = Statement(path, no, sig), None, None
                found.append(current)
            continue
        if line.strip():
            if current is None and named is None:
                die(f"{path}:{no}", "SQL without a signature above it")
            sql.append(line)
        if line.rstrip().endswith(";"):
            text = "\n".join(sql).rstrip().rstrip(";")
            for name, row, meaning in defines:
                text = re.sub(rf"@{name}\((\w+)\)", lambda m: re.sub(rf"\b{row}\.", m[1] + ".", meaning), text)
            if named:
                defines.append((named[1], named[2], f"({text})"))
            else:
                current.add(which, text)
            sql, named = [], None
    if sql:
        die(path, "the last statement has no semicolon")
    return found, includes


def scoped_tables(migrations):
    """Tables with a tenant column, and those that belong to a ticket."""
    tenant, ticket = set(), set()
    for path in sorted(pathlib.Path(migrations).glob("*.sql")):
        for m in re.finditer(r"create table (\w+) \((.*?)^\)", path.read_text(), re.M | re.S):
            cols = re.findall(r"^\s+(\w+)\s+@", m[2], re.M)
            if "tenant" in cols:
                tenant.add(m[1])
            if "ticket" in cols or m[1] == "ticket":
                ticket.add(m[1])
    return tenant, ticket


def check_scope(s, tenant, ticket):
    if s.beyond:
        return
    for sql in s.sql.values():
        used = set(re.findall(r"\b(?:from|join|update|into)\s+(\w+)", sql))
        plain_insert = re.match(r"\s*insert\s", sql) and not re.search(r"\bselect\b", sql)
        if used & ticket and not plain_insert and "@scope(" not in sql:
            die(s.where, f"{s.name} touches {', '.join(sorted(used & ticket))} without @scope(...)")
        if used & tenant and not re.search(r"@(tenant|scope|audience)\b", sql):
            die(s.where, f"{s.name} touches {', '.join(sorted(used & tenant))} without @tenant")


def expand(sql, sign):
    sql = re.sub(r"@skip_locked\((\w+)\)", r"for update of \1 skip locked" if sign == "$" else "", sql)
    sql = re.sub(r"@like\b", "ilike" if sign == "$" else "like", sql)
    sql = re.sub(r"@vip\((\w+), (\w+)\)", VIP, sql)
    for word, meaning in (("scope", SCOPE), ("told", TOLD)):
        sql = re.sub(rf"@{word}\((\w+)\)", lambda m: meaning.format(t=m[1]), sql)
    return re.sub(r"@audience\((\w+)\)", lambda m: AUDIENCE.format(t=m[1]), sql)


def numbered(s, sql, sign):
    names = [a for a, _ in s.args]
    values = [to_value(a, t) for a, t in s.args]
    types = ["t" if bare(t) == "text" else "b" if bare(t) == "bytes" else "i" for _, t in s.args]

    def replace(m):
        if m[1] == ":":
            if m[2] not in names:
                die(s.where, f"{s.name} has no argument :{m[2]}")
            return sign + str(names.index(m[2]) + 1)
        if m[2] not in IMPLICIT:
            die(s.where, f"unknown word @{m[2]}")
        if "@" + m[2] not in names:
            names.append("@" + m[2])
            values.append(IMPLICIT[m[2]])
            types.append("i")
        return sign + str(names.index("@" + m[2]) + 1)

    text = re.sub(r"(?<![:\w])([:@])([a-z_]\w*)", replace, expand(sql, sign))
    # PostgreSQL cannot guess the type of a parameter that stands alone.
    if sign == "$":
        text = re.sub(r"\$(\d+)", lambda m: f"${m[1]}::" + {"i": "bigint", "t": "text", "b": "bytea"}[types[int(m[1]) - 1]], text)
    return text, values, "".join(types)


def lit(sql):
    return "\n".join('        "%s\\n"' % l.rstrip().replace("\\", "\\\\").replace('"', '\\"')
                     for l in sql.strip().splitlines() if not l.strip().startswith("--"))


def makes_id(s):
    """An insert of one row that gives its number.  SQLite keeps that number; for `returning` it would
    open a table of its own, a twentieth of the time of a new case."""
    plain = re.match(r"insert into \w+ \([^()]*\)\s+values \(.*\)\s+returning id$", s.sql.get("sqlite", ""), re.S)
    return s.kind == "one" and [n for n, _ in s.cols] == ["id"] and plain and "select" not in s.sql["sqlite"]


def emit(s, h, c):
    made = makes_id(s)
    if made:
        s.sql["sqlite"] = re.sub(r"\s+returning id$", "", s.sql["sqlite"])
    lite, values, types = numbered(s, s.sql.get("sqlite", ""), "?")
    post, values2, types2 = numbered(s, s.sql.get("postgres", ""), "$")
    if "sqlite" not in s.sql or "postgres" not in s.sql:
        die(s.where, f"{s.name} lacks one of its two spellings")
    if values != values2:
        die(s.where, f"{s.name}: both spellings must use the same @words in the same order")
    if s.cols:
        h += [f"struct q_{s.name} {{"] + [f"    {ctype(t)} {n};" for n, t in s.cols] + ["};", ""]
    out = {"none": "", "changed": ", int64_t *out", "one": f", struct q_{s.name} *out",
           "many": f", struct q_{s.name} **out, isize *out_n"}[s.kind]
    proto = f"q_{s.name}(struct ctx *cx" + "".join(f", {ctype(t)} {n}" for n, t in s.args) + out + ")"
    h += [f"fallible {proto};", ""]
    c += [f"const struct db_stmt stmt_{s.name} = {{", f'    .name = "{s.name}",', f"    .id = STMT_{s.name},",
          "    .sqlite =", lit(lite) + ",", "    .postgres =", lit(post) + ",",
          f'    .args = {len(types)},', f'    .types = "{types}",', f"    .cols = {len(s.cols)},", *(["    .makes_id = true,"] if made else []), "};", "",
          f"enum err {proto}", "{"]
    v = "NULL"
    if values:
        c += ["    const struct db_value v[] = {" + ", ".join(values) + "};"]
        v = "v"
    c += ["    struct db_result r;", f"    TRY(db_run(cx, &stmt_{s.name}, {v}, &r));"]
    row = "(struct q_%s){" % s.name + ", ".join(f".{n} = {from_cell(i, t)}" for i, (n, t) in enumerate(s.cols)) + "}"
    if s.kind == "changed":
        c += ["    *out = r.changed;"]
    elif s.kind == "one":
        c += ["    if (r.rows == 0)", "        return db_absent(cx);",
              "    const struct db_value *c = r.cell;", f"    *out = {row};"]
    elif s.kind == "many":
        c += [f"    *out = make(cx->arena, struct q_{s.name}, r.rows);", "    *out_n = r.rows;",
              "    for (isize i = 0; i < r.rows; i++) {", "        const struct db_value *c = r.cell + i * r.cols;",
              f"        (*out)[i] = {row};", "    }"]
    c += ["    return OK;", "}", ""]


def do_file(src, header, source, migrations):
    found, includes = statements(src)
    tenant, ticket = scoped_tables(migrations)
    name = pathlib.Path(src).name
    h = [f"// Generated from {name}.", "#pragma once", "", '#include "db/db.h"',
         *[f'#include "{i}"' for i in includes], ""]
    c = [f"// Generated from {name}.", LONG, f'#include "{name}.h"', "", '#include "statements.h"', ""]
    for s in found:
        check_scope(s, tenant, ticket)
        emit(s, h, c)
    pathlib.Path(header).write_text("\n".join(h))
    pathlib.Path(source).write_text("\n".join(c))


def do_index(header, source, *files):
    names = [s.name for f in files for s in statements(f)[0]]
    for n in names:
        if names.count(n) > 1:
            die("sqlgen", f"two statements are called {n}")
    pathlib.Path(header).write_text("\n".join(
        ["// Generated: one number for every statement of the program.", "#pragma once", "",
         '#include "db/db.h"', "", "enum {", *[f"    STMT_{n}," for n in names], "    STMT_COUNT,", "};", "",
         *[f"extern const struct db_stmt stmt_{n};" for n in names], ""]))
    pathlib.Path(source).write_text("\n".join(
        ["// Generated.", '#include "statements.h"', "", "const struct db_stmt *const db_statements[] = {",
         *[f"    &stmt_{n}," for n in names], "    NULL,", "};", ""]))


# ISO C promises 4095 bytes of a literal; both our compilers take any length.
LONG = '#pragma GCC diagnostic ignored "-Woverlength-strings"'

TONGUE = {
    "sqlite": {"@id": "integer primary key", "@int": "integer", "@text": "text", "@bytes": "blob", "@strict": "strict"},
    "postgres": {"@id": "bigint generated by default as identity primary key", "@int": "bigint", "@text": "text",
                 "@bytes": "bytea", "@strict": ""},
}


def spell(path, db):
    out, only = [], None
    for no, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        if line.startswith(("-- @sqlite", "-- @postgres")):
            only = line[4:].strip()
            continue
        if line.startswith("-- @end"):
            only = None
            continue
        if only not in (None, db):
            continue
        code = re.sub(r"\s*--.*$", "", line)
        if re.match(r"\s+\w+\s+@\w+", code) and not re.search(r"-- \[\w+, \w+\]", line):
            die(f"{path}:{no}", "a column without its entry in the dictionary: -- [whose, kept] what")
        code = re.sub(r"@(\w+)", lambda m: TONGUE[db].get("@" + m[1]) if "@" + m[1] in TONGUE[db]
                      else die(f"{path}:{no}", f"unknown word @{m[1]}"), code)
        if code.strip():
            out.append(code)
    return "\n".join(out) or "select 1"    # it may be about the other one alone


def do_migrations(source, folder, depfile):
    files = sorted(pathlib.Path(folder).glob("*.sql"))
    pathlib.Path(depfile).write_text(f"{source}: {folder} {' '.join(map(str, files))}\n")
    c = ["// Generated from migrations/.", LONG, '#include "db/migrate.h"', "", "const struct db_migration db_migrations[] = {"]
    for i, path in enumerate(files, 1):
        number = int(path.name[:4])
        if number != i:
            die(path, f"this is the {i}th migration")
        c += [f"    {{{number}, \"{path.stem}\",", lit(spell(path, "sqlite")) + ",", lit(spell(path, "postgres")) + "},"]
    pathlib.Path(source).write_text("\n".join(c + ["    {0},", "};", ""]))


{"file": do_file, "index": do_index, "migrations": do_migrations}[sys.argv[1]](*sys.argv[2:])
