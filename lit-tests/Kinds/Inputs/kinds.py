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
    """A field is a type, or an array: a type and a number of elements."""

    keyword = "Struct"

    def __init__(self, family, name, fields):
        super().__init__(name.capitalize(),
                         '!intr.struct<"%s.%s">' % (family, name),
                         "plumb_%s_%s" % (family, name))
        self.name, self.id = name, "%s.%s" % (family, name)
        self.fields = [("f%d" % i, *(t if isinstance(t, tuple) else (t, None)))
                       for i, t in enumerate(fields)]

    def define(self):
        fields = ", ".join(
            'Field<"%s", %s>' % (n, t.record) if count is None else
            'ArrayField<"%s", %s, %d>' % (n, t.record, count)
            for n, t, count in self.fields)
        return 'def %s : Intrinsic%s<F, "%s", [%s]>;' % (
            self.record, self.keyword, self.name, fields)

    def parts(self, value):
        """Each scalar or struct with its path and its value."""
        for (name, t, count), v in zip(self.fields, value):
            if count is None:
                yield name, t, v
            else:
                for i in range(count):
                    yield "%s[%d]" % (name, i), t, v[i]

    @staticmethod
    def random_field(rng, t, count):
        return (t.random(rng) if count is None
                else [t.random(rng) for _ in range(count)])

    def random(self, rng):
        return [self.random_field(rng, t, count) for _, t, count in self.fields]

    def zero(self):
        return [zero(t) if count is None else [zero(t)] * count
                for _, t, count in self.fields]

    @staticmethod
    def field_in_c(t, count, value):
        return (t.in_c(value) if count is None
                else "{%s}" % ", ".join(t.in_c(v) for v in value))

    def in_c(self, value):
        return "(%s){%s}" % (self.c, ", ".join(
            self.field_in_c(t, count, v)
            for (_, t, count), v in zip(self.fields, value)))

    def check_c(self, value, what):
        return " && ".join(t.check_c(v, "(%s).%s" % (what, n))
                           for n, t, v in self.parts(value))

    def make(self, out, value):
        parts = list(self.parts(value))
        made = [t.make(out, v) for _, t, v in parts]
        return out.op('intr.make "%s"(%s)%s : (%s)' % (
            self.id, ", ".join(made), self.member(value),
            ", ".join(t.mlir for _, t, _ in parts)))

    def member(self, value):
        return ""

    def check(self, out, value, got, whole=None, path=""):
        """Every second one is reached from the outermost struct."""
        whole = whole or self.mlir
        ok = out.op("arith.constant true")
        for i, (name, t, v) in enumerate(self.parts(value)):
            to = path + name
            if isinstance(t, Struct) and i % 2:
                one = t.check(out, v, got, whole, to + ".")
            else:
                field = out.op('intr.field %s["%s"] : %s -> %s' % (
                    got, to, whole, t.mlir))
                one = t.check(out, v, field)
            ok = out.op("arith.andi %s, %s : i1" % (ok, one))
        return ok


class Union(Struct):
    """A value is a field's number and value."""

    keyword = "Union"

    def parts(self, value):
        number, of = value
        name, t, count = self.fields[number]
        if count is None:
            yield name, t, of
        else:
            for i in range(count):
                yield "%s[%d]" % (name, i), t, of[i]

    def random(self, rng):
        number = rng.randrange(len(self.fields))
        _, t, count = self.fields[number]
        return number, self.random_field(rng, t, count)

    def zero(self):
        _, t, count = self.fields[0]
        return 0, zero(t) if count is None else [zero(t)] * count

    def in_c(self, value):
        number, of = value
        name, t, count = self.fields[number]
        return "(%s){.%s = %s}" % (self.c, name, self.field_in_c(t, count, of))

    def member(self, value):
        return ' {member = "%s"}' % self.fields[value[0]][0]


def zero(t):
    return t.zero() if isinstance(t, Struct) else 0


INTEGERS = [Integer(("Int%d" % w) if w < 64 else "Int", w, "int%d_t" % w)
            for w in (8, 16, 32, 64)]
INTEGERS += [Integer("UInt%d" % w, w, "uint%d_t" % w) for w in (8, 16, 32, 64)]
FLOATS = [Float("Float32", 32, "float"), Float("Float", 64, "double")]
TEXTS = [Text("Str", "!intr.str", "const plumb_str *"),
         Text("Bytes", "!intr.bytes", "const plumb_bytes *")]
