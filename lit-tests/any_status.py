"""Runs a command that may succeed or fail, but not crash.

usage: any_status.py COMMAND ARGUMENT...
"""
import subprocess
import sys

status = subprocess.run(sys.argv[1:]).returncode
if status < 0 or status > 127:
    sys.exit(f"any_status.py: '{sys.argv[1]}' ended with status {status}")
