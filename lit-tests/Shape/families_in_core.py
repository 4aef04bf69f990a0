"""No file of the core, and no file of the build, names a family: what a family
has of its own is said where it is added (dialects/CMakeLists.txt), and stands in
its records and its part of the runtime.

usage: families_in_core.py SOURCES
"""

import pathlib
import re
import subprocess
import sys

source = pathlib.Path(sys.argv[1])

# Each family's name and stem, as the build was told; `intr` is the core's own.
calls = (source / "dialects/CMakeLists.txt").read_text()
added = re.findall(r"add_intrinsic_family\((\w+) STEM (\w+)", calls)
assert len(added) >= 5, added
stems = {stem for _, stem in added}
# What stands with their bodies: "Environment.cpp OptionValue.cpp".
bodies = {body.removesuffix(".cpp") for found in
          re.findall(r"\bBODIES((?:\s+\w+\.cpp)+)", calls)
          for body in found.split()}

# What is not the core.
elsewhere = re.compile("|".join([
    r"dialects/CMakeLists\.txt",             # where families are added
    rf"dialects/({'|'.join(stems)})/",       # records
    rf"runtime/bodies/({'|'.join(stems)})\w+\.(h|cpp)",  # bodies
    # The server that `ws` is the interface of.
    r"runtime/(rooms|websocket|http|admin|server|output|metrics)/",
    rf"runtime/bodies/({'|'.join(bodies)})\.(h|cpp)",
    r"(lit-tests|unittests|examples|bench|docs|frontends|clients|abi)/.*"
    r"(?<!/lit\.cfg\.py)",
    r"scripts/(deb-smoke|packages\.txt|words\.txt|site/.*|.*bench.*|aarch64)",
    r"[A-Z]+(\.md)?", r"\..*",
]) + "$")


def shapes(name, stem):
    """How a family's name stands in code. A bare `io` may be a word."""
    upper = name.upper()
    return [
        rf"\bPlumb(?:Headers|Dialect|Jit){stem}\b",
        rf"\b{stem}(?:Bodies|Dialect|Ops|Types|Intrinsics|Options|Program)\b",
        rf"\bPLUMB_{upper}_\w+", rf"\bplumb_{name}_\w+",
        rf"\bplumb/{name}\.\w+", rf"\babi/{name}\.abi\b",
        rf"\bSTREQUAL \"?{name}\b", rf"[=!]= *\"{name}\"", rf"\"{name}\" *[=!]=",
    ]


# A URI scheme has the name of a family.
SCHEMES = "runtime/wire/Origin.cpp", "ws"

pattern = re.compile("|".join(s for pair in added for s in shapes(*pair)))
comment = {".py": r"#.*", ".cmake": r"#.*", ".txt": r"#.*",
           ".h": r"//.*|/\*.*?\*/", ".cpp": r"//.*|/\*.*?\*/",
           ".c": r"//.*|/\*.*?\*/", ".td": r"//.*"}
files = subprocess.run(
    ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
     "--exclude-standard"],
    check=True, capture_output=True, text=True).stdout.split("\0")
bad, read = [], 0
for name in sorted(filter(None, files)):
    path = source / name
    if elsewhere.match(name) or not path.is_file():
        continue
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        continue
    read += 1
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(comment.get(path.suffix, r"^\s*#.*"), "", line)
        for match in pattern.finditer(code):
            if name == SCHEMES[0] and SCHEMES[1] in match.group():
                continue
            bad.append(f"{name}:{number}: names a family: {match.group()}")
assert read > 20, f"only {read} files"
print("\n".join(bad))
sys.exit(bool(bad))
