"""linear.py <plumb-opt> <folder>: convert-to-llvm of functions that each have a
constant and a callback of their own takes time in proportion to their number."""

import os
import resource
import subprocess
import sys

opt, folder = sys.argv[1:]


def write(count):
    path = os.path.join(folder, f"{count}.mlir")
    with open(path, "w") as file:
        for i in range(count):
            file.write(f"""func.func @ring{i}(%n: i64) {{
  %t = intr.constant "text {i}"
  %s = io.print %t
  %a = time.after %n, %n {{on_timer = @ring{i}}}
  return
}}
""")
    return path


def seconds(path):
    """CPU time, which a machine that does other things changes little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([opt, "--convert-to-llvm", "--mlir-disable-threading", path, "-o",
                    os.devnull], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


small, large = write(2000), write(8000)
ratio = min(seconds(large) for _ in range(2)) / min(seconds(small) for _ in range(2))
print(f"four times as many functions take {ratio:.1f} times as long")
sys.exit(ratio > 8)
