"""Calls every row of a random family in a runtime that clang has compiled, with
random values, and compares what arrives on either side.

values.py TARGET SEED ROWS FOLDER, with the tools in the environment, quoted as in a
shell; EMULATOR, if set, is what runs programs of the target.
"""

import os
import pathlib
import shlex
import sys

import program
from declarations import make_files, run


def main():
    target, seed, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = pathlib.Path(sys.argv[4])
    made = make_files(target, seed, rows, folder)
    (folder / "runtime.c").write_text(program.runtime(made))
    clang = shlex.split(os.environ["CLANG"]) + ["--target=%s-linux-gnu" % target]
    emulator = shlex.split(os.environ.get("EMULATOR", ""))
    run([*clang, "-O2", "-Wno-everything", "-Werror=return-type",
         "-I", folder, "-I", os.environ["HEADERS"], "-c",
         folder / "runtime.c", "-o", folder / "runtime.o"])
    for level in ("-O0", "-O2"):
        run([os.environ["PLUMBC"], level, "-mtriple=%s-linux-gnu" % target, "-c",
             folder / "rnd.mlir", "-o", folder / "program.o"],
            env=dict(os.environ, PLUMB_LOAD_FAMILY=str(folder / "rnd.json")))
        run([*clang, folder / "program.o", folder / "runtime.o", "-o",
             folder / "both"])
        print("seed %d, %s:" % (seed, level), flush=True)
        run([*emulator, folder / "both"])


if __name__ == "__main__":
    main()
