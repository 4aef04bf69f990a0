"""Data of the compiler flows one way: a folder includes those below it only.

usage: compiler_layers.py PROJECT
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])

# What each folder may include besides itself. The C API's headers are plain C, and
# Descriptor.h, which all read, is one of them.
MODEL = {"plumb-c", "model"}
DIALECTS = MODEL | {"dialects"}
PASSES = DIALECTS | {"passes"}
EXECUTION = PASSES | {"execution"}
MAY = {
    "plumb-c": set(),
    "model": MODEL,
    "dialects": DIALECTS,
    "passes": PASSES,
    "execution": EXECUTION,
    "command-line": EXECUTION | {"command-line"},
    "tools": EXECUTION | {"command-line", "host", "plumb-abi/readers",
                          "plumb-abi/comparison", "plumb-abi/drafting"},
    "capi": EXECUTION | {"capi"},
    "plumb-abi/readers": MODEL,
    "plumb-abi/comparison": MODEL | {"plumb-abi/readers"},
    "plumb-abi/drafting": MODEL | {"plumb-abi/readers", "plumb-abi/comparison"},
    "runtime": {"families", "host"},
}
PUBLIC = {"Model": "model", "Intrinsic": "dialects", "Passes": "passes",
          "Execution": "execution", "Runtime": "runtime"}


# The standard library alone, for programs that start and tools that load.
EVERYBODYS = "plumb/Model/RowPromises.h"


def folder_of(path):
    """The folder of a file of ours, from how it is included; none for others'."""
    if path == EVERYBODYS:
        return None
    parts = path.split("/")
    if parts[0] == "include":
        parts = parts[1:]
    if parts[0] == "plumb-c" or len(parts) == 1:
        return "plumb-c" if parts[0] == "plumb-c" else None
    if parts[0] == "plumb":
        if len(parts) == 2:
            return "host" if parts[1] in ("host.h", "object.h") else "families"
        # Classes of a family's operations.
        return PUBLIC.get(parts[1], "dialects")
    if parts[:2] == ["tools", "plumb-abi"] and len(parts) == 4:
        return f"plumb-abi/{parts[2]}"
    return parts[0] if parts[0] in MAY else None


bad = []
seen = set()
files = [path for top in ("include", "model", "dialects", "passes", "execution",
                          "command-line", "tools", "capi", "runtime")
         for path in sorted((root / top).rglob("*")) if path.suffix in (".h", ".cpp")]
for path in files:
    name = path.relative_to(root).as_posix()
    folder = folder_of(name)
    if folder == "host":
        continue
    seen.add(folder)
    allowed = MAY[folder] | {folder}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        included = re.match(r'#\s*include\s+"([^"]+)"', line)
        target = included and folder_of(included[1])
        if target and target not in allowed:
            bad.append(f"{name}:{number}: {folder} includes {included[1]}, which is "
                       f"of {target}")
assert seen >= set(MAY), f"no file of {set(MAY) - seen}"
print("\n".join(bad))
sys.exit(bool(bad))
