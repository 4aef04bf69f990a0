"""Which OpenSSL a program has in it: the file, the admin port and the log agree, and
it is the static library's that it was linked with.

usage: openssl.py COMPILER PROGRAM
"""
import os
import re
import subprocess
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
from server import Server, expect, run, seen

# As docs/internet.md looks for it.
RELEASE = rb"OpenSSL [0-9][^ ]* [0-9]+ [A-Z][a-z]+ [0-9]{4}"


def releases(path):
    with open(path, "rb") as file:
        return {found.decode() for found in re.findall(RELEASE, file.read())}


async def main():
    compiler, program = sys.argv[1:]
    archive = subprocess.run([compiler, "-print-file-name=libcrypto.a"], check=True,
                             capture_output=True, text=True).stdout.strip()
    (release,) = releases(program)
    expect({release}, releases(archive), "what it was linked with")
    async with Server([program], environment={"PLUMB_WS_ADMIN_PORT": "0",
                                              "PLUMB_LOG": "debug"}) as server:
        await seen(server, f"plumb: debug: with {release}\n")
        await seen(server, "admin on http://")
        admin = re.search(r"admin on (http://\S+)", server.said()).group(1)
        with urllib.request.urlopen(f"{admin}/metrics", timeout=30) as answer:
            metrics = answer.read().decode()
        expect(re.search(r'plumb_build_info\{.*openssl="(.*?)"', metrics).group(1),
               release.split()[1], "what the admin port says")
    print("ok: openssl", flush=True)


run(main())
