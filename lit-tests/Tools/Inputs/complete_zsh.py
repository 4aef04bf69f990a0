"""Types into an interactive zsh, presses Tab and waits for what it makes of it.

usage: complete_zsh.py FOLDER TYPED COMPLETED
Fails when the line does not become COMPLETED within a minute.
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

folder, typed, completed = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", HOME="/nonexistent", LC_ALL="C.UTF-8")
    os.execvp("zsh", ["zsh", "-f", "-i"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, 400, 0, 0))

seen, deadline = "", time.monotonic() + 60


def wait(text, after=0):
    global seen
    while text not in re.sub("[\r\b\a]", "", seen[after:]):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            sys.exit(f"complete_zsh.py: '{text}' did not come; zsh wrote: {seen!r}")
        seen += os.read(terminal, 4096).decode(errors="replace")


def say(text):
    os.write(terminal, text.encode())


say(f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy\r")
wait("ready")
wait("\x1b[?2004h", seen.index("ready"))  # the line editor reads
before = len(seen)
say(typed + "\t")
wait(completed, before)
os.close(terminal)
os.waitpid(pid, 0)
