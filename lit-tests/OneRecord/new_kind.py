"""Copies the project, adds an ABI kind, and configures the copy.

usage: new_kind.py SOURCE BUILD COPY FILES
Fails when the kind took more than FILES files. The copy is configured in
COPY/build/scratch.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import scratch_copy

source, build, copy = map(pathlib.Path, sys.argv[1:4])
files = int(sys.argv[4])

KIND = """
PLUMB_KIND(Char32, "char32", "i32", I32, NoUndef | ZeroExt, NoUndef | ZeroExt,
           AsScalar, "0", "$_result = arith.constant 65 : i32")

#undef PLUMB_KIND
"""

names = scratch_copy.make(source, copy)

table = copy / "include/plumb/Model/Kinds.def"
text = table.read_text()
assert text.count("\n#undef PLUMB_KIND\n") == 1
table.write_text(text.replace("\n#undef PLUMB_KIND\n", KIND))

touched = [name for name in names
           if (source / name).read_bytes() != (copy / name).read_bytes()]
print(f"a new kind touches {len(touched)} file: {', '.join(touched)}")
if len(touched) > files:
    sys.exit(f"but it should take {files}")

scratch_copy.configure(copy, build)
