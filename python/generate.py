#!/usr/bin/python3
"""Writes the two modules of the package that are the C API's headers in Python.

usage: generate.py CLANG INCLUDE HEADER LIBRARY FOLDER

c.py has the structs, enums and functions for ctypes; records.py the views of a
family's records, with the properties that Descriptor.h documents. So nothing of the
headers is written down again by hand. HEADER, which is in INCLUDE, includes all; LIBRARY is the file
name of the shared library.
"""
import pathlib
import re
import sys
import textwrap

import read_headers

# What C calls them, and ctypes.
SCALARS = {"char": "c_char", "int": "c_int", "unsigned int": "c_uint",
           "unsigned": "c_uint", "double": "c_double", "size_t": "c_size_t",
           "int64_t": "c_int64", "uint8_t": "c_uint8", "uint16_t": "c_uint16",
           "uint32_t": "c_uint32", "uint64_t": "c_uint64"}
HEAD = '"""Made of {} by python/generate.py."""\n'


def fail(message):
    sys.exit(f"generate.py: {message}")


def plain(c_type):
    """Without const, which Python does not know."""
    text = re.sub(r"\b(const|struct|enum)\b", " ", c_type)
    return " ".join(text.replace("*", " * ").split())


class Types:
    """From a type's C spelling to ctypes'."""

    def __init__(self, headers):
        self.headers = headers
        self.enumerations = {one.name for one in headers.enumerations if one.name}

    def ctype(self, c_type):
        if "(*)" in c_type:
            return "ctypes.c_void_p"
        text = plain(c_type)
        if text.endswith("*"):
            return self.pointer(text[:-1].strip(), "const char" in c_type)
        if text in SCALARS:
            return f"ctypes.{SCALARS[text]}"
        if text in self.enumerations:
            return "ctypes.c_uint"
        if text in self.headers.structs or text in self.headers.callbacks:
            return text
        if text == "void":
            return "None"
        fail(f"no type of ctypes for '{c_type}'")

    def pointer(self, to, is_text):
        if to == "void" or (to == "char" and not is_text):
            return "ctypes.c_void_p"
        if to == "char":
            return "ctypes.c_char_p"
        if to == "char *":
            return "ctypes.POINTER(ctypes.c_char_p)"
        return f"ctypes.POINTER({self.ctype(to)})"


def docstring(text, indent="    "):
    """A comment of the headers; '' for none."""
    if not text:
        return ""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    lines = textwrap.wrap(f'"""{text}"""', 88 - len(indent), break_long_words=False)
    return "".join(f"{indent}{line}\n" for line in lines)


def common_prefix(names):
    """Up to the last underscore that all of them share."""
    if len(names) == 1:
        return names[0][:names[0].rindex("_") + 1]
    length = min(i for i in range(min(map(len, names)) + 1)
                 if any(name[:i + 1] != names[0][:i + 1] for name in names))
    return names[0][:names[0][:length].rindex("_") + 1]


def enumeration_name(one):
    """Bits without a name are called by what they begin with: RowFlags."""
    if one.name:
        return one.name
    prefix = common_prefix([constant.name for constant in one.constants])
    words = prefix.removeprefix("PLUMB_").removeprefix("INTR_").split("_")
    return "".join(word.capitalize() for word in words) + "Flags"


def write_enumerations(headers, out):
    for one in headers.enumerations:
        prefix = common_prefix([constant.name for constant in one.constants])
        base = "IntEnum" if one.name else "IntFlag"
        out.append(f"\n\nclass {enumeration_name(one)}(enum.{base}):\n")
        out.append(docstring(one.doc))
        for constant in one.constants:
            name = constant.name[len(prefix):]
            if not name.isidentifier():
                fail(f"'{constant.name}' leaves no name")
            out.append(f"    {name} = {constant.value}\n")
            out.append(docstring(constant.doc))


