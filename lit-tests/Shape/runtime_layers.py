"""Each folder of the runtime includes only what lies below it.

usage: runtime_layers.py SOURCES
"""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])

# A folder, and those that it may include besides itself. One that is not here
# has no place yet.
CODECS = {
    "base": set(),
    "net": {"base"},
    "wire": {"base"},
    "metrics": {"base", "wire"},
    "limits": {"base", "net"},
}
LAYERS = CODECS | {
    "output": {"metrics", "net", "wire", "base"},
    "rooms": {"metrics", "wire", "base"},
    "websocket": {"rooms", "limits", "metrics", "wire", "base"},
    "http": {"net", "wire", "base"},
    "admin": {"http", "output", "metrics", "net", "wire", "base"},
}
LAYERS["server"] = set(LAYERS)
# What programs have as values, by its C interface.
LAYERS["values"] = {"base", "values C"}
# The one layer that knows what records have become.
LAYERS["bodies"] = {*LAYERS, "C", "values C"}

# Of no layer: these are numbers and words.
EVERYBODYS = {"plumb/version.h"}


def layer_of(include):
    if include.startswith("runtime/"):
        return include.split("/")[1]
    if include.startswith("plumb/Runtime/"):
        return "bodies"
    if include in ("plumb/object.h", "plumb/intr.h"):
        return "values C"
    return "C" if include.startswith("plumb/") else None


include = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
bad = []
for path in sorted((root / "runtime").rglob("*")):
    if path.suffix not in (".h", ".cpp", ".def", ".inc"):
        continue
    name = path.relative_to(root)
    own = name.parts[1]
    if own not in LAYERS:
        bad.append(f"{name}: runtime_layers.py has no place for its folder")
        continue
    text = path.read_text()
    for match in include.finditer(text):
        other = layer_of(match.group(1))
        if (other in (None, own) or match.group(1) in EVERYBODYS
                or other in LAYERS[own]):
            continue
        line = text.count("\n", 0, match.start(1)) + 1
        bad.append(f"{name}:{line}: {own} includes {match.group(1)}, "
                   "which is not below it")
print("\n".join(bad))
sys.exit(bool(bad))
