"""Checks JSON files against a JSON Schema, with what the schema of families uses
of it, and that every name in them names something.

usage: json_schema.py SCHEMA FAMILY.json...
"""
import json
import re
import sys

KEYWORDS = {"$schema", "$defs", "$ref", "title", "description", "type", "const",
            "enum", "pattern", "minimum", "maximum", "properties", "required",
            "additionalProperties", "items", "oneOf"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool,
         "integer": int, "null": type(None)}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and not (
        name == "integer" and isinstance(value, bool))


def check(value, schema, root, path):
    """The faults of the value, as text."""
    unknown = set(schema) - KEYWORDS
    assert not unknown, f"this checker does not know {unknown}"
    if "$ref" in schema:
        yield from check(value, root["$defs"][schema["$ref"].split("/")[-1]],
                         root, path)
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, name) for name in types):
        yield f"{path}: not of type {types}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{path}: is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, int):
        if value < schema.get("minimum", value) or \
                value > schema.get("maximum", value):
            yield f"{path}: {value} is out of range"
    if "oneOf" in schema:
        good = [s for s in schema["oneOf"]
                if not list(check(value, s, root, path))]
        if len(good) != 1:
            yield f"{path}: fits {len(good)} of the alternatives"
    if isinstance(value, dict):
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}: has no '{name}'"
        for name, item in value.items():
            if name in schema.get("properties", {}):
                yield from check(item, schema["properties"][name], root,
                                 f"{path}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}: '{name}' is not in the schema"
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            yield from check(item, schema["items"], root, f"{path}[{i}]")


def check_names(family):
    """That ids and names name something, and one of type and callback is there."""
    types = {t["id"] for t in family["types"]}
    callbacks = {c["name"] for c in family["callbacks"]}
    rows = family["intrinsics"] + family["callbacks"]
    for row in rows:
        for param in row["params"]:
            if ("type" in param) == ("callback" in param):
                yield f"{row['name']}: '{param['name']}' is not one of type and callback"
            if param.get("type", next(iter(types), None)) not in types:
                yield f"{row['name']}: no type {param['type']}"
            if "callback" in param and param["callback"] not in callbacks:
                yield f"{row['name']}: no callback {param['callback']}"
        if row["result"] and row["result"]["type"] not in types:
            yield f"{row['name']}: no type {row['result']['type']}"
    for what in ("enum", "struct"):
        names = {item["name"] for item in family[what + "s"]}
        for type in family["types"]:
            if what in type and type[what] not in names:
                yield f"{type['id']}: no {what} {type[what]}"


def main():
    with open(sys.argv[1]) as file:
        schema = json.load(file)
    faults = []
    for path in sys.argv[2:]:
        with open(path) as file:
            family = json.load(file)
        found = list(check(family, schema, schema, family.get("name", "?")))
        faults += found or list(check_names(family))
        print(f"{path}: {len(family['intrinsics'])} intrinsics")
    for fault in faults:
        print("fault:", fault)
    return bool(faults)


sys.exit(main())
