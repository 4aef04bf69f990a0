"""A random program for `plumb-run`: `make(seed)` gives its MLIR text.

It prints what it computes and ends. Its texts are made, kept over calls that run a
loop, over callbacks, branches and loops, and read later; numbers likewise. Nothing
in it depends on time: at most one timer waits at any moment.
"""

import random

I64, STR, BOOL = "i64", "!intr.str", "i1"
LONGEST = 60  # bytes of a text that goes on through a loop or a call

SIGNATURES = {
    "str.concat": ([STR, STR], STR),
    "str.slice": ([STR, I64, I64], STR),
    "str.split": ([STR, STR, I64], STR),
    "str.from_int": ([I64], STR),
    "str.to_int": ([STR, I64], I64),
    "str.length": ([STR], I64),
    "str.equal": ([STR, STR], BOOL),
    "str.contains": ([STR, STR], BOOL),
    "str.starts_with": ([STR, STR], BOOL),
    "io.print": ([STR], "!intr.status"),
}


class Scope:
    """The values that a place may use: by type, a text with the most bytes it has."""

    def __init__(self, outer=None):
        self.values = {t: list(v) for t, v in outer.values.items()} if outer else {
            I64: [], STR: [], BOOL: []}

    def add(self, type, name, size=0):
        self.values[type].append((name, size))
        return name


