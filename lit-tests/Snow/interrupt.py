#!/usr/bin/env python3
"""A program that does not end is ended by Ctrl-C: of `snowc run`, and built.

usage: interrupt.py SNOWC FOLDER
"""

import os
import signal
import subprocess
import sys

PROGRAM = """fn spin(n :: Int) -> Int do
  while true do
    if n < 0 do
      break
    end
  end
  n
end

fn main() do
  println("started")
  println("${spin(1)}")
end
"""


def interrupt(command):
    # Started in the background, this may ignore it, which is inherited.
    program = subprocess.Popen(
        command, stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        assert program.stdout.readline() == b"started\n"
        program.send_signal(signal.SIGINT)
        code = program.wait(timeout=300)
        assert code == -signal.SIGINT, (command, code)
    finally:
        program.kill()


def main():
    snowc, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(folder, "spin.snow")
    with open(source, "w") as file:
        file.write(PROGRAM)
    interrupt([snowc, "run", source])
    executable = os.path.join(folder, "spin")
    subprocess.run([snowc, "build", source, "-o", executable], check=True)
    interrupt([executable])


main()
