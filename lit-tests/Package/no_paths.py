"""Fails when a file below a folder has a path into the sources or the build.

usage: no_paths.py FOLDER SOURCES BUILD

A path counts where it begins, not as the end of a longer one: sources in /plumb do
not make "include/plumb" a finding. So that short ones are not found by chance, it
must go on to what is in that folder, or stand in quotation marks.
"""
import os
import pathlib
import re
import sys


def pattern_of(folder):
    entries = sorted(entry.name for entry in pathlib.Path(folder).iterdir())
    inside = "|".join(re.escape(entry) for entry in entries)
    root = re.escape(folder.rstrip("/"))
    text = rf"(?<![\w.}})/-]){root}(?:/(?:{inside})(?![\w.-])|(?=[\"';]))"
    return re.compile(text.encode())


def main():
    installed, *folders = sys.argv[1:]
    patterns = [pattern_of(folder) for folder in folders]
    found = 0
    for folder, _, files in os.walk(installed):
        for name in files:
            path = pathlib.Path(folder, name)
            # Pages are copies; one says what to do with a clone in /plumb.
            if path.is_symlink() or path.suffix == ".md":
                continue
            data = path.read_bytes()
            for match in filter(None, (pattern.search(data) for pattern in patterns)):
                print(f"{path} has {match[0].decode(errors='replace')}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
