"""Whether a command ends with a status.

usage: check_status.py STATUS COMMAND...
"""
import subprocess
import sys

status = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL).returncode
sys.exit(status != int(sys.argv[1]))
