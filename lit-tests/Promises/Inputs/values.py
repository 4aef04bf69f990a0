"""Values of a family's types, and how they cross: everything follows from the JSON."""
import collections
import ctypes

SCALARS = {
    "bool": ctypes.c_bool, "int8": ctypes.c_int8, "int16": ctypes.c_int16,
    "int32": ctypes.c_int32, "int64": ctypes.c_int64, "uint8": ctypes.c_uint8,
    "uint16": ctypes.c_uint16, "uint32": ctypes.c_uint32, "uint64": ctypes.c_uint64,
    "float32": ctypes.c_float, "float64": ctypes.c_double, "status": ctypes.c_int64,
    "count": ctypes.c_int64, "slot": ctypes.c_uint64,
    "text": ctypes.c_void_p, "bytes": ctypes.c_void_p, "handle": ctypes.c_void_p,
    "pointer": ctypes.c_void_p, "environment": ctypes.c_void_p,
}
INTEGERS = [0, 1, -1, 2, 5, 1000]
TEXTS = [b"", b"x", b"12", b"/", "h\u00e9llo".encode(), b"y" * 300]

# With which every callback is called, one that an intrinsic is given too.
ENVIRONMENT = ctypes.create_string_buffer(8)

# C arguments of a parameter; what must stay alive; whether its memory is read only.
Passed = collections.namedtuple("Passed", "c alive memory")
# What a call gives: its content; where a result in memory is, and its size; and the
# results that are never null, by name.
Result = collections.namedtuple("Result", "content address size never_null")


def text_block(data):
    block = ctypes.create_string_buffer(8 + len(data) + 1)
    block[0:8] = len(data).to_bytes(8, "little")
    block[8:8 + len(data)] = data
    return block


