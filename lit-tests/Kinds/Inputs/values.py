"""Calls every row of a random family in a runtime that clang has compiled, with
random values, and compares what arrives on either side.

values.py SEED ROWS FOLDER, with the tools in the environment.
"""

import os
import pathlib
import sys

import program
from declarations import make_files, run


def main():
    seed, rows = int(sys.argv[1]), int(sys.argv[2])
    folder = pathlib.Path(sys.argv[3])
    made = make_files("x86_64", seed, rows, folder)
    (folder / "runtime.c").write_text(program.runtime(made))
    clang = os.environ["CLANG"]
    run([clang, "-O2", "-Wno-everything", "-Werror=return-type",
         "-I", folder, "-I", os.environ["HEADERS"], "-c",
         folder / "runtime.c", "-o", folder / "runtime.o"])
    for level in ("-O0", "-O2"):
        run([os.environ["PLUMBC"], level, "-c", folder / "rnd.mlir", "-o",
             folder / "program.o"],
            env=dict(os.environ, PLUMB_LOAD_FAMILY=str(folder / "rnd.json")))
        run([clang, folder / "program.o", folder / "runtime.o", "-o",
             folder / "both"])
        print("seed %d, %s:" % (seed, level), flush=True)
        run([folder / "both"])


if __name__ == "__main__":
    main()
