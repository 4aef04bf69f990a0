"""With PLUMB_TEST_LONG: passes values of the new kind from a program to a runtime.

usage: run_new_kind.py COPY FAMILY BUILD CC
The copy's compiler is built for it; FAMILY has letters.td, letters.h, letters.c and
letters.mlir. The runtime's header is that of BUILD.
"""
import os
import pathlib
import subprocess
import sys

copy, family, build = map(pathlib.Path, sys.argv[1:4])
cc = sys.argv[4:]
if not os.environ.get("PLUMB_TEST_LONG"):
    sys.exit(0)
tools = copy / "build/scratch/bin"


def run(*command, code=0):
    done = subprocess.run(command, cwd=family, capture_output=True, text=True)
    if done.returncode != code:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout[-4000:]}{done.stderr}")
    return done.stdout


run("ninja", "-C", copy / "build/scratch", "plumb-opt", "plumb-run")
run(*cc, "-shared", "-fPIC", "-I", ".", "-I", build / "include", "letters.c",
    "-o", "letters.so")
lowered = run(tools / "plumb-opt", "--load-family=letters.td", "--resolve-builtins",
              "--convert-intrinsics-to-llvm", "letters.mlir")
assert "llvm.func @plumb_letters_next(i32 {llvm.noundef}) -> (i32 {llvm.noundef})" \
    in lowered, lowered
assert "llvm.call @plumb_letters_next" in lowered, lowered
run(tools / "plumb-run", "--load-family=letters.td", "--runtime=./letters.so",
    "letters.mlir", code=98)