def write_c(headers, library):
    types = Types(headers)
    out = [HEAD.format("the headers of plumb-c"),
           "from __future__ import annotations\n\nimport ctypes\nimport enum\n\n",
           f'LIBRARY = "{library}"\n']
    out += [f"{name} = {number}\n" for name, number in headers.macros.items()]
    write_enumerations(headers, out)
    for one in headers.structs.values():
        out.append(f"\n\nclass {one.name}(ctypes.Structure):\n")
        out.append(docstring(one.doc) or "    pass\n")
    out.append("\n\n")
    for name, c_type in headers.callbacks.items():
        result, parameters = re.fullmatch(r"(.*?) \(\*\)\((.*)\)", c_type).groups()
        given = [types.ctype(part.strip()) for part in parameters.split(",")]
        out.append(f"{name} = ctypes.CFUNCTYPE({types.ctype(result)}, "
                   f"{', '.join(given)})\n")
    for one in headers.structs.values():
        if one.fields is None:
            continue
        out.append(f"{one.name}._fields_ = [\n")
        out += [f"    (\"{field.name}\", {types.ctype(field.type)}),\n"
                for field in one.fields]
        out.append("]\n")
    out.append("\n\ndef declare(library: ctypes.CDLL) -> None:\n"
               '    """Tells ctypes the types of the library\'s functions."""\n')
    for one in headers.functions:
        given = ", ".join(types.ctype(p.type) for p in one.parameters)
        out.append(f"    library.{one.name}.argtypes = [{given}]\n"
                   f"    library.{one.name}.restype = {types.ctype(one.result)}\n")
    return "".join(out)


class Records:
    """The structs of Descriptor.h as classes with typed properties."""

    PREFIX = "plumb_intr_"

    def __init__(self, headers):
        self.headers = headers
        self.enumerations = {enumeration_name(one): one
                             for one in headers.enumerations}
        # "PLUMB_INTR_ROW_" and the class of these bits.
        self.flags = {common_prefix([c.name for c in one.constants]): name
                      for name, one in self.enumerations.items() if not one.name}

    def class_of(self, c_name):
        return "".join(word.capitalize() for word in
                       c_name.removeprefix(self.PREFIX).split("_"))

    def structs(self):
        reached, todo = {}, ["plumb_intr_family"]
        while todo:
            name = todo.pop()
            if name in reached:
                continue
            reached[name] = one = self.headers.structs[name]
            todo += [plain(field.type).split(" ")[0] for field in one.fields
                     if plain(field.type).split(" ")[0] in self.headers.structs]
        return [one for one in self.headers.structs.values() if one.name in reached]

    def property(self, struct, field, names):
        """The type of a field in Python, and the expression that reads it."""
        read, c_type = f"self._c.{field.name}", plain(field.type)
        stars, to = c_type.count("*"), c_type.split(" ")[0]
        count = f"self._c.num_{field.name}" if f"num_{field.name}" in names else None
        if to == "char":
            if count:
                return "tuple[str, ...]", f"texts({read}, {count})"
            return "str", f"text({read})"
        if stars:
            name = self.class_of(to)
            if count:
                make = "pointed" if stars == 2 else "elements"
                return f"tuple[{name}, ...]", f"self.{make}({name}, {read}, {count})"
            may_be_null = "null" in field.doc or (
                f"`{field.name}`" in struct.doc and "null" in struct.doc)
            if may_be_null:
                return f"{name} | None", f"self.optional({name}, {read})"
            return name, f"self.one({name}, {read})"
        if to == "uint8_t":
            return "bool", f"bool({read})"
        if to in self.enumerations:
            return f"plumb_c.{to}", f"plumb_c.{to}({read})"
        bits = next((name for prefix, name in self.flags.items()
                     if f"{prefix}*" in field.doc), None)
        if bits:
            return f"plumb_c.{bits}", f"plumb_c.{bits}({read})"
        return "int", f"int({read})"

    def write(self):
        out = [HEAD.format("plumb-c/Descriptor.h"),
               "from __future__ import annotations\n\n",
               "from . import c as plumb_c\nfrom .view import View, text, texts\n"]
        for one in self.structs():
            out.append(f"\n\nclass {self.class_of(one.name)}(View[plumb_c.{one.name}]):\n")
            out.append(docstring(one.doc) or docstring(f"A `{one.name}`."))
            names = {field.name for field in one.fields}
            for field in one.fields:
                counts = field.name.removeprefix("num_")
                if field.name == "struct_size" or (counts != field.name and
                                                   counts in names):
                    continue
                annotation, read = self.property(one, field, names)
                out.append(f"\n    @property\n    def {field.name}(self) -> "
                           f"{annotation}:\n")
                out.append(docstring(field.doc, "        "))
                out.append(f"        return {read}\n")
        return "".join(out)


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    clang, include, header, library, folder = sys.argv[1:]
    headers = read_headers.read(clang, header, include)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "c.py").write_text(write_c(headers, library))
    (folder / "records.py").write_text(Records(headers).write())


main()
