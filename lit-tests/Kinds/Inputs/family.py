"""A random family: records of every kind, and values for each row."""

import random

import kinds
from kinds import (FLOATS, INTEGERS, TEXTS, Address, Bool, Enum, Slot, Struct,
                   Union)

CONVENTIONS = {
    "x86_64": ["preserve_most", "preserve_all", "ms_abi", "sysv_abi", "swift"],
    "aarch64": ["preserve_most", "preserve_all", "swift",
                "aarch64_vector_pcs"],
}
ENVIRONMENT = Slot("Environment", "void *")


class Callback:
    def __init__(self, family, index, rng, scalars):
        self.name = "on_%d" % index
        self.record = "On%d" % index
        self.c = "plumb_%s_on_%d" % (family, index)
        self.params = [rng.choice(scalars + TEXTS)
                       for _ in range(rng.randrange(6))]
        self.result = rng.choice(scalars + [None])
        self.environment = rng.choice([None, rng.randrange(
            len(self.params) + 1)])

    def define(self):
        arguments = ", ".join("%s:$p%d" % (t.record, i)
                              for i, t in enumerate(self.params))
        result = "%s:$result" % self.result.record if self.result else ""
        environment = ("let hasEnvironment = 0;" if self.environment is None
                       else "let environmentPosition = %d;" % self.environment)
        return ('def %s : IntrinsicCallback<F, "%s"> { let summary = "s"; let '
                'arguments = (ins %s); let results = (outs %s); %s }' % (
                    self.record, self.name, arguments, result, environment))


class Param:
    """One parameter in C order. `value` is None for one that is left out."""

    def __init__(self, name, how, of, value=None):
        self.name, self.how, self.of, self.value = name, how, of, value

    def record(self, position):
        if self.how == "out":
            return "Out<%s, %d>:$%s" % (self.of.record, position, self.name)
        wrap = {"direct": "%s", "span": "Span<%s>", "pointer": "ByPointer<%s>",
                "callback": "Callback<%s>",
                "optional callback": "OptionalCallback<%s>",
                "function": "Function<%s>", "kept function": "Function<%s, 1>",
                "optional function": "OptionalFunction<%s>"}[self.how]
        return "%s:$%s" % (wrap % self.of.record, self.name)


class Row:
    def __init__(self, family, index, rng):
        self.name, self.index = "r%d" % index, index
        self.params, self.tail, self.result = [], [], None
        self.convention = "c"
        self.variadic = False
        self.fill(family, rng)

    def fill(self, family, rng):
        self.symbol = "plumb_%s_%s" % (family.name, self.name)
        self.result = rng.choice(family.results)
        self.value = self.result and self.result.random(rng)
        functions = [c for c in family.callbacks if c.environment is not None]
        hasEnvironment = rng.random() < 0.15
        for i in range(rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 12])):
            self.params.append(self.random_param("p%d" % i, family, rng))
        if hasEnvironment:
            self.add(rng, Param("where", "direct", ENVIRONMENT,
                                ENVIRONMENT.random(rng)))
        else:
            functions = [c for c in family.callbacks if c.environment is None]
        if functions and rng.random() < 0.2 or hasEnvironment and functions:
            how = rng.choice(["function", "kept function", "optional function"])
            value = rng.choice([None, 1]) if how[0] == "o" else 1
            self.add(rng, Param("f", how, rng.choice(functions), value))
        pairs = [c for c in family.callbacks if c.environment is not None]
        if pairs and rng.random() < 0.1:
            how = rng.choice(["callback", "optional callback"])
            value = rng.choice([None, 1]) if how[0] == "o" else 1
            self.add(rng, Param("g", how, rng.choice(pairs), value))
        if rng.random() < 0.15:
            self.variadic = True
            if not any(p.how != "out" for p in self.params):
                self.params.append(Param("n", "direct", INTEGERS[3], 7))
            self.tail = [(t, t.random(rng)) for t in
                         rng.choices(family.tails, k=rng.randrange(5))]
        elif rng.random() < 0.25:
            self.convention = rng.choice(family.conventions)
            values = [self.result] + [p.of for p in self.params
                                      if p.how == "direct"]
            if any(isinstance(v, Struct) for v in values):
                if self.convention == "swift":
                    self.convention = "c"

    def add(self, rng, param):
        self.params.insert(rng.randrange(len(self.params) + 1), param)

    def random_param(self, name, family, rng):
        how = rng.choices(["direct", "struct", "span", "pointer", "out"],
                          [10, 5, 1, 1, 2])[0]
        if how == "direct":
            t = rng.choice(family.scalars + TEXTS + [family.nonnull])
        elif how == "span":
            t = rng.choice(TEXTS)
        elif how == "out":
            t = rng.choice(family.scalars + family.structs)
        else:
            t = rng.choice(family.structs)
        how = "direct" if how == "struct" else how
        return Param(name, how, t, t.random(rng))

    def define(self):
        operands, outs = [], []
        for p in self.params:
            if p.how != "out":
                operands.append(p.record(0))
        for position, p in enumerate(self.params):
            if p.how == "out":
                outs.append(p.record(position))
        if self.variadic:
            operands.append("VarArgs:$tail")
        if self.result:
            outs.insert(0, "%s:$result" % self.result.record)
        return ('def R%d : Rnd<"%s"> { let summary = "s"; let arguments = (ins '
                '%s); let results = (outs %s); let callingConvention = "%s"; '
                "let touches = [Writes<State>]; }" % (
                    self.index, self.name, ", ".join(operands),
                    ", ".join(outs), self.convention))


