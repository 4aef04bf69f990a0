"""Builds Inputs/clock.c in many ways; each has to be as the family says.

usage: check_builds.py PLUMB_ABI FAMILY INPUTS SCRATCH CC CXX
"""
import itertools
import pathlib
import shutil
import subprocess
import sys

tool, family, inputs, scratch, cc, cxx = sys.argv[1:]
inputs, scratch = pathlib.Path(inputs), pathlib.Path(scratch)
source = inputs / "clock.c"


def check(path, expected):
    done = subprocess.run([tool, "check", family, path], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    assert expected in done.stdout and "0 mismatches, 0 warnings" in done.stdout, \
        done.stdout


def build(compiler, *arguments, output):
    subprocess.run([compiler, "-w", *arguments, "-I", inputs, "-o", output],
                   check=True)
    return output


count = 0
for level, dwarf, kind in itertools.product(
        ("-O0", "-O2"), ("-gdwarf-4", "-gdwarf-5"), ("o", "so", "a")):
    flags = ["-c"] if kind != "so" else ["-shared", "-fPIC"]
    path = build(cc, level, dwarf, *flags, source, output=scratch / f"clock.{kind}")
    if kind == "a":
        archive = scratch / "libclock.a"
        archive.unlink(missing_ok=True)
        subprocess.run(["llvm-ar", "rcs", archive, path], check=True)
        path = archive
    check(path, "12 checked against DWARF")
    count += 1
for arguments, expected in [
        (["--target=aarch64-linux-gnu", "-ffreestanding", "-nostdlibinc", "-g",
          "-O2", "-c"], "12 checked against DWARF"),
        (["-g", "-emit-llvm", "-c"], "12 checked against debug metadata"),
        (["-g", "-O2", "-emit-llvm", "-S"], "12 checked against debug metadata"),
        (["-emit-llvm", "-S"], "11 checked against LLVM IR, 1 checked by name")]:
    suffix = "ll" if "-S" in arguments else "bc" if "-emit-llvm" in arguments else "o"
    check(build(cc, *arguments, source, output=scratch / f"clock.{suffix}"), expected)
    count += 1
# C++, through extern "C".
check(build(cxx, "-g", "-x", "c++", "-c", source, output=scratch / "cxx.o"),
      "12 checked against DWARF")
# gcc has no preserve_most: that one function is not as its record says.
gcc = shutil.which("gcc")
if gcc:
    path = build(gcc, "-g", "-O2", "-shared", "-fPIC", source,
                 output=scratch / "libgcc.so")
    done = subprocess.run([tool, "check", family, path], text=True,
                          stdout=subprocess.PIPE)
    errors = [l for l in done.stdout.splitlines() if l.startswith("error:")]
    assert len(errors) == 1 and "calling convention is preserve_most" in errors[0], \
        done.stdout
    count += 1
print(f"{count} builds are as the family says")
