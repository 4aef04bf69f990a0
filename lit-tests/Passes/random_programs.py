"""Random programs print the same before and after random passes of upstream's.

  random_programs.py <opt> <opt's arguments> -- <plumb-run> <folder>

The argument that names a plugin makes mlir-opt know the dialects. A program that
differs is left in the folder, with what it prints on both sides and the command.
"""

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from random_program import make

MODULE = ["cse", "canonicalize", "loop-invariant-code-motion", "control-flow-sink", "inline",
          "sccp", "symbol-dce", "mem2reg", "sroa", "strip-debuginfo",
          "int-range-optimizations", "topological-sort", "duplicate-function-elimination",
          "resolve-builtins", "loop-invariant-subset-hoisting", "scf-for-to-while",
          "scf-for-loop-range-folding", "convert-scf-to-cf", "symbol-privatize{exclude=main}",
          "test-scf-if-utils"]
FUNCTION = ["lift-cf-to-scf", "scf-for-loop-peeling", "scf-for-loop-canonicalization",
            "promote-buffers-to-stack", "buffer-hoisting", "buffer-loop-hoisting"]
# The ones that move, merge and drop come more often.
OFTEN = ["cse", "loop-invariant-code-motion", "control-flow-sink", "inline", "canonicalize",
         "sccp"]
FORMS = [[], ["--emit-bytecode"], ["--mlir-print-op-generic"], ["--mlir-print-debuginfo"],
         ["--mlir-print-local-scope"]]


def pipeline(chosen):
    """The text of a pipeline, and in which form it leaves the program."""
    steps = []
    for _ in range(chosen.randrange(1, 9)):
        step = chosen.choice(OFTEN if chosen.random() < .6 else MODULE + FUNCTION)
        if step == "test-scf-if-utils" and step in steps:
            continue  # it calls all functions that it makes the same
        if step == "lift-cf-to-scf":
            steps.append("erase-unreachable-blocks")  # it takes no others
        steps.append(f"func.func({step})" if step in FUNCTION else step)
    return f"builtin.module({','.join(steps)})", chosen.choice(FORMS)


def execute(command, program):
    done = subprocess.run(command, input=program, capture_output=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


class Trial:
    def __init__(self, opt, run, folder, seed):
        self.opt, self.run, self.folder, self.seed = opt, run, folder, seed

    def check(self):
        """What is wrong; nothing when all is well."""
        program = make(self.seed).encode()
        steps, form = pipeline(random.Random(f"passes {self.seed}"))
        self.keep("mlir", program)
        before = execute([self.run, "-O0", self.path("mlir")], b"")
        command = self.opt + [f"--pass-pipeline={steps}", *form]
        status, passed, messages = execute(command, program)
        if status:
            return self.wrong(command, b"the passes fail:\n" + messages)
        level = f"-O{self.seed % 4}"
        after = execute([self.run, level, "-"], passed)
        if before[0] or before[:2] != after[:2]:
            self.keep("passed.mlir", passed)
            self.keep("before.txt", before[1] + before[2])
            self.keep("after.txt", after[1] + after[2])
            return self.wrong(command + ["|", self.run, level, "-"], b"exits with %d and %d\n%s"
                              % (before[0], after[0], before[2][-2000:] + after[2][-2000:]))
        os.remove(self.path("mlir"))
        return None

    def path(self, ending):
        return os.path.join(self.folder, f"{self.seed}.{ending}")

    def keep(self, ending, content):
        with open(self.path(ending), "wb") as file:
            file.write(content)

    def wrong(self, command, what):
        return f"{self.path('mlir')}: {' '.join(command)}: {what.decode(errors='replace')}"


def main():
    split = sys.argv.index("--")
    opt, (run, folder) = sys.argv[1:split], sys.argv[split + 1:]
    os.makedirs(folder, exist_ok=True)
    first, count = 1, 20
    if "PLUMB_TEST_LONG" in os.environ:
        first, count = int(time.time()), 2000
    if "PLUMB_SEEDS" in os.environ:
        first, count = map(int, os.environ["PLUMB_SEEDS"].split())
    seeds = range(first, first + count)
    with ThreadPoolExecutor(int(os.environ.get("PLUMB_TEST_JOBS", "1"))) as pool:
        wrong = [w for w in pool.map(lambda s: Trial(opt, run, folder, s).check(), seeds) if w]
    print("\n".join(wrong + [f"{len(seeds)} programs, {len(wrong)} differences"]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