class Family:
    def __init__(self, name, target, seed, rows):
        rng = random.Random("%s %d" % (target, seed))
        self.name, self.conventions = name, CONVENTIONS[target]
        handle = Address("Thing", "!%s.thing" % name, "plumb_%s_thing" % name)
        self.nonnull = Address("NonNull<Thing>", handle.mlir, handle.c, False)
        pointers = [Address("Pointer", "!intr.ptr", "void *"),
                    Address('CPointer<"unsigned char *">', '!intr.ptr<"unsigned char">',
                            "unsigned char *")]
        self.enums = [Enum(name, "e%d" % i, integer, i % 2)
                      for i, integer in enumerate(INTEGERS)]
        numbers = INTEGERS + [Bool()] + FLOATS
        self.scalars = (numbers * 2 + self.enums + [handle] * 3 + pointers +
                        [Slot()])
        # Short ones and uniform ones are where the rules are.
        self.structs = []
        for i in range(40):
            uniform = rng.choice([FLOATS, INTEGERS[:3], pointers + [handle],
                                  self.scalars, self.scalars])
            fields = (rng.choices(uniform, k=rng.randrange(1, 6))
                      if i % 4 else [rng.choice(uniform)] * rng.randrange(1, 6))
            self.structs.append(self.compound(name, i, fields, rng))
        self.results = self.scalars + self.structs * 2 + TEXTS + [None] * 4
        self.results.append(self.nonnull)
        self.tails = [t for t in self.scalars
                      if not isinstance(t, kinds.Enum)]
        self.callbacks = [Callback(name, i, rng, self.scalars)
                          for i in range(12)]
        self.rows = [Row(self, i, rng) for i in range(rows)]

    def compound(self, name, i, fields, rng):
        """Half of them with arrays, structs within, or as a union."""
        if i % 2:
            return Struct(name, "s%d" % i, fields)
        inner = [s for s in self.structs if len(s.fields) < 4]
        for at in range(len(fields)):
            if inner and rng.random() < 0.4:
                fields[at] = rng.choice(inner)
            if rng.random() < 0.4:
                fields[at] = (fields[at], rng.randrange(1, 5))
        return rng.choice([Struct, Union])(name, "s%d" % i, fields[:4])

    def records(self):
        lines = ['include "plumb/Intrinsic/Intrinsic.td"',
                 'def F : IntrinsicFamily { let name = "%s"; let module = "%s";'
                 ' let summary = "s"; }' % (self.name, self.name.capitalize()),
                 "def Rnd_Dialect : IntrinsicDialect<F, 1>;",
                 "class Rnd<string m> : Intrinsic<F, Rnd_Dialect, m>;",
                 'def State : FamilyResource<"%s.state">;' % self.name,
                 'def Thing : IntrinsicHandle<F, Rnd_Dialect, "Thing", "thing"> '
                 '{ let summary = "s"; }']
        for t in ("Str", "Bytes"):
            lines.append(
                'def Same%s : Rnd<"same_%s"> { let summary = "s"; let arguments ='
                " (ins %s:$a, %s:$b); let results = (outs Bool:$r); let touches"
                " = [Writes<State>]; }" % (t, t.lower(), t, t))
        lines.append('def Fail : Rnd<"fail"> { let summary = "s"; let arguments ='
                     " (ins Int:$row, Int:$what); let touches = [Writes<State>]"
                     "; }")
        for part in (self.enums, self.structs, self.callbacks, self.rows):
            lines += [x.define() for x in part]
        return "\n".join(lines) + "\n"
