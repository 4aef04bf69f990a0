#!/usr/bin/python3
"""Makes a Python module that calls a family's functions through ctypes.

usage: bind.py FAMILY.json > family.py

The JSON is plumb-tblgen's (docs/json-schema.md). What it does not bind, such as
structs and variadic functions, it leaves out, with a comment that says why.
"""
import json
import keyword
import sys

SCALARS = {"i1": "ctypes.c_bool", "i8": "ctypes.c_int8", "i16": "ctypes.c_int16",
           "i32": "ctypes.c_int32", "i64": "ctypes.c_int64",
           "f32": "ctypes.c_float", "f64": "ctypes.c_double"}

PRELUDE = '''"""{summary}

Made by bind.py of {name}.json; call load(path of the runtime library) first.
"""
import ctypes

_keep = []  # callbacks: the runtime holds their addresses


def _to_text(data):
    """The layout of plumb_str and plumb_bytes: a length, then the bytes."""
    data = data.encode() if isinstance(data, str) else bytes(data)
    block = ctypes.create_string_buffer(8 + len(data))
    block[0:8] = len(data).to_bytes(8, "little")
    block[8:8 + len(data)] = data
    return block


def _from_text(address):
    length = ctypes.c_uint64.from_address(address).value
    return ctypes.string_at(address + 8, length)


def _callback(signature, function, kinds, result):
    if function is None:
        return ctypes.cast(None, signature)
    def call(*arguments):
        values = [_from_text(a).decode() if k == "text" else
                  _from_text(a) if k == "bytes" else a
                  for a, k in zip(arguments, kinds) if k != "environment"]
        return function(*values) if result else (function(*values), None)[1]
    thunk = signature(call)
    _keep.append(thunk)
    return thunk
'''


def safe(name):
    return name + "_" if keyword.iskeyword(name) else name


class Family:
    def __init__(self, data):
        self.data = data
        self.types = {t["id"]: t for t in data["types"]}
        self.callbacks = {c["name"]: c for c in data["callbacks"]}

    def ctype(self, type_id):
        """The ctypes type, or None for one that cannot be bound."""
        type = self.types[type_id]
        if type["llvm"] == "ptr":
            return "ctypes.c_void_p"
        return SCALARS.get(type["llvm"])

    def result(self, row):
        return self.ctype(row["result"]["type"]) if row["result"] else "None"

    def why_not(self, row):
        if row["variadic"]:
            return "variadic"
        if row["convention"] != "c":
            return f"calling convention {row['convention']}"
        for param in row["params"]:
            if param["passing"] not in ("direct", "callback"):
                return f"'{param['name']}' is passed as {param['passing']}"
            if "type" in param and not self.ctype(param["type"]):
                return f"'{param['name']}' is a struct"
        return None if self.result(row) else "its result is a struct"

    def signature(self, callback):
        params = [self.ctype(p["type"]) for p in callback["params"]]
        params.insert(callback["environment"], "ctypes.c_void_p")
        return f"ctypes.CFUNCTYPE({', '.join([self.result(callback)] + params)})"

    def kinds(self, callback):
        kinds = [self.types[p["type"]]["kind"] for p in callback["params"]]
        kinds.insert(callback["environment"], "environment")
        return kinds

    def setup(self, row):
        """The lines of load() for one function."""
        types = []
        for param in row["params"]:
            if "type" in param:
                types.append(self.ctype(param["type"]))
            else:
                types += [f"_{param['callback']}", "ctypes.c_void_p"]
        yield f"    f = _runtime.{row['symbol']}"
        yield f"    f.restype = {self.result(row)}"
        yield f"    f.argtypes = [{', '.join(types)}]"

    def function(self, row):
        """The Python function for one intrinsic."""
        names, values = [], []
        for param in row["params"]:
            name = safe(param["name"])
            if "callback" in param:
                names.append(name + (" = None" if param["optional"] else ""))
                callback = self.callbacks[param["callback"]]
                values += [f"_callback(_{callback['name']}, {name}, "
                           f"{self.kinds(callback)!r}, "
                           f"{bool(callback['result'])})", "None"]
                continue
            names.append(name)
            is_text = self.types[param["type"]]["kind"] in ("text", "bytes")
            values.append(f"_to_text({name})" if is_text else name)
        yield f"def {safe(row['name'].split('.')[-1])}({', '.join(names)}):"
        yield f"    {json.dumps(row['summary'])}"
        call = f"_runtime.{row['symbol']}({', '.join(values)})"
        kind = self.types[row["result"]["type"]]["kind"] if row["result"] else ""
        if kind == "text":
            call = f"_from_text({call}).decode()"
        elif kind == "bytes":
            call = f"_from_text({call})"
        yield f"    return {call}"

    def module(self):
        yield PRELUDE.format(**self.data)
        for name, callback in self.callbacks.items():
            if callback["environment"] >= 0:
                yield f"_{name} = {self.signature(callback)}"
        for status in self.data["statuses"]:
            yield f"{status['name'].split('.')[-1].upper()} = {status['code']}"
        bound = [r for r in self.data["intrinsics"] if not self.why_not(r)]
        yield "\n\ndef load(path):"
        yield '    """Once: the runtime stays loaded."""'
        yield "    global _runtime"
        yield "    _runtime = ctypes.CDLL(path)"
        for row in bound:
            yield from self.setup(row)
        for row in self.data["intrinsics"]:
            yield "\n"
            if row in bound:
                yield from self.function(row)
            else:
                yield f"# {row['source_name']}: not bound, {self.why_not(row)}"


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__, file=sys.stdout if len(sys.argv) == 2 else sys.stderr)
        return 0 if len(sys.argv) == 2 else 2
    try:
        with open(sys.argv[1]) as file:
            data = json.load(file)
        if data["schema"] != 5:
            raise ValueError(f"schema {data['schema']}, not 4")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"bind.py: error: '{sys.argv[1]}' is no family: {error}",
              file=sys.stderr)
        return 1
    print("\n".join(Family(data).module()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
