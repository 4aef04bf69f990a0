"""Checks the built runtime against every built-in family.

usage: check_own.py PLUMB_ABI BUILD
"""
import json
import pathlib
import subprocess
import sys

tool, build = sys.argv[1], pathlib.Path(sys.argv[2])
files = sorted(build.glob("generated/*/*.json"))
families = [f for f in files if f.stem == f.parent.name and f.stem != "intr"]
assert len(families) >= 4, families
for family in families:
    for runtime in ("libPlumbRuntime.so", "libPlumbRuntime.a"):
        # By its name, and from its file.
        for which in (family.stem, family):
            done = subprocess.run(
                [tool, "check", "--format=json", which,
                 build / "lib" / runtime], text=True, stdout=subprocess.PIPE)
            assert done.returncode == 0, done.stdout
            report = json.loads(done.stdout)
            assert sum(report["checked"].values()) == report["intrinsics"] > 0
            assert not report["findings"], report["findings"]
