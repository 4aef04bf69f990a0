#!/usr/bin/env python3
"""The load generator must see each fault, and none where there is none.

usage: check_loadgen.py LOADGEN
"""
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
EXPECTED = {
    "none": set(),
    "lose": {"lost"},
    "double": {"doubled"},
    "reorder": {"reordered"},
    "alter": {"altered", "lost"},
    "misdeliver": {"altered"},
    "disorder": {"disordered_rooms"},
}
FAULTS = ["lost", "doubled", "reordered", "altered", "disordered_rooms"]


def run(loadgen, fault):
    environment = {"NODE_PATH": "/usr/share/nodejs", **os.environ}
    server = subprocess.Popen(
        ["node", HERE / "faulty.cjs", fault], stderr=subprocess.PIPE, text=True,
        env=environment)
    try:
        line = server.stderr.readline()
        port = re.search(r"listening on (\d+)", line).group(1)
        done = subprocess.run(
            [loadgen, "--port", port, "--connections", "8", "--room", "4",
             "--publishers", "2", "--window", "4", "--warmup", "0", "--seconds",
             "2", "--max-deliveries", "4000", "--timeout", "20"],
            stdout=subprocess.PIPE, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout)
    finally:
        server.kill()
        server.wait()


def main():
    wrong = 0
    for fault, expected in EXPECTED.items():
        status, result = run(sys.argv[1], fault)
        seen = {name for name in FAULTS if result[name]}
        right = seen == expected and status == (1 if expected else 0)
        wrong += not right
        print(f"{'ok' if right else 'WRONG'}: {fault}: exit status {status}, "
              f"saw {sorted(seen) or 'no fault'}, expected "
              f"{sorted(expected) or 'no fault'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
