"""Copies the project, adds an ABI kind, and configures the copy.

usage: new_kind.py SOURCE BUILD COPY FILES
Fails when the kind took more than FILES files. The copy is configured in
COPY/build/scratch, with the settings of BUILD, so that ccache knows what BUILD
has compiled.
"""
import pathlib
import re
import shutil
import subprocess
import sys

source, build, copy = map(pathlib.Path, sys.argv[1:4])
files = int(sys.argv[4])

KIND = """
PLUMB_KIND(Char32, "char32", "i32", I32, NoUndef | ZeroExt, NoUndef | ZeroExt,
           AsScalar, "0", "$_result = arith.constant 65 : i32")

#undef PLUMB_KIND
"""

names = subprocess.run(
    ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
     "--exclude-standard"],
    check=True, capture_output=True, text=True).stdout.split("\0")
names = [name for name in names if name and (source / name).is_file()]
for name in names:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source / name, copy / name)

table = copy / "include/plumb/Model/Kinds.def"
text = table.read_text()
assert text.count("\n#undef PLUMB_KIND\n") == 1
table.write_text(text.replace("\n#undef PLUMB_KIND\n", KIND))

touched = [name for name in names
           if (source / name).read_bytes() != (copy / name).read_bytes()]
print(f"a new kind touches {len(touched)} file: {', '.join(touched)}")
if len(touched) > files:
    sys.exit(f"but it should take {files}")

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