class Values:
    def __init__(self, families, world):
        self.world = world
        self.types, self.enums, self.structs, self.callbacks = {}, {}, {}, {}
        for family in families:
            for t in family["types"]:
                self.types[t["id"]] = t
            for e in family["enums"]:
                self.enums[e["name"]] = e
            for c in family["callbacks"]:
                self.callbacks[family["name"], c["name"]] = c
        for family in families:
            for s in family["structs"]:
                fields = [(f["name"], self.c_of(self.types[f["type"]])) for f in s["fields"]]
                self.structs[s["name"]] = type(s["c"], (ctypes.Structure,), {"_fields_": fields})
            for row in family["intrinsics"]:
                for p in row["params"]:
                    p["family"] = family["name"]
        self.makers = {}
        self.alive = []  # what a function may keep: for ever

    def c_of(self, t):
        if t["kind"] in ("enum", "flags"):
            return self.c_of(self.types[self.enums[t["enum"]]["type"]])
        if t["kind"] == "struct":
            return self.structs[t["struct"]]
        return SCALARS[t["kind"]]

    @staticmethod
    def is_never_null(t):
        return "nonnull" in t["result_attributes"] or t["kind"] in ("text", "bytes")

    def pool(self, param):
        """What may be given for a parameter; the same for equal types."""
        how = param["passing"]
        if how == "out":
            return [None]
        if how in ("callback", "function"):
            return ["function", None] if param["optional"] else ["function"]
        t = self.types[param["type"]]
        kind = t["kind"]
        if how == "options":
            return [b""]
        if kind in ("text", "bytes"):
            return [self.world.file.encode(), *TEXTS]
        if kind == "handle":
            given = self.world.handles(t["mlir"]) or [0, 4711]
            if "nonnull" in t["argument_attributes"]:
                given = [h for h in given if h]
            maker = self.makers.get(t["mlir"])
            return given + ([("made by", maker)] if maker else [])
        if kind == "pointer":
            return [0]
        if kind == "environment":
            return [ctypes.addressof(ENVIRONMENT)]
        if kind in ("enum", "flags"):
            return [c["value"] for c in self.enums[t["enum"]]["cases"]][:4]
        if kind == "struct":
            return [0, 1]
        if kind == "bool":
            return [False, True]
        if kind.startswith("float"):
            return [0.0, 1.5, -2.0]
        if kind.startswith("uint") or kind == "slot":
            return [i for i in INTEGERS if i >= 0] + [255]
        return [i for i in INTEGERS if kind != "int8" or i < 128]

    def show(self, param, value):
        if isinstance(value, tuple):
            return f"what {value[1].name} gives"
        return "a function" if value == "function" else repr(value)

    def struct(self, t, value):
        made = self.structs[t["struct"]]()
        if value:
            for i, (name, c) in enumerate(made._fields_):
                setattr(made, name, c(i + 1).value)
        return made

    def function(self, library, row):
        """The C function of a row, with its types."""
        made = getattr(library, row.symbol)
        types = []
        for p in row.params:
            how = p["passing"]
            if how == "callback":
                types += [ctypes.c_void_p, ctypes.c_void_p]
            elif how == "span":
                types += [ctypes.c_void_p, ctypes.c_size_t]
            elif how in ("function", "out", "pointer", "options"):
                types.append(ctypes.c_void_p)
            else:
                types.append(self.c_of(self.types[p["type"]]))
        made.argtypes = types
        made.restype = self.c_of(self.types[row.result["type"]]) if row.result else None
        return made

    def callback(self, param, called):
        cb = self.callbacks[param["family"], param["callback"]]
        types = [self.c_of(self.types[p["type"]]) for p in cb["params"]]
        if cb["environment"] >= 0:
            types.insert(cb["environment"], ctypes.c_void_p)
        result = self.types[cb["result"]["type"]] if cb["result"] else None
        empty = text_block(b"")
        self.alive.append(empty)

        def run(*_):
            called(param)
            if not result:
                return None
            return ctypes.addressof(empty) if result["kind"] in ("text", "bytes") else 0
        made = ctypes.CFUNCTYPE(self.c_of(result) if result else None, *types)(run)
        self.alive.append(made)
        return ctypes.cast(made, ctypes.c_void_p)

    def passed(self, row, arguments, called):
        """For each parameter what is passed; and the storage of out-parameters."""
        made, outs = [], []
        for p, value in zip(row.params, arguments):
            how = p["passing"]
            if how in ("callback", "function"):
                function = self.callback(p, called) if value else None
                environment = [ctypes.addressof(ENVIRONMENT)] if how == "callback" else []
                made.append(Passed([function] + environment, function, None))
                continue
            t = self.types[p["type"]]
            if how == "out":
                storage = self.c_of(t)()
                outs.append((p, storage))
                made.append(Passed([ctypes.addressof(storage)], storage, None))
            elif how == "pointer":
                storage = self.struct(t, value)
                made.append(Passed([ctypes.addressof(storage)], storage, storage))
            elif how == "span":
                block = ctypes.create_string_buffer(value, max(1, len(value)))
                made.append(Passed([ctypes.addressof(block), len(value)], block, block))
            elif t["kind"] in ("text", "bytes"):
                block = text_block(value)
                made.append(Passed([ctypes.addressof(block)], block, block))
            elif t["kind"] == "struct":
                made.append(Passed([self.struct(t, value)], None, None))
            else:
                made.append(Passed([value], None, None))
        self.alive.append(made)
        return made, outs

    def bytes_of(self, passed):
        return [bytes(p.memory) for p in passed if p.memory is not None]

    def content(self, t, value):
        """(what it says, where it is, how large that is)"""
        if t["kind"] == "struct":
            return bytes(value), 0, 0
        if t["kind"] in ("text", "bytes"):
            if not value:
                return None, 0, 0
            size = ctypes.c_uint64.from_address(value).value
            return ctypes.string_at(value + 8, size), value, size
        return value, (value or 0) if t["kind"] in ("handle", "pointer") else 0, 1

    def plain(self, row, result, outs):
        content, address, size, never_null = [], 0, 0, []
        if row.result:
            t = self.types[row.result["type"]]
            said, address, size = self.content(t, result)
            content.append(said)
            if self.is_never_null(t):
                never_null.append((row.result["name"] or "its result", bool(result)))
        for p, storage in outs:
            t = self.types[p["type"]]
            value = storage if t["kind"] == "struct" else storage.value
            content.append(self.content(t, value)[0])
        return Result(content, address, size, never_null)
