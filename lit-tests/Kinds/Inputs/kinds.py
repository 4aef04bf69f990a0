"""The kinds of records, each with its values in MLIR and in C."""


def mlir_integer(width):
    return "i%d" % width


class Scalar:
    """A type: its name in records, in MLIR and in C."""

    def __init__(self, record, mlir, c):
        self.record, self.mlir, self.c = record, mlir, c

    def declare(self, name):
        return self.c + ("" if self.c.endswith("*") else " ") + name

    def in_c(self, value):
        return str(value)

    def check_c(self, value, what):
        return "%s == %s" % (what, self.in_c(value))


class Integer(Scalar):
    def __init__(self, record, width, c, values=None):
        super().__init__(record, mlir_integer(width), c)
        self.width, self.values = width, values

    def random(self, rng):
        if self.values:
            return rng.choice(self.values)
        edge = 1 << (self.width - 1)
        return rng.choice([-1, -edge, edge - 1, rng.randrange(-edge, edge)])

    def in_c(self, value):
        return "(%s)0x%xULL" % (self.c, value & (1 << 64) - 1)

    def make(self, out, value):
        return out.op("arith.constant %d : %s" % (value, self.mlir))

    def check(self, out, value, got):
        want = self.make(out, value)
        return out.op("arith.cmpi eq, %s, %s : %s" % (got, want, self.mlir))


class Bool(Integer):
    def __init__(self):
        super().__init__("Bool", 1, "bool", [0, 1])

    def make(self, out, value):
        return out.op("arith.constant %s" % ("true" if value else "false"))


class Float(Scalar):
    def __init__(self, record, width, c):
        super().__init__(record, "f%d" % width, c)

    def random(self, rng):
        return rng.randrange(-1 << 20, 1 << 20) / 4

    def in_c(self, value):
        return "(%s)%r" % (self.c, value)

    def make(self, out, value):
        return out.op("arith.constant %r : %s" % (float(value), self.mlir))

    def check(self, out, value, got):
        want = self.make(out, value)
        return out.op("arith.cmpf oeq, %s, %s : %s" % (got, want, self.mlir))


class Enum(Integer):
    """Cases of alternating sign; flags are powers of two."""

    def __init__(self, family, name, integer, flags):
        super().__init__(name.capitalize(), integer.width,
                         "plumb_%s_%s" % (family, name))
        self.name, self.integer, self.flags = name, integer, flags
        self.case = {"c%d" % i: 1 << i if flags else (-i if i % 2 and
                     not integer.record.startswith("U") else i)
                     for i in range(5)}
        self.values = sorted(self.case.values())
        self.id = "%s.%s" % (family, name)

    def define(self):
        cases = ", ".join('Case<"%s", %d>' % c for c in self.case.items())
        return 'def %s : Intrinsic%s<F, "%s", %s, [%s]>;' % (
            self.record, "Flags" if self.flags else "Enum", self.name,
            self.integer.record, cases)

    def make(self, out, value):
        name = next((n for n, v in self.case.items() if v == value), None)
        if name is None:  # what an untouched out-parameter has
            return super().make(out, value)
        return out.op('intr.enum "%s" "%s" : %s' % (self.id, name, self.mlir))


class Address(Scalar):
    """Handles and pointers, which programs make of slots."""

    def __init__(self, record, mlir, c, nullable=True):
        super().__init__(record, mlir, c)
        self.nullable = nullable

    def random(self, rng):
        return rng.choice(([0] if self.nullable else []) +
                          [rng.randrange(1, 1 << 63)])

    def in_c(self, value):
        return "(%s)(uintptr_t)0x%xULL" % (self.c, value)

    def make(self, out, value):
        number = out.op("arith.constant %d : i64" % value)
        slot = out.op("intr.pack %s : i64" % number)
        return out.op("intr.unpack %s : %s" % (slot, self.mlir))

    def check(self, out, value, got):
        slot = out.op("intr.pack %s : %s" % (got, self.mlir))
        number = out.op("intr.unpack %s : i64" % slot)
        want = out.op("arith.constant %d : i64" % value)
        return out.op("arith.cmpi eq, %s, %s : i64" % (number, want))


