"""Gives plumb-abi as much memory as it needs for a small file, and a large one.

usage: short_of_memory.py PLUMB_ABI SCRATCH
"""
import pathlib
import re
import resource
import subprocess
import sys

tool, scratch = sys.argv[1], pathlib.Path(sys.argv[2])
STEP = 16 << 20


def write(name, functions):
    path = scratch / name
    path.write_text("".join(f"define i32 @f{i}(i32 %x) {{ ret i32 %x }}\n"
                            for i in range(functions)))
    return path


def check(path, memory):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return subprocess.run([tool, "check", "time", path], text=True, preexec_fn=limit,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


small, large = write("small.ll", 1), write("large.ll", 200_000)
memory = STEP
while "time: 5 intrinsics" not in check(small, memory).stdout:
    memory += STEP
    assert memory < 4 << 30, check(small, memory)
done = check(large, memory + STEP)
assert done.returncode == 2, done
assert re.fullmatch(r"plumb-abi: error: '.*large\.ll' cannot be read with "
                    f"{(memory + STEP) >> 20} MiB of memory; give a part of it, .*\n",
                    done.stderr), done
