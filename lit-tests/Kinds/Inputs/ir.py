"""Functions of LLVM IR: types and attributes, comparable between modules."""

import re

CONVENTIONS = {"preserve_mostcc", "preserve_allcc", "swiftcc", "win64cc",
               "x86_64_sysvcc", "aarch64_vector_pcs", "fastcc", "ccc"}


def split(text):
    """At the commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([{<") - (c in ")]}>")
        if c == "," and not depth:
            parts.append(text[start:i])
            start = i + 1
    return [p.strip() for p in parts + [text[start:]] if p.strip()]


def words(text):
    """At the blanks outside of brackets; `align 8` is one word."""
    parts, depth, word = [], 0, ""
    for c in text + " ":
        depth += (c in "([{<") - (c in ")]}>")
        if c == " " and not depth:
            if word and parts and parts[-1] == "align":
                parts[-1] += " " + word
            elif word:
                parts.append(word)
            word = ""
        else:
            word += c
    return parts


def layout(text):
    """Size and alignment of a type."""
    text = text.strip()
    if text.startswith("["):
        count, of = text[1:-1].split(" x ", 1)
        size, align = layout(of)
        return int(count) * size, align
    if text.startswith("{"):
        size, align = 0, 1
        for part in split(text[1:-1]):
            one, to = layout(part)
            size = (size + to - 1) // to * to + one
            align = max(align, to)
        return (size + align - 1) // align * align, align
    size = {"ptr": 8, "float": 4, "double": 8}.get(text) or int(text[1:]) // 8
    return size, size


def expanded(text, structs):
    """With the bodies of named structs, of those within, too."""
    while True:
        more = re.sub(r"%[\w.]+", lambda m: structs.get(m.group(), m.group()),
                      text)
        if more == text:
            return text
        text = more


def in_memory(attribute, structs):
    """`byval` and `sret` say how large the memory is; a union's type does not
    matter."""
    text = expanded(attribute, structs)
    match = re.match(r"(byval|sret)\((.*)\)$", text)
    return "%s(%d, %d)" % (match[1], *layout(match[2])) if match else text


class Function:
    """`declare` or `define` of one function."""

    def __init__(self, line, structs):
        head, rest = re.match(r'(?:declare|define) (.*?)@"?[\w.]+"?(\(.*)',
                              line).groups()
        depth = 0
        for end, c in enumerate(rest):
            depth += (c == "(") - (c == ")")
            if not depth:
                break
        expand = lambda t: expanded(t, structs)
        self.convention, self.result, self.result_attrs = "ccc", None, set()
        for word in words(head):
            if word in CONVENTIONS:
                self.convention = word
            elif re.match(r"(void|ptr|float|double|i\d+|[<{\[%].*)$", word):
                self.result = expand(word)
            elif word not in ("internal", "dso_local", "local_unnamed_addr"):
                self.result_attrs.add(word)
        self.params = []
        for param in split(rest[1:end]):
            parts = [w for w in words(param) if not re.match(r"%\d+$|%\w+$", w)
                     or w in structs]
            self.params.append((expand(parts[0]),
                                {in_memory(w, structs) for w in parts[1:]}))


def functions(text):
    """By name. Named structs become their bodies."""
    structs = dict(re.findall(r"^(%[\w.]+) = type (.*)$", text, re.M))
    found = {}
    for line in text.splitlines():
        match = re.match(r'(?:declare|define) .*?@"?([\w.]+)"?\(', line)
        if match:
            found[match.group(1)] = Function(line, structs)
    return found