class Slot(Integer):
    def __init__(self, record="Slot", c="plumb_slot"):
        super().__init__(record, 64, c)
        self.mlir = "!intr.slot"

    def make(self, out, value):
        number = out.op("arith.constant %d : i64" % value)
        return out.op("intr.pack %s : i64" % number)

    def check(self, out, value, got):
        number = out.op("intr.unpack %s : i64" % got)
        want = out.op("arith.constant %d : i64" % value)
        return out.op("arith.cmpi eq, %s, %s : i64" % (number, want))


class Text(Scalar):
    """Checked by the runtime on both ways."""

    def random(self, rng):
        return "".join(rng.choice("abcxyz") for _ in range(rng.randrange(9)))

    def in_c(self, value):
        return '(%s)&(struct { uint64_t len; char data[16]; }){%d, "%s"}' % (
            self.c, len(value), value)

    def check_c(self, value, what):
        return '%s->len == %d && !memcmp(%s->data, "%s", %d)' % (
            what, len(value), what, value, len(value))

    def make(self, out, value):
        return out.op('intr.constant "%s"%s' % (
            value, " : !intr.bytes" if self.record == "Bytes" else ""))

    def check(self, out, value, got):
        want = self.make(out, value)
        return out.op('intr.call "%s.same_%s"(%s, %s) : (%s, %s) -> i1' % (
            out.family, self.record.lower(), got, want, self.mlir, self.mlir))


class Struct(Scalar):
    def __init__(self, family, name, fields):
        super().__init__(name.capitalize(),
                         '!intr.struct<"%s.%s">' % (family, name),
                         "plumb_%s_%s" % (family, name))
        self.name, self.id = name, "%s.%s" % (family, name)
        self.fields = [("f%d" % i, t) for i, t in enumerate(fields)]

    def define(self):
        fields = ", ".join('Field<"%s", %s>' % (n, t.record)
                           for n, t in self.fields)
        return 'def %s : IntrinsicStruct<F, "%s", [%s]>;' % (
            self.record, self.name, fields)

    def random(self, rng):
        return [t.random(rng) for _, t in self.fields]

    def in_c(self, value):
        return "(%s){%s}" % (self.c, ", ".join(
            t.in_c(v) for (_, t), v in zip(self.fields, value)))

    def check_c(self, value, what):
        return " && ".join(t.check_c(v, "(%s).%s" % (what, n))
                           for (n, t), v in zip(self.fields, value))

    def make(self, out, value):
        made = [t.make(out, v) for (_, t), v in zip(self.fields, value)]
        return out.op('intr.make "%s"(%s) : (%s)' % (
            self.id, ", ".join(made),
            ", ".join(t.mlir for _, t in self.fields)))

    def check(self, out, value, got):
        ok = out.op("arith.constant true")
        for (name, t), v in zip(self.fields, value):
            field = out.op('intr.field %s["%s"] : %s -> %s' % (
                got, name, self.mlir, t.mlir))
            one = t.check(out, v, field)
            ok = out.op("arith.andi %s, %s : i1" % (ok, one))
        return ok


INTEGERS = [Integer(("Int%d" % w) if w < 64 else "Int", w, "int%d_t" % w)
            for w in (8, 16, 32, 64)]
INTEGERS += [Integer("UInt%d" % w, w, "uint%d_t" % w) for w in (8, 16, 32, 64)]
FLOATS = [Float("Float32", 32, "float"), Float("Float", 64, "double")]
TEXTS = [Text("Str", "!intr.str", "const plumb_str *"),
         Text("Bytes", "!intr.bytes", "const plumb_bytes *")]
