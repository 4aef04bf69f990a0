"""Compiles public headers alone.

usage: headers.py PREFIX LLVM CC CXX [HEADER...]

Every header below PREFIX/include, or those given, as in "plumb/Passes/Passes.h":
with nothing but that folder on the include path, and LLVM's and MLIR's (LLVM, a
prefix) for those that include them. C headers are compiled as C and as C++; those
that may include MLIR's are only preprocessed, unless the variable PLUMB_TEST_LONG
is set: that finds every include, in a tenth of the time. Says which do not compile,
and exits with 1.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

prefix, llvm, cc, cxx = sys.argv[1:5]
root = pathlib.Path(prefix) / "include"
headers = sys.argv[5:] or sorted(
    str(path.relative_to(root)) for path in root.rglob("*.h"))


def is_c(header):
    # Folders of plumb/ are of C++, the files in it are not.
    return header.startswith("plumb-c/") or header.count("/") == 1


def why_not(header):
    """What a compiler says of the header; nothing when it compiles."""
    languages = [[cxx, "-xc++", "-std=c++20", "-fno-rtti"]]
    if is_c(header):
        languages.append([cc, "-xc", "-std=c11"])
    said = ""
    for language in languages:
        command = language + ["-Wall", "-Werror", "-I", root]
        if not is_c(header) or "#include \"mlir-c/" in (root / header).read_text():
            command += ["-isystem", f"{llvm}/include"]
        whole = is_c(header) or "PLUMB_TEST_LONG" in os.environ
        command += ["-fsyntax-only"] if whole else ["-E", "-o", os.devnull]
        done = subprocess.run(command + ["-"], input=f'#include "{header}"\n',
                              text=True, capture_output=True)
        if done.returncode:
            said += done.stderr
    return said


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    failed = [(header, said) for header, said
              in zip(headers, pool.map(why_not, headers)) if said]
for header, said in failed:
    lacking = re.search(r"fatal error: '(.*)' file not found", said)
    why = (f"it includes '{lacking[1]}', which is not public" if lacking
           else said.rstrip())
    print(f"{header}: does not compile alone: {why}")
print(f"{len(headers) - len(failed)} of {len(headers)} headers compile alone")
sys.exit(bool(failed))
