"""Compares what clang and Plumb declare for the rows of a random family.

declarations.py TARGET SEED ROWS FOLDER, with the tools in the environment. They
must agree on calling conventions, types and attributes. What may differ:
- attributes that only help optimisation and that MLIR cannot say: LESS;
- what Plumb knows of the records and C cannot say: MORE.
"""

import os
import pathlib
import subprocess
import sys

import family
import ir
import program

LESS = {"dead_on_unwind", "dead_on_return", "writable"}
MORE = {"nonnull", "readonly", "captures(none)", "noalias"}
# In C, a function may end without a value as long as nobody uses it.
MORE_OF_RESULTS = MORE | {"noundef"}


def run(command, **kwargs):
    return subprocess.run(command, check=True, text=True, **kwargs)


def make_files(target, seed, rows, folder):
    """The family's files; returns the family."""
    made = family.Family("rnd", target, seed, rows)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plumb").mkdir(exist_ok=True)
    (folder / "rnd.td").write_text(made.records())
    (folder / "rnd.mlir").write_text(
        program.program(made, target + "-linux-gnu"))
    tblgen = os.environ["TBLGEN"].split()
    run(tblgen + ["-gen-json", folder / "rnd.td", "-o", folder / "rnd.json"])
    run(tblgen + ["-gen-c-header", folder / "rnd.td", "-o",
                  folder / "plumb/rnd.h"])
    return made


def prototypes(made):
    """A C file that refers to every row and to a function of each callback."""
    lines = ['#include "plumb/rnd.h"']
    for c in made.callbacks:
        lines.append("extern __typeof__(*(%s)0) %s_function;" % (c.c, c.c))
    names = [r.symbol for r in made.rows]
    names += [c.c + "_function" for c in made.callbacks]
    return "\n".join(lines + ["void *all[] = {(void *)%s};" %
                              ", (void *)".join(names)]) + "\n"


def differences(name, clang, plumb):
    if clang.convention != plumb.convention:
        yield "calling convention", clang.convention, plumb.convention
    if clang.result != plumb.result:
        yield "result", clang.result, plumb.result
    if (clang.result_attrs - plumb.result_attrs or
            plumb.result_attrs - clang.result_attrs - MORE_OF_RESULTS):
        yield ("attributes of the result", clang.result_attrs,
               plumb.result_attrs)
    if [t for t, _ in clang.params] != [t for t, _ in plumb.params]:
        yield ("parameters", [t for t, _ in clang.params],
               [t for t, _ in plumb.params])
        return
    for i, ((_, c), (_, p)) in enumerate(zip(clang.params, plumb.params)):
        if c - p - LESS or p - c - MORE:
            yield "attributes of parameter %d" % i, c, p


def main():
    target, seed, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = pathlib.Path(sys.argv[4])
    made = make_files(target, seed, rows, folder)
    (folder / "prototypes.c").write_text(prototypes(made))
    run([os.environ["CLANG"], "--target=%s-linux-gnu" % target,
         "-ffreestanding", "-Wno-everything", "-O1", "-Xclang",
         "-disable-llvm-passes", "-S", "-emit-llvm", "-I", folder, "-I",
         os.environ["HEADERS"], folder / "prototypes.c", "-o",
         folder / "clang.ll"])
    with open(folder / "plumb.ll", "w") as out:
        run([os.environ["TRANSLATE"], "--plumb-to-llvmir",
             folder / "rnd.mlir"], stdout=out,
            env=dict(os.environ, PLUMB_LOAD_FAMILY=str(folder / "rnd.json")))
    clang = ir.functions((folder / "clang.ll").read_text())
    plumb = ir.functions((folder / "plumb.ll").read_text())
    pairs = [(r.symbol, r.symbol) for r in made.rows]
    for row in made.rows:
        for p in row.params:
            if program.is_callback(p) and p.value is not None:
                where = program.given_environment(row)
                middle = ".env." if where and "function" in p.how else "."
                pairs.append((p.of.c + "_function", "%s%s%s_%s" % (
                    p.of.c, middle, row.name, p.name)))
    bad = 0
    for theirs, ours in pairs:
        for what, c, p in differences(ours, clang[theirs], plumb[ours]):
            bad += 1
            print("%s: %s: clang has %s, Plumb %s" % (ours, what, c, p))
    print("%s: %d functions, %d differences (seed %d)" % (
        target, len(pairs), bad, seed))
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
