"""Every intrinsic in the records has been called by a program that ran. Those of
families of values are called from Snow: Snow/reach.test.

usage: every_row.py SOURCES LOG... -- PLUMB-TBLGEN ARGUMENTS...
The logs are of runs with PLUMB_TRACE.
"""
import json
import pathlib
import re
import subprocess
import sys


def source_names(records, generator):
    done = subprocess.run([*generator, "--gen-json", str(records)], check=True,
                          stdout=subprocess.PIPE, text=True, timeout=60)
    family = json.loads(done.stdout)
    if re.search(r'"kind": "(object|variable)"', done.stdout):
        return set()
    return {row["source_name"] for row in family["intrinsics"]}


def main():
    end = sys.argv.index("--")
    sources, logs, generator = sys.argv[1], sys.argv[2:end], sys.argv[end + 1:]
    families = sorted(pathlib.Path(sources).glob("dialects/*/*Intrinsics.td"))
    rows = set().union(*(source_names(file, generator) for file in families))
    called = set()
    for log in logs:
        text = pathlib.Path(log).read_text(errors="replace")
        called |= set(re.findall(r"^plumb-trace: (\S+) ->", text, re.MULTILINE))
    if not rows or rows - called:
        sys.exit(f"of {len(rows)} rows never called: {sorted(rows - called)}")
    print(f"ok: all {len(rows)} rows")


main()
