#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn a .html template into C functions that write a page.

    htmlgen.py X.html X.html.h X.html.c

    {{ include a/b.h }}                       a header whose types the page needs
    {{ page name(const struct x *x) }} … {{ end }}
    {{ if cond }} … {{ elif cond }} … {{ else }} … {{ end }}
    {{ each struct t *x in array, count }} … {{ end }}
    {{ call name(x) }}                        another page of this or an included file
    {{ "Hand over" | "Übergeben" }}           one text in both languages
    {{ "By %1" | "Bis %1", t->due }}          the same with values, each escaped by its type
    {{ "Your word" | "Ihr Wort" | "dein Wort" }}  the last where p->du says "du" to the reader
    {{ expr }}                                a value, escaped by its C type

A form with method="post" gets its token right behind its tag.  There is no raw output.
Attributes must be quoted.  In href, src, action and formaction a value may only follow a literal
that starts with "/", "?", "#", "mailto:" or "tel:" (it is percent-encoded), or be of type
`struct url`.  style="" and on…="" are refused: the Content-Security-Policy would ignore them.
"""
import pathlib
import re
import sys

URLS = ("href", "src", "action", "formaction")


def die(where, what):
    sys.exit(f"{where}: {what}")


def lit(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def squeeze(text):
    """Indentation is for the reader of the template, not of the page."""
    return re.sub(r"[ \t]*\n\s*", "\n", text)


class Context:
    """Where in the markup the next value stands: in text, or in which attribute."""

    def __init__(self, where):
        self.text, self.where, self.posting = "", where, False

    def literal(self, s):
        self.text = (self.text + s)[-4000:]

    def forms(self, part):
        """Cut behind the tag of each posting form: (markup, a token follows)."""
        while True:
            m = None if self.posting else re.search(r'<form\b(?=[^>]*method="post")', part)
            self.posting = self.posting or m is not None
            end = part.find(">", m.start() if m else 0) if self.posting else -1
            if end < 0:
                break
            yield part[:end + 1], True
            part, self.posting = part[end + 1:], False
        yield part, False

    def putter(self, line):
        tag = self.text.rfind("<")
        if tag < self.text.rfind(">") or tag < 0:
            return "page_put"
        inside = self.text[tag:]
        m = re.search(r'([\w-]+)="([^"]*)$', inside)
        if not m:
            die(f"{self.where}:{line}", "a value inside a tag must stand in a quoted attribute")
        name, before = m[1].lower(), m[2]
        if name == "style" or name.startswith("on"):
            die(f"{self.where}:{line}", f'the attribute {name} cannot carry a value')
        if name not in URLS:
            return "page_put"
        if before == "":
            return "page_url"
        if re.match(r"(/(?!/)|\?|#|mailto:|tel:)", before):
            return "page_url_part"
        die(f"{self.where}:{line}", f"{name} must start with / ? # mailto: tel: or be a struct url")


def strings(w):
    """'"en" | "de" | "du", args' -> (en, de, du or None, args) or None"""
    one = r'"((?:[^"\\]|\\.)*)"\s*'
    m = re.match(rf'{one}\|\s*{one}(?:\|\s*{one})?(?:,\s*(.*))?$', w, re.S)
    return m and (*[t and t.replace('\\"', '"') for t in m.groups()[:3]], split_args(m[4] or ""))


def split_args(s):
    args, depth, start = [], 0, 0
    for i, ch in enumerate(s):
        depth += ch in "([{"
        depth -= ch in ")]}"
        if ch == "," and depth == 0:
            args.append(s[start:i].strip())
            start = i + 1
    return args + ([s[start:].strip()] if s[start:].strip() else [])


def escape_text(s):
    return s.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def pieces(s, args, put):
    out = []
    for i, part in enumerate(re.split(r"%(\d)", s)):
        if i % 2:
            out.append(f"{put}(p, {args[int(part) - 1]});")
        elif part:
            out.append(f"page_raw(p, S({lit(escape_text(part))}));")
    return out


def bilingual(en, de, du, args, put):
    if not args:
        texts = [f"S({lit(escape_text(t))})" for t in (en, du, de) if t is not None]
        asked = ["p->cx->lang == LANG_EN", "p->du"]
        chosen = " : ".join([f"{a} ? {t}" for a, t in zip(asked, texts[:-1])] + texts[-1:])
        return [f"page_raw(p, {chosen});"]
    informal = ["} else if (p->du) {", *pieces(du, args, put)] if du is not None else []
    return ["if (p->cx->lang == LANG_EN) {", *pieces(en, args, put), *informal, "} else {", *pieces(de, args, put), "}"]


def main(src, header, source):
    name = pathlib.Path(src).name
    h = [f"// Generated from {name}.", "#pragma once", "", '#include "web/page.h"']
    if name != "frame.html":
        h.append('#include "frame.html.h"')
    body, stack, line = [], [], 1
    where = f"{pathlib.Path(src).parent.name}/{name}"
    cx = Context(where)
    for i, part in enumerate(re.split(r"\{\{(.*?)\}\}", pathlib.Path(src).read_text(), flags=re.S)):
        if i % 2 == 0:
            if re.search(r'\s(style|on\w+)=', part):
                die(f"{where}:{line}", "inline style or script: the policy of the page would ignore it")
            for piece, token in cx.forms(part) if stack else []:
                if squeeze(piece) not in ("", "\n"):
                    body.append(f"page_raw(p, S({lit(squeeze(piece))}));")
                if token:
                    body.append("page_form_token(p);")
            cx.literal(part)
        else:
            w = part.strip()
            if m := re.match(r"include (\S+)$", w):
                h.append(f'#include "{m[1]}"')
            elif m := re.match(r"page (\w+)\((.*)\)$", w, re.S):
                args = "" if m[2].strip() in ("", "void") else ", " + " ".join(m[2].split())
                proto = f"void html_{m[1]}(struct page *p{args})"
                h += ["", proto + ";"]
                stack.append("page")
                cx = Context(where)
                body += [proto, "{", f'#line {line} "{where}"']
            elif m := re.match(r"if (.*)$", w, re.S):
                stack.append("if")
                body.append(f"if ({m[1]}) {{")
            elif m := re.match(r"elif (.*)$", w, re.S):
                body.append(f"}} else if ({m[1]}) {{")
            elif w == "else":
                body.append("} else {")
            elif m := re.match(r"each (.+?)\s*\*\s*(\w+) in (.+)$", w, re.S):
                array, count = split_args(m[3])
                stack.append("each")
                n = f"i{len(stack)}_"
                body += [f"for (isize {n} = 0; {n} < {count}; {n}++) {{", f"const {m[1]} *{m[2]} = &({array})[{n}];"]
            elif m := re.match(r"call (\w+)\((.*)\)$", w, re.S):
                body.append(f"html_{m[1]}(p{', ' + m[2] if m[2].strip() else ''});")
            elif w == "end":
                if not stack:
                    die(f"{where}:{line}", "end without a beginning")
                body.append("}\n" if stack.pop() == "page" else "}")
            elif m := strings(w):
                put = cx.putter(line) if m[3] else "page_put"
                body += bilingual(*m, put)
                cx.literal("x")
            else:
                body.append(f"{cx.putter(line)}(p, {w});")
                cx.literal("x")
        line += part.count("\n")
    if stack:
        die(where, f"{stack[-1]} is not ended")
    c = [f"// Generated from {name}.", f'#include "{name}.h"', "", *body, ""]
    pathlib.Path(header).write_text("\n".join(h) + "\n")
    pathlib.Path(source).write_text("\n".join(c))


main(*sys.argv[1:])
