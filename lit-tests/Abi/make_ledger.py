"""Writes two ledgers of a family's JSON: all of it, and with a row removed.

usage: make_ledger.py FAMILY FOLDER
"""
import json
import pathlib
import sys

family = json.load(open(sys.argv[1]))
folder = pathlib.Path(sys.argv[2])
lines = [f"ledger 1 {family['name']}"]
for row in family["intrinsics"]:
    lines.append(" ".join(["row", row["since"], row["hash"].lower(), row["name"],
                           row["source_name"], row["symbol"], row["signature"]]))
lines.append("release 0.1")
(folder / "old.abi").write_text("\n".join(lines) + "\n")
lines += [f"removed 0.2 {family['intrinsics'][0]['name']} too late", "release 0.2"]
(folder / "gone.abi").write_text("\n".join(lines) + "\n")
