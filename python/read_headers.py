"""What the headers of the C API declare, as clang reads them."""
import dataclasses
import json
import re
import subprocess


@dataclasses.dataclass
class Constant:
    name: str
    value: int
    doc: str


@dataclasses.dataclass
class Enumeration:
    name: str  # "" for one without
    constants: list[Constant]
    doc: str


@dataclasses.dataclass
class Field:
    name: str
    type: str
    doc: str


@dataclasses.dataclass
class Struct:
    name: str
    fields: list[Field] | None  # None: only its name is declared
    doc: str


@dataclasses.dataclass
class Function:
    name: str
    result: str
    parameters: list[Field]


@dataclasses.dataclass
class Headers:
    enumerations: list[Enumeration]
    structs: dict[str, Struct]
    callbacks: dict[str, str]  # a typedef's name and the type of the function
    functions: list[Function]
    macros: dict[str, int]  # numbers, by the name of their macro


OURS = re.compile(r"(Plumb|plumb|PLUMB_)\w+$")


def words(node):
    """The text of a comment; '' for none."""
    if "text" in node:
        return node["text"]
    return "".join(words(child) for child in node.get("inner", ()))


def doc(node):
    comments = [child for child in node.get("inner", ())
                if child["kind"] == "FullComment"]
    return " ".join(" ".join(map(words, comments)).split())


def children(node, kind):
    return [child for child in node.get("inner", ()) if child["kind"] == kind]


def value(constant):
    """What clang has computed, or None where it counts on."""
    found = [json_value(child) for child in constant.get("inner", ())]
    return next((number for number in found if number is not None), None)


def json_value(node):
    if node.get("kind") == "ConstantExpr" and "value" in node:
        return int(node["value"])
    return next((number for number in map(json_value, node.get("inner", ()))
                 if number is not None), None)


def enumeration(node):
    constants, following = [], 0
    for one in children(node, "EnumConstantDecl"):
        number = value(one)
        following = following if number is None else number
        constants.append(Constant(one["name"], following, doc(one)))
        following += 1
    return Enumeration(node.get("name", ""), constants, doc(node))


def struct(node, known):
    fields = None
    if node.get("completeDefinition"):
        fields = [Field(one["name"], one["type"]["qualType"], doc(one))
                  for one in children(node, "FieldDecl")]
    elif known:
        return known
    return Struct(node["name"], fields, doc(node))


def function(node):
    return Function(node["name"], node["type"]["qualType"].split("(")[0].strip(),
                    [Field(one["name"], one["type"]["qualType"], "")
                     for one in children(node, "ParmVarDecl")])


def numbers(clang, header, include):
    """The macros that are numbers."""
    text = subprocess.run([clang, "-std=c99", "-I", include, "-dM", "-E", header],
                          check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^#define (PLUMB_\w+) (\d+)$", text, re.M)
    return {name: int(number) for name, number in found}


def read(clang, header, include):
    text = subprocess.run(
        [clang, "-std=c99", "-I", include, "-fparse-all-comments", "-fsyntax-only",
         "-Xclang", "-ast-dump=json", header],
        check=True, capture_output=True, text=True).stdout
    headers = Headers([], {}, {}, [], numbers(clang, header, include))
    for node in json.loads(text)["inner"]:
        name, kind = node.get("name", ""), node["kind"]
        if kind == "EnumDecl":
            found = enumeration(node)
            if found.constants and OURS.match(found.constants[0].name):
                headers.enumerations.append(found)
        elif not OURS.match(name):
            continue
        elif kind == "RecordDecl":
            # Those that others need come before them.
            headers.structs[name] = struct(node, headers.structs.get(name))
        elif kind == "FunctionDecl":
            headers.functions.append(function(node))
        elif kind == "TypedefDecl" and "(*)" in node["type"]["qualType"]:
            headers.callbacks[name] = node["type"]["qualType"]
    return headers
