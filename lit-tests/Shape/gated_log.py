"""Who writes to the log without a gate, beyond those of whom it is known that no
peer brings them to it."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])

# How often each may: a further place is one to think about.
ALLOWED = {
    "runtime/bodies/Contain.cpp": 1,       # the process ends
    "runtime/net/Certificates.cpp": 1,  # SIGHUP
    "runtime/net/Reload.cpp": 1,        # SIGHUP
    "runtime/output/Flusher.cpp": 2,    # once a shard
    "runtime/server/ListenPoint.cpp": 2, # at the start
    "runtime/server/Server.cpp": 2,      # at the start
    "runtime/server/Shard.cpp": 1,       # once a server
}
# Before the program starts, and then it does not: several lines.
AT_START = "runtime/bodies/CheckRuntime.cpp"
# With which a program ends: several lines, once.
AT_END = "runtime/values/Fail.cpp"
LOG = ("runtime/base/Log.h", "runtime/base/Log.cpp")
PROGRAMS = "runtime/bodies/ConsoleBodies.cpp"  # how much they write is their affair
TRACE = "runtime/bodies/Guard.cpp"  # PLUMB_TRACE, which somebody asked for

direct = re.compile(r"\bUngated\b|\bSTDERR_FILENO\b|\bstderr\b|\bstd::c(?:err|log)\b"
                    r"|\bperror\b|\bwriteLog\b")
bad = []
for path in sorted((root / "runtime").rglob("*")):
    name = str(path.relative_to(root))
    if path.suffix not in (".h", ".cpp") or name in (*LOG, AT_START, AT_END, PROGRAMS):
        continue
    seen = 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for match in direct.finditer(line.split("//")[0]):
            if match.group() == "Ungated" and seen < ALLOWED.get(name, 0):
                seen += 1
            elif name != TRACE or match.group() != "writeLog":
                bad.append(f"{name}:{number}: {match.group()}: use a LogGate")
print("\n".join(bad))
sys.exit(bool(bad))
