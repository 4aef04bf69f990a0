"""Copies the project, makes the edits that a page shows, and configures the copy.

usage: scratch_project.py SOURCE BUILD PAGE COPY
A block with a file name is added to the end of that file, or is the file. The
copy is configured in COPY/build/scratch.
"""
import pathlib
import sys

from run_page import blocks

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import scratch_copy

source, build, page, copy = sys.argv[1:]
source, build, copy = map(pathlib.Path, (source, build, copy))
scratch_copy.make(source, copy)

edits = 0
for line, info, content in blocks((source / page).read_text()):
    if len(info) == 2 and "." in info[1]:
        path = copy / info[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a") as file:
            file.write(content)
        edits += 1
assert edits, f"{page} shows no edits"

scratch_copy.configure(copy, build)
