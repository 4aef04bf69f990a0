#!/usr/bin/python3
"""Random well-typed programs print the same however they are compiled.

usage: random_programs.py --snowc SNOWC [--seed N] [--programs N] [--functions N]
Each program is run by `snowc run` at -O0 and -O2 and built at -O0 and -O2; all four
must print the same, end with the same code, and free all that they made. A program
that is refused, or differs, is kept in the current folder and named.
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile

SCALARS = ["Int", "Float", "Bool", "String"]
TYPES = SCALARS + ["List<Int>", "List<String>", "Option<Int>", "(Int, String)",
                   "Shape", "Point", "Map<String, Int>"]
PRELUDE = """\
type Shape do
  Dot
  Disc(Float)
  Box(Int, Shape)
end deriving(Eq, Ord, Display, Hash)

struct Point do
  x :: Int
  name :: String
end deriving(Eq, Ord, Display, Hash)

"""


class Program:
    def __init__(self, numbers):
        self.numbers, self.functions, self.serial = numbers, [], 0

    def fresh(self):
        self.serial += 1
        return f"v{self.serial}"

    def pick(self, *makers):
        return self.numbers.choice(makers)()

    def leaf(self, t, scope):
        known = [name for name, type in scope if type == t]
        if known and self.numbers.random() < 0.7:
            return self.numbers.choice(known)
        n = self.numbers
        return {"Int": lambda: n.choice(["0", "1", "2", "7", "(-3)", str(1 << 40)]),
                "Float": lambda: n.choice(["0.0", "1.5", "(-2.25)", "1000000.0"]),
                "Bool": lambda: n.choice(["true", "false"]),
                "String": lambda: n.choice(['""', '"a"', '"héllo"', '"x,y"']),
                "List<Int>": lambda: n.choice(["[]", "[1]", "[3, 1, 2]"]),
                "List<String>": lambda: n.choice(['["b", "a"]', '["x"]']),
                "Option<Int>": lambda: n.choice(["None", "Some(4)"]),
                "(Int, String)": lambda: '(1, "t")',
                "Shape": lambda: n.choice(["Dot", "Disc(2.5)", "Box(1, Dot)"]),
                "Point": lambda: 'Point { x: 5, name: "p" }',
                "Map<String, Int>": lambda: n.choice(["%{}", '%{"a" => 1}'])}[t]()

    def expression(self, t, scope, depth):
        if depth <= 0:
            return self.leaf(t, scope)
        e = lambda type, more=(): self.expression(type, scope + list(more), depth - 1)
        n = self.numbers
        makers = [lambda: self.leaf(t, scope),
                  lambda: f"(if {e('Bool')} do {e(t)} else {e(t)} end)",
                  lambda: self.match(t, scope, depth)]
        callable = [f for f in self.functions if f[2] == t]
        if callable:
            makers += [lambda: self.call(n.choice(callable), e)] * 2
        makers += {
            "Int": [lambda: f"({e('Int')} {n.choice('+-*')} {e('Int')})",
                    lambda: f"({e('Int')} / {n.choice([2, 3, -7])})",
                    lambda: f"({e('Int')} % {n.choice([2, 3, 10])})",
                    lambda: f"String.length({e('String')})",
                    lambda: f"List.length({e('List<Int>')})",
                    lambda: f"Map.size({e('Map<String, Int>')})",
                    lambda: self.reduce(scope, depth)],
            "Float": [lambda: f"({e('Float')} {n.choice('+-*/')} {e('Float')})",
                      lambda: f"Int.to_float({e('Int')} % 1000)"],
            "Bool": [lambda: f"({e('Int')} {n.choice(['<', '<=', '==', '!='])} {e('Int')})",
                     lambda: f"({self.same(e)})",
                     lambda: f"({e('Bool')} {n.choice(['and', 'or'])} {e('Bool')})",
                     lambda: f"(not {e('Bool')})"],
            "String": [lambda: f"({e('String')} <> {e('String')})",
                       lambda: f'"<${{{e(n.choice(TYPES))}}}>"',
                       lambda: f"String.slice({e('String')}, 0, 9)",
                       lambda: f'String.join({e("List<String>")}, "-")'],
            "List<Int>": [lambda: f"({e('List<Int>')} ++ {e('List<Int>')})",
                          lambda: f"List.take(List.append({e('List<Int>')}, {e('Int')}), 9)",
                          lambda: self.mapped("Int", "Int", scope, depth),
                          lambda: self.mapped("String", "Int", scope, depth),
                          lambda: self.loop(scope, depth)],
            "List<String>": [lambda: self.mapped("Int", "String", scope, depth),
                             lambda: f'String.split({e("String")}, ",")'],
            "Option<Int>": [lambda: f"Some({e('Int')})",
                            lambda: f"List.find({e('List<Int>')}, fn(x) -> x > 1 end)",
                            lambda: f"String.to_int({e('String')})"],
            "(Int, String)": [lambda: f"({e('Int')}, {e('String')})"],
            "Shape": [lambda: f"Disc({e('Float')})", lambda: f"Box({e('Int')}, {e('Shape')})"],
            "Point": [lambda: f"Point {{ x: {e('Int')}, name: {e('String')} }}",
                      lambda: self.updated(scope, depth)],
            "Map<String, Int>": [
                lambda: f"Map.put({e('Map<String, Int>')}, {e('String')}, {e('Int')})",
                lambda: f"Map.delete({e('Map<String, Int>')}, {e('String')})"]}[t]
        return self.pick(*makers)

    def same(self, e):
        t = self.numbers.choice(["String", "List<Int>", "Shape", "Point", "(Int, String)"])
        return f"{e(t)} {self.numbers.choice(['==', '!='])} {e(t)}"

    def call(self, function, e):
        name, parameters, _ = function
        return f"{name}({', '.join(e(t) for t in parameters)})"

    def updated(self, scope, depth):
        return (f"%{{{self.expression('Point', scope, depth - 1)} | "
                f"x: {self.expression('Int', scope, depth - 1)}}}")

    def mapped(self, source, target, scope, depth):
        name = self.fresh()
        body = self.expression(target, scope + [(name, source)], depth - 1)
        return (f"List.map({self.expression(f'List<{source}>', scope, depth - 1)}, "
                f"fn({name}) -> {body} end)")

    def reduce(self, scope, depth):
        acc, name = self.fresh(), self.fresh()
        body = self.expression("Int", scope + [(acc, "Int"), (name, "Int")], depth - 1)
        return (f"List.reduce({self.expression('List<Int>', scope, depth - 1)}, 1, "
                f"fn({acc}, {name}) -> {body} end)")

    def loop(self, scope, depth):
        name = self.fresh()
        inner = scope + [(name, "Int")]
        return (f"(for {name} in 0..4 when {self.expression('Bool', inner, depth - 2)} do "
                f"{self.expression('Int', inner, depth - 1)} end)")

    def match(self, t, scope, depth):
        e = lambda more: self.expression(t, scope + more, depth - 1)
        subject = lambda type: self.expression(type, scope, depth - 1)
        a, b = self.fresh(), self.fresh()
        arms = self.pick(
            lambda: (subject("Option<Int>"), [(f"Some({a})", e([(a, "Int")])), ("None", e([]))]),
            lambda: (subject("List<Int>"), [("[]", e([])), (f"[{a}]", e([(a, "Int")])),
                                            (f"{a} :: {b}", e([(a, "Int"), (b, "List<Int>")]))]),
            lambda: (subject("(Int, String)"), [(f"(0, {b})", e([(b, "String")])),
                                                (f"({a}, {b})", e([(a, "Int"), (b, "String")]))]),
            lambda: (subject("Shape"), [("Dot", e([])), (f"Box({a}, Dot)", e([(a, "Int")])),
                                        (f"Box(_, {b})", e([(b, "Shape")])),
                                        (f"Disc({a})", e([(a, "Float")]))]))
        lines = "".join(f"\n{p} -> {body}" for p, body in arms[1])
        return f"(case {arms[0]} do{lines}\nend)"

    def function(self):
        parameters = [self.numbers.choice(TYPES) for _ in range(self.numbers.randint(0, 3))]
        result = self.numbers.choice(TYPES)
        names = [self.fresh() for _ in parameters]
        scope, lines = list(zip(names, parameters)), []
        for _ in range(self.numbers.randint(0, 3)):
            t, name = self.numbers.choice(TYPES), self.fresh()
            lines.append(f"  let {name} = {self.expression(t, scope, 2)}")
            scope.append((name, t))
        lines.append("  " + self.expression(result, scope, 3))
        name = f"f{len(self.functions)}"
        given = ", ".join(f"{n} :: {t}" for n, t in zip(names, parameters))
        self.functions.append((name, parameters, result))
        body = "\n".join(lines)
        return f"fn {name}({given}) -> {result} do\n{body}\nend\n"

    def text(self, functions):
        parts = [PRELUDE] + [self.function() for _ in range(functions)]
        calls = []
        for function in list(self.functions):
            call = self.call(function, lambda t: self.leaf(t, []))
            calls.append(f'  println("{function[0]} ${{{call}}}")')
        return "\n".join(parts) + "\nfn main() do\n" + "\n".join(calls) + "\nend\n"


def outcome(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, "PLUMB_VALUES_CHECK": "1"}, timeout=600)
    said = b"\n".join(l for l in done.stderr.splitlines() if l.startswith((b"error", b"  in ")))
    return done.returncode, done.stdout, said, done.stderr


def check(snowc, source, scratch):
    """What is wrong with a program, or nothing."""
    outcomes = {}
    for level in ("-O0", "-O2"):
        outcomes[f"run {level}"] = outcome([snowc, "run", level, source])
        built = scratch / "built"
        made = outcome([snowc, "build", level, source, "-o", built])
        if made[0]:
            return "refused: " + made[3].decode(errors="replace")
        outcomes[f"built {level}"] = outcome([built])
    first = outcomes["run -O0"]
    if first[0] not in (0, 1) or b"not freed" in first[2]:
        return f"run -O0 ends with {first[0]}: " + first[3].decode(errors="replace")
    for how, other in outcomes.items():
        if other[:3] != first[:3]:
            return f"{how} differs from run -O0:\n{other[:3]}\n{first[:3]}"
    return ""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snowc", required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the first program")
    parser.add_argument("--programs", type=int, default=10)
    parser.add_argument("--functions", type=int, default=12, help="in a program")
    args = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(args.seed, args.seed + args.programs):
            source = pathlib.Path(folder) / "random.snow"
            source.write_text(Program(random.Random(seed)).text(args.functions))
            if wrong := check(args.snowc, source, pathlib.Path(folder)):
                kept = pathlib.Path(f"random-{seed}.snow").absolute()
                kept.write_text(source.read_text())
                print(f"{kept}: {wrong}")
                failed += 1
    print(f"{args.programs - failed} of {args.programs} programs agree")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
