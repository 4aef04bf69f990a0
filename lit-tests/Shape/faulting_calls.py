"""Which system calls the runtime makes that no test lets fail.

usage: faulting_calls.py CMAKELISTS CC ARCHIVE
"""

import pathlib
import re
import subprocess
import sys

# These cannot fail, or only when the program is wrong.
EXEMPT = {
    "clock_gettime": "with a clock that there is",
    "exit_group": "returns never",
    "_exit": "returns never",
    "getpid": "never fails",
    "munmap": "of a whole mapping",
    "sched_yield": "never fails",
    "time": "never fails",
}

cmake, cc, archive = sys.argv[1:]
text = pathlib.Path(cmake).read_text()


def listed(variable):
    return set(re.search(rf"set\({variable}\s+([^)]*)\)", text)[1].split())


faulting, fortified = listed("PLUMB_FAULTING_CALLS"), listed("PLUMB_FORTIFIED_CALLS")

numbers = subprocess.run([cc, "-E", "-dM", "-include", "sys/syscall.h", "-xc",
                          "/dev/null"], check=True, capture_output=True, text=True)
calls = {re.sub(r"64$", "", name)
         for name in re.findall(r"#define __NR_(\w+)", numbers.stdout)}
calls |= {"recv", "send"}  # which are recvfrom and sendto

symbols = subprocess.run(["nm", "-u", archive], check=True, capture_output=True,
                         text=True).stdout
undefined = set(re.findall(r"^\s+U (\w+)$", symbols, re.M))
# As they are called by fortified code, which not every C library makes of them.
FORTIFIED = r"^__(\w+)_(?:chk|2)$"
used = {re.sub(FORTIFIED + "|64$", r"\1", name) for name in undefined}
makes = {name for name in used if name in calls or name.startswith("io_uring_")}
# What liburing does without the kernel, or when all is over.
makes -= {"io_uring_free_probe", "io_uring_queue_exit"}

for name in sorted(makes - faulting - EXEMPT.keys()):
    print(f"{name}: the runtime calls it; add it to PLUMB_FAULTING_CALLS and "
          "WrappedCalls.cpp")
bypass = {name for name in undefined - fortified
          if re.fullmatch(FORTIFIED, name) and re.sub(FORTIFIED, r"\1", name) in calls}
for name in sorted(bypass):
    print(f"{name}: the runtime calls it; add it to PLUMB_FORTIFIED_CALLS and "
          "WrappedCalls.cpp")
for name in sorted(faulting - makes):
    print(f"{name}: nothing calls it any more")
sys.exit(bool(bypass | (makes - faulting - EXEMPT.keys()) | (faulting - makes)))
