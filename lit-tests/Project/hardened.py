"""What makes faults harder to use is in the files: docs/decisions/hardening.md.

usage: hardened.py FILE...       programs and shared libraries
       hardened.py --archive FILE...
"""
import re
import subprocess
import sys

wrong = []


def readelf(*arguments):
    return subprocess.run(["llvm-readelf", "--wide", *arguments], check=True,
                          capture_output=True, text=True).stdout


def expect(held, path, what):
    if not held:
        wrong.append(f"{path}: {what}")


def undefined(path):
    said = subprocess.run(["llvm-nm", "--undefined-only", path], check=True,
                          capture_output=True, text=True).stdout
    return set(re.findall(r"U (\w+)", said))


def protected(path, names):
    expect("__stack_chk_fail" in names, path, "no function has a stack protector")
    expect(any(re.fullmatch(r"__\w+_chk", name) for name in names), path,
           "no call of libc is checked (FORTIFY)")


def linked(path):
    headers, dynamic = readelf("--program-headers", path), readelf("--dynamic", path)
    kind = re.search(r"Elf file type is (\w+)", headers).group(1)
    expect(kind == "DYN", path, f"it is {kind}: its addresses are the same in every run")
    if "INTERP" in headers:
        expect(re.search(r"FLAGS_1.* PIE", dynamic), path, "it is no PIE")
    expect("GNU_RELRO" in headers, path, "no RELRO")
    expect(re.search(r"BIND_NOW|FLAGS_1.* NOW", dynamic), path,
           "RELRO is partial: functions are bound when they are called")
    stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+([RWE ]+?)\s+0x", headers)
    expect(stack and "E" not in stack.group(1), path, "the stack is executable")
    expect(not re.search(r"LOAD(?:\s+0x\w+){5}\s+RWE", headers), path,
           "memory that can be written can be executed")
    expect("TEXTREL" not in dynamic, path, "code is changed when it is loaded")


for path in sys.argv[1:]:
    if path == "--archive":
        continue
    if sys.argv[1] == "--archive":
        protected(path, undefined(path))
    else:
        linked(path)
print("\n".join(wrong))
sys.exit(bool(wrong))
