#!/usr/bin/env python3
"""Goes from Snow source to the body of every row that a Snow program can call.

usage: reach.py --snowc FILE FAMILY.json...

The programs are made of the families' JSON: each row is called by its source name and
by its aliases, with arguments that follow from its scheme, and must then have said
its name under PLUMB_TRACE. So a row that is added is tested without an edit here.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile

# What a program writes for values of these kinds.
LITERALS = {"variable": "1", "int64": "1", "float64": "1.5", "bool": "true",
            "text": '"x"', "unit": "()"}
# What a function may return, and of those what no program can write.
RESULTS = set(LITERALS) | {"status", "count", "object", "function"}
# Objects that Snow has a literal or constructor for.
WRITTEN = {"String": '"x"', "List": "[{}]", "Map": "%{{{} => {}}}", "Range": "0..3",
           "Option": "Some({})", "Result": "Ok({})", "Ordering": "Less"}
# Rows that the checker makes something else of, by position and not by a call.
BY_POSITION = "tuple."

class Rows:
    def __init__(self, paths):
        self.types = {}  # by (family, id)
        self.rows = []
        for path in paths:
            with open(path, encoding="utf-8") as file:
                family = json.load(file)
            for one in family["types"]:
                self.types[family["name"], one["id"]] = one
            self.rows += [dict(row, family=family["name"])
                          for row in family["intrinsics"]]

    def type(self, row, name):
        return self.types[row["family"], name]

    def result(self, row):
        return row["result"] and self.type(row, row["result"]["type"])

    def may_fail(self, row):
        return any(effect["resource"] == "intr.failure" and effect["writes"]
                   for effect in row["effects"])

    def expression(self, row, kind, bound=None, using=()):
        """A value of the type, whose variables are of the types of the values in
        `bound`, or Int; None where a program has none."""
        if kind["kind"] == "variable" and bound and kind["name"] in bound:
            return bound[kind["name"]]
        if kind["kind"] in LITERALS:
            return LITERALS[kind["kind"]]
        parts = [self.expression(row, self.type(row, one), bound, using)
                 for one in kind.get("arguments", ())]
        if None in parts:
            return None
        if kind["kind"] == "function":
            names = ", ".join(f"a{i}" for i in range(len(parts) - 1))
            return f"fn({names}) -> {parts[-1]} end"
        if kind["kind"] != "object":
            return None
        if kind["name"] == "Tuple":
            return f"({', '.join(parts)})"
        if kind["name"] in WRITTEN:
            return WRITTEN[kind["name"]].format(*parts)
        return self.made(kind["name"], parts, using)

    def made(self, name, parts, using):
        """By a row that gives such an object of anything."""
        for row in self.rows:
            result = self.result(row)
            if (row["name"] in using or not result or self.may_fail(row)
                    or result["kind"] != "object" or result["name"] != name):
                continue
            variables = [self.type(row, one) for one in result["arguments"]]
            if any(one["kind"] != "variable" for one in variables):
                continue
            bound = dict(zip((one["name"] for one in variables), parts))
            call = self.call(row, bound=bound, using=(*using, row["name"]))
            if call:
                return call
        return None

    def call(self, row, name=None, bound=None, using=()):
        """The call, or None where a program cannot make one."""
        result = self.result(row)
        if result and result["kind"] not in RESULTS:
            return None
        values = []
        for param in row["params"]:
            value = None
            if param["passing"] == "direct":
                value = self.expression(row, self.type(row, param["type"]), bound,
                                        using)
            if value is None:
                return None
            values.append(value)
        return f"{name or row['source_name']}({', '.join(values)})"


def statement(rows, row, name):
    """Needs the result: a call whose result nobody needs may be dropped."""
    call = rows.call(row, name=name)
    result = rows.result(row)
    if not result:
        return f"  {call}\n"
    if result["kind"] == "function":
        call += f"({', '.join('1' for _ in result['arguments'][1:])})"
    if result.get("name") == "Iter":
        return f'  for each in {call} do\n    println("${{each}}")\n  end\n'
    return f'  println("${{{call}}}")\n'


def run(snowc, folder, name, body):
    """What the program has written."""
    path = os.path.join(folder, name + ".snow")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"fn main() do\n{body}end\n")
    done = subprocess.run([snowc, "run", path], stdin=subprocess.DEVNULL, text=True,
                          capture_output=True, cwd=folder,
                          env={**os.environ, "PLUMB_TRACE": "1"})
    return done.returncode, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--snowc", required=True)
    parser.add_argument("families", nargs="+")
    args = parser.parse_args()
    snowc = os.path.abspath(args.snowc)
    rows = Rows(args.families)
    # Those that take or give what Snow has not yet are not of its library.
    callable_rows = [
        row for row in rows.rows
        if rows.call(row)
        and not any(word.startswith(BY_POSITION) for word in row["operators"])]
    failed = reached = 0

    def check(row, name, status, said):
        nonlocal failed, reached
        trace = f"plumb-trace: {row['source_name']} -> "
        # One that may fail has been reached when it does.
        if trace in said or (rows.may_fail(row) and status == 1 and "error: " in said):
            reached += 1
            return
        failed += 1
        print(f"{row['location']}: '{name}' is not reached: exit code {status}\n"
              f"{statement(rows, row, name)}{said}")

    with tempfile.TemporaryDirectory() as folder:
        for family, group in itertools.groupby(callable_rows,
                                               lambda row: row["family"]):
            calls = [(row, name) for row in group
                     for name in (row["source_name"], *row["aliases"])]
            whole = [one for one in calls if not rows.may_fail(one[0])]
            status, said = run(snowc, folder, family, "".join(
                statement(rows, row, name) for row, name in whole))
            missing = [one for one in whole
                       if f"plumb-trace: {one[0]['source_name']} -> " not in said]
            reached += 0 if status else len(whole) - len(missing)
            # Alone, so that each has its own message.
            alone = (whole if status else missing) + [
                one for one in calls if rows.may_fail(one[0])]
            for index, (row, name) in enumerate(alone):
                check(row, name, *run(snowc, folder, f"{family}{index}",
                                      statement(rows, row, name)))
    print(f"{reached} names of {len(callable_rows)} rows are reached from Snow")
    return 1 if failed or not reached else 0


if __name__ == "__main__":
    sys.exit(main())
