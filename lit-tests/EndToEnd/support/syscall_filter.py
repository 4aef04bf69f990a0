"""A unit's SystemCallFilter= for a child process, as systemd would set it."""
import ctypes
import re
import subprocess

ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2


def sets():
    """The sets of `systemd-analyze syscall-filter`: name to names."""
    said = subprocess.run(["systemd-analyze", "syscall-filter"], check=True,
                          capture_output=True, text=True).stdout
    found, members = {}, None
    for line in said.splitlines():
        if line.startswith("@"):
            members = found.setdefault(line.strip(), [])
        elif members is not None and line.strip() and "#" not in line:
            members.append(line.strip())
    return found


def numbers(compiler):
    """The system calls of this machine: name to number."""
    said = subprocess.run([compiler, "-dM", "-E", "-"], check=True, text=True,
                          input="#include <sys/syscall.h>\n", capture_output=True)
    return {name: int(number) for name, number in
            re.findall(r"#define __NR_(\w+) (\d+)$", said.stdout, re.MULTILINE)}


def allowed(lines, compiler):
    """Numbers of the calls that the lines allow, each a value of
    SystemCallFilter=; "~" takes away."""
    known, calls = sets(), set()

    def members(name):
        if not name.startswith("@"):
            return {name}
        return set().union(*(members(part) for part in known[name]))
    for line in lines:
        for name in line.lstrip("~").split():
            if line.startswith("~"):
                calls -= members(name)
            else:
                calls |= members(name)
    # What systemd always allows, so that a filter can be set at all.
    calls |= members("@default")
    have = numbers(compiler)
    return sorted(have[name] for name in calls & set(have))


def install(calls):
    """In the child, before exec: any other call ends it, with SIGSYS."""
    program = [(LOAD, 0, 0, 0)]  # the number
    for number in calls:
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    program.append((RETURN, 0, 0, KILL_PROCESS))

    class Instruction(ctypes.Structure):
        _fields_ = [("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte),
                    ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint)]

    class Program(ctypes.Structure):
        _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.POINTER(Instruction))]
    code = (Instruction * len(program))(*(Instruction(*line) for line in program))
    libc = ctypes.CDLL(None, use_errno=True)
    if (libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or
            libc.prctl(PR_SET_SECCOMP, FILTER,
                       ctypes.byref(Program(len(program), code)), 0, 0)):
        raise OSError(ctypes.get_errno(), "cannot filter system calls")
