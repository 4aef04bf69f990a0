"""Cuts files short and changes bytes of them: whatever plumb-abi makes of each,
it ends by itself, in good time, with 0, 1, or 2 and an error.

usage: damage.py PLUMB_ABI FAMILY FOLDER FILE...
"""
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys

tool, family, folder, *files = sys.argv[1:]
folder = pathlib.Path(folder)
random.seed(22)


def cases(name):
    whole = (folder / name).read_bytes()
    for part in range(50):
        yield f"cut-{part}-{name}", whole[:len(whole) * part // 50]
    for number in range(30):
        data = bytearray(whole)
        for _ in range(random.choice((1, 4, 30))):
            data[random.randrange(len(data))] = random.randrange(256)
        yield f"bent-{number}-{name}", bytes(data)


def check(case):
    name, data = case
    path = folder / name
    path.write_bytes(data)
    done = subprocess.run([tool, "check", "--format=json", family, path],
                          capture_output=True, timeout=70)
    path.unlink()
    if done.returncode in (0, 1):
        json.loads(done.stdout.decode())  # valid UTF-8, whole
    else:
        assert done.returncode == 2, (name, done)
        assert "plumb-abi: error: " in done.stderr.decode(), (name, done)
    return done.returncode


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    codes = list(pool.map(check, (c for name in files for c in cases(name))))
# Most of what is cut off is not to be read at all.
assert codes.count(2) > len(files) * 40, codes
