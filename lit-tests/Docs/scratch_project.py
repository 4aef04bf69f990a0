"""Copies the project, makes the edits that a page shows, and configures the copy.

usage: scratch_project.py SOURCE BUILD PAGE COPY
A block with a file name is added to the end of that file, or is the file. The
copy is configured in COPY/build/scratch, with the settings of BUILD: two levels
deep, as the presets have it, so that ccache knows what BUILD has compiled.
"""
import pathlib
import re
import shutil
import subprocess
import sys

from run_page import blocks

source, build, page, copy = sys.argv[1:]
source, build, copy = map(pathlib.Path, (source, build, copy))
names = subprocess.run(
    ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
     "--exclude-standard"],
    check=True, capture_output=True, text=True).stdout.split("\0")
for name in filter(None, names):
    if (source / name).is_file():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, copy / name)

edits = 0
for line, info, content in blocks((source / page).read_text()):
    if len(info) == 2 and "." in info[1]:
        path = copy / info[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a") as file:
            file.write(content)
        edits += 1
assert edits, f"{page} shows no edits"

cache = (build / "CMakeCache.txt").read_text()
settings = [
    f"-D{key}={value}" for key, value in re.findall(
        r"^(CMAKE_C_COMPILER|CMAKE_CXX_COMPILER|CMAKE_BUILD_TYPE|"
        r"CMAKE_PREFIX_PATH|PLUMB_SANITIZE):\w+=(.+)$", cache, re.MULTILINE)]
done = subprocess.run(
    ["cmake", "-G", "Ninja", "-S", copy, "-B", copy / "build/scratch", *settings],
    capture_output=True, text=True)
if done.returncode:
    sys.exit(done.stdout + done.stderr)