class Function:
    """One function's body."""

    def __init__(self, program, callees, may_run):
        self.program, self.random = program, program.random
        self.callees, self.may_run = callees, may_run
        self.lines, self.depth, self.next = [], 1, 0

    def emit(self, line):
        # Equal lines have equal locations now and then, as macros make them.
        row = self.random.randrange(1, 40)
        self.lines.append("  " * self.depth + line +
                          ("" if line.endswith(("{", ":")) else
                           f' loc("program.toy":{row}:3)'))

    def raw(self, line):
        self.lines.append("  " * self.depth + line)

    def name(self):
        self.next += 1
        return f"%v{self.next}"

    # Values

    def constant(self, type):
        name = self.name()
        if type == STR:
            text = "".join(self.random.choice("abc ,") for _ in range(self.random.randrange(9)))
            self.emit(f'{name} = intr.constant "{text}"')
            return name, len(text)
        number = self.random.choice([0, 1, 2, 3, 7, -1, 10, 100, 12345])
        if type == BOOL:
            number = self.random.choice(["true", "false"])
        self.emit(f"{name} = arith.constant {number}" + (f" : {type}" if type != BOOL else ""))
        return name, 0

    def get(self, scope, type):
        """A value of the scope, mostly; a text with its length."""
        if scope.values[type] and self.random.random() < .85:
            return self.random.choice(scope.values[type])
        return self.constant(type)

    def row(self, row, arguments):
        """A call of a row, in one of the three ways; the result's name."""
        params, result = SIGNATURES[row]
        name, types = self.name(), ", ".join(params)
        arguments = ", ".join(arguments)
        way = self.random.randrange(3)
        if way == 0:
            self.emit(f"{name} = {row} {arguments}")
        elif way == 1:
            self.emit(f'{name} = intr.call "{row}"({arguments}) : ({types}) -> {result}')
        else:
            source = row[0].upper() + row[1:]
            self.program.declared.add(row)
            self.emit(f'{name} = func.call @"{source}"({arguments}) : ({types}) -> {result}')
        return name

    def short(self, scope):
        """A text of at most LONGEST bytes."""
        name, size = self.get(scope, STR)
        if size > LONGEST:
            begin, end = self.number(0), self.number(LONGEST)
            name = self.row("str.slice", [name, begin, end])
        return name

    def number(self, value):
        name = self.name()
        self.emit(f"{name} = arith.constant {value} : i64")
        return name

    # Statements

    def text(self, scope):
        kind = self.random.randrange(5)
        if kind == 0:
            name, size = self.constant(STR)
        elif kind == 1:
            name, size = self.row("str.from_int", [self.get(scope, I64)[0]]), 20
        elif kind == 2:
            (a, m), (b, n) = self.get(scope, STR), self.get(scope, STR)
            if m + n > 400:
                return
            name, size = self.row("str.concat", [a, b]), m + n
        elif kind == 3:
            a, size = self.get(scope, STR)
            name = self.row("str.slice", [a, self.get(scope, I64)[0], self.get(scope, I64)[0]])
        else:
            a, size = self.get(scope, STR)
            name = self.row("str.split", [a, self.get(scope, STR)[0], self.get(scope, I64)[0]])
        scope.add(STR, name, size)

    def of_text(self, scope):
        row = self.random.choice(["str.to_int", "str.length", "str.equal", "str.contains",
                                  "str.starts_with"])
        params, result = SIGNATURES[row]
        scope.add(result, self.row(row, [self.get(scope, p)[0] for p in params]))

    def arithmetic(self, scope):
        a, b, name = self.get(scope, I64)[0], self.get(scope, I64)[0], self.name()
        kind = self.random.randrange(5)
        if kind < 2:
            op = self.random.choice(["addi", "subi", "muli", "andi", "ori", "xori", "maxsi"])
            self.emit(f"{name} = arith.{op} {a}, {b} : i64")
            scope.add(I64, name)
        elif kind == 2:
            op = self.random.choice(["eq", "ne", "slt", "ult", "sge"])
            self.emit(f"{name} = arith.cmpi {op}, {a}, {b} : i64")
            scope.add(BOOL, name)
        elif kind == 3:
            divisor = self.number(self.random.choice([1, 2, 3, 7, 10]))
            op = self.random.choice(["divsi", "remsi", "divui"])
            self.emit(f"{name} = arith.{op} {a}, {divisor} : i64")
            scope.add(I64, name)
        else:
            condition = self.get(scope, BOOL)[0]
            self.emit(f"{name} = arith.select {condition}, {a}, {b} : i64")
            scope.add(I64, name)

    def slot(self, scope):
        """Through an opaque slot and back."""
        type = self.random.choice([I64, BOOL])
        value, slot, name = self.get(scope, type)[0], self.name(), self.name()
        self.emit(f"{slot} = intr.pack {value} : {type}")
        self.emit(f"{name} = intr.unpack {slot} : {type}")
        scope.add(type, name)

    def show(self, scope):
        status = self.row("io.print", [self.get(scope, STR)[0]])
        if self.random.random() < .3:
            name = self.name()
            op, type = self.random.choice([("ok", BOOL), ("code", I64)])
            self.emit(f"{name} = intr.{op} {status}")
            scope.add(type, name)

    def memory(self, scope):
        place, name = self.name(), self.name()
        at = self.random.choice(self.program.globals)
        self.emit(f"{place} = memref.get_global @{at} : memref<i64>")
        if self.random.random() < .5:
            self.emit(f"memref.store {self.get(scope, I64)[0]}, {place}[] : memref<i64>")
        self.emit(f"{name} = memref.load {place}[] : memref<i64>")
        scope.add(I64, name)

    def local(self, scope):
        """A variable that mem2reg may take apart."""
        place, name = self.name(), self.name()
        self.emit(f"{place} = memref.alloca() : memref<i64>")
        self.emit(f"memref.store {self.get(scope, I64)[0]}, {place}[] : memref<i64>")
        if self.random.random() < .5:
            self.block(Scope(scope), 2)
        self.emit(f"{name} = memref.load {place}[] : memref<i64>")
        scope.add(I64, name)

    def run(self, scope):
        """A timer and the loop that frees what its callback has made."""
        if not self.may_run or not self.program.callbacks:
            return
        delay, data = self.number(0), self.get(scope, I64)[0]
        timer, status = self.name(), self.name()
        callback = self.random.choice(self.program.callbacks)
        self.emit(f"{timer} = time.after {delay}, {data} {{on_timer = @{callback}}}")
        self.emit(f"{status} = time.run")

    def call(self, scope):
        if not self.callees:
            return
        callee, params, result = self.random.choice(self.callees)
        arguments, name = self.carried_of(scope, params), self.name()
        self.emit(f"{name} = func.call @{callee}({', '.join(arguments)}) : "
                  f"({', '.join(params)}) -> {result}")
        scope.add(result, name, LONGEST)

    # Regions

    def carried(self, scope, count=None):
        types = [self.random.choice([I64, STR, BOOL])
                 for _ in range(count or self.random.randrange(1, 3))]
        return types, self.carried_of(scope, types)

    def carried_of(self, scope, types):
        return [self.short(scope) if t == STR else self.get(scope, t)[0] for t in types]

    def region(self, scope, arguments, types, budget, end):
        """A block's content; what it gives to its end, which has the types."""
        inner = Scope(scope)
        for name, type in arguments:
            inner.add(type, name, LONGEST)
        self.depth += 1
        self.block(inner, budget)
        self.emit(end(self.carried_of(inner, types)))
        self.depth -= 1

    def results(self, scope, name, types):
        for i, type in enumerate(types):
            scope.add(type, f"{name}#{i}" if len(types) > 1 else name, LONGEST)

    def branch(self, scope, budget):
        condition, name = self.get(scope, BOOL)[0], self.name()
        types, _ = self.carried(scope)
        end = lambda v: f"scf.yield {', '.join(v)} : {', '.join(types)}"
        many = f":{len(types)}" if len(types) > 1 else ""
        self.raw(f"{name}{many} = scf.if {condition} -> ({', '.join(types)}) {{")
        self.region(scope, [], types, budget, end)
        self.raw("} else {")
        self.region(scope, [], types, budget, end)
        self.emit("}")
        self.results(scope, name, types)

    def loop(self, scope, budget):
        types, values = self.carried(scope)
        name, counter = self.name(), self.name()
        bounds = []
        for value in (0, self.random.choice([0, 1, 2, 3]), 1):
            bounds.append(self.name())
            self.emit(f"{bounds[-1]} = arith.constant {value} : index")
        arguments = [(self.name(), t) for t in types]
        many = f":{len(types)}" if len(types) > 1 else ""
        carried = ", ".join(f"{a} = {v}" for (a, _), v in zip(arguments, values))
        self.raw(f"{name}{many} = scf.for {counter} = {bounds[0]} to {bounds[1]} step "
                 f"{bounds[2]} iter_args({carried}) -> ({', '.join(types)}) {{")
        number = self.name()
        self.raw(f"  {number} = arith.index_cast {counter} : index to i64")
        self.region(scope, arguments + [(number, I64)], types, budget,
                    lambda v: f"scf.yield {', '.join(v)} : {', '.join(types)}")
        self.emit("}")
        self.results(scope, name, types)

    def while_loop(self, scope, budget):
        """Counts up to a bound that is known, or not entered at all."""
        types, values = self.carried(scope)
        name, zero, bound = self.name(), self.number(0), self.number(self.random.randrange(4))
        before = [(self.name(), t) for t in [I64] + types]
        after = [(self.name(), t) for t in [I64] + types]
        list_of = ", ".join([I64] + types)
        carried = ", ".join(f"{a} = {v}" for (a, _), v in zip(before, [zero] + values))
        self.raw(f"{name}:{len(before)} = scf.while ({carried}) : ({list_of}) -> ({list_of}) {{")
        self.depth += 1
        more = self.name()
        self.emit(f"{more} = arith.cmpi slt, {before[0][0]}, {bound} : i64")
        self.emit(f"scf.condition({more}) {', '.join(n for n, _ in before)} : {list_of}")
        self.depth -= 1
        self.raw("} do {")
        self.raw("^bb0(" + ", ".join(f"{n}: {t}" for n, t in after) + "):")
        one, next = self.name(), self.name()
        self.raw(f"  {one} = arith.constant 1 : i64")
        self.raw(f"  {next} = arith.addi {after[0][0]}, {one} : i64")
        self.region(scope, after, types, budget,
                    lambda v: f"scf.yield {', '.join([next] + v)} : {list_of}")
        self.emit("}")
        self.results(scope, name, [I64] + types)

    def block(self, scope, budget):
        simple = [self.text, self.text, self.of_text, self.arithmetic, self.slot, self.show,
                  self.memory, self.call, self.run]
        for _ in range(self.random.randrange(1, 6)):
            if budget > 0 and self.random.random() < .25:
                self.random.choice([self.branch, self.loop, self.while_loop])(
                    scope, budget - 1)
            elif budget > 0 and self.random.random() < .1:
                self.local(scope)
            else:
                self.random.choice(simple)(scope)


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.declared, self.callbacks = set(), []
        self.globals = ["first", "second"]
        self.functions = []

    def function(self, name, params, result, callees, may_run, visibility="", timer=None):
        body = Function(self, callees, may_run)
        scope = Scope()
        arguments = [(f"%a{i}", t) for i, t in enumerate(params)]
        for argument, type in arguments:
            scope.add(type, argument, LONGEST)
        budget = 2
        if self.random.random() < .4:
            self.graph(body, scope, budget)
        else:
            body.block(scope, budget)
            body.block(scope, budget)
        if timer:
            zero, handle = body.number(0), body.name()
            body.emit(f"{handle} = time.after {zero}, %a0 {{on_timer = @{timer}}}")
        body.emit("return" + (f" {body.short(scope) if result == STR else body.get(scope, result)[0]}"
                              f" : {result}" if result else ""))
        head = ", ".join(f"{n}: {t}" for n, t in arguments)
        self.functions.append("\n".join(
            [f"func.func {visibility}@{name}({head})" + (f" -> {result}" if result else "") + " {"]
            + body.lines + ['} loc("program.toy":1:1)']))

    def graph(self, body, scope, budget):
        """Blocks and branches, one of which nothing reaches."""
        body.block(scope, budget)
        types, values = body.carried(scope, 2)
        condition, list_of = body.get(scope, BOOL)[0], ", ".join(types)
        arguments = [(body.name(), t) for t in types]
        other = body.carried_of(scope, types)
        body.emit(f"cf.cond_br {condition}, ^left({', '.join(values)} : {list_of}), "
                  f"^join({', '.join(other)} : {list_of})")
        left = [(body.name(), t) for t in types]
        body.raw("^left(" + ", ".join(f"{n}: {t}" for n, t in left) + "):")
        inner = Scope(scope)
        for name, type in left:
            inner.add(type, name, LONGEST)
        body.block(inner, budget - 1)
        body.emit(f"cf.br ^join({', '.join(body.carried_of(inner, types))} : {list_of})")
        if self.random.random() < .3:
            dead = [(body.name(), t) for t in types]
            body.raw("^dead(" + ", ".join(f"{n}: {t}" for n, t in dead) + "):")
            unreached = Scope(scope)
            for name, type in dead:
                unreached.add(type, name, LONGEST)
            body.block(unreached, 0)
            body.emit(f"cf.br ^{self.random.choice(['dead', 'join'])}"
                      f"({', '.join(body.carried_of(unreached, types))} : {list_of})")
        body.raw("^join(" + ", ".join(f"{n}: {t}" for n, t in arguments) + "):")
        for name, type in arguments:
            scope.add(type, name, LONGEST)
        body.block(scope, budget - 1)

    def make(self):
        types = [I64, STR, BOOL]
        callees = []
        for i in range(3):  # run no loop: callbacks call them, too
            params = self.random.choices(types, k=self.random.randrange(3))
            result = self.random.choice(types)
            private = self.random.choice(["private ", "private ", ""])
            self.function(f"helper{i}", params, result, list(callees), False, private)
            callees.append((f"helper{i}", params, result))
        last = None
        for i in range(2):
            self.function(f"fired{i}", [I64], None, callees, False, timer=last)
            last = f"fired{i}"
            self.callbacks.append(last)
        running = list(callees)
        for i in range(2):
            params = self.random.choices(types, k=self.random.randrange(3))
            result = self.random.choice(types)
            self.function(f"part{i}", params, result, list(running), True, "private ")
            running.append((f"part{i}", params, result))
        self.function("main", [], None, running, True)
        lines = [f"memref.global \"private\" @{g} : memref<i64> = dense<{i}>"
                 for i, g in enumerate(self.globals)]
        for row in sorted(self.declared):
            params, result = SIGNATURES[row]
            lines.append(f'func.func private @"{row[0].upper() + row[1:]}"'
                         f"({', '.join(params)}) -> {result}")
        return "\n".join(lines + self.functions) + "\n"


def make(seed):
    return Program(seed).make()
