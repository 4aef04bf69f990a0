#!/usr/bin/env python3
"""The load generator must see each fault, and none where there is none.

usage: check_loadgen.py LOADGEN
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FAULTS = ["lost", "doubled", "reordered", "altered", "disordered_rooms"]
BROADCAST = ["--connections", "8", "--room", "4", "--publishers", "2",
             "--window", "4", "--warmup", "0", "--seconds", "2",
             "--max-deliveries", "4000"]
# An open loop must not wait for the server: 400 ms without an answer are a fifth
# of what was due, and late.
OPEN = ["--connections", "8", "--room", "4", "--rate", "500", "--warmup", "0",
        "--seconds", "2"]
JOIN = ["--mode", "join", "--connections", "40", "--rooms-each", "8", "--room",
        "10"]
IDLE = ["--mode", "idle", "--connections", "30"]


class Case:
    """`faults`: what it must see. `says`: in what it prints when it gives up.
    `holds`: what else must be so of its result."""

    def __init__(self, fault, load=BROADCAST, server=(), faults=(), status=None,
                 says=None, holds=lambda result: True):
        self.fault, self.load, self.server = fault, list(load), list(server)
        self.faults, self.says, self.holds = set(faults), says, holds
        self.status = status if status is not None else 1 if faults else 0
        if says:
            self.status = 2


def cases(certificate, key, other):
    tls = ["--tls", certificate, key]
    to_tls = ["--tls", "--ca", certificate]
    offer = ["--deflate", "no-context"]
    context = ["--deflate", "context"]
    both = [*offer, "--compress-sent", "on"]
    yield Case("none")
    yield Case("lose", faults=["lost"])
    yield Case("double", faults=["doubled"])
    yield Case("reorder", faults=["reordered"])
    yield Case("alter", faults=["altered", "lost"])
    yield Case("misdeliver", faults=["altered"])
    yield Case("disorder", faults=["disordered_rooms"])
    yield Case("drop", says="the server sent close 1011")
    yield Case("masked", says="a frame that this client did not ask for")
    yield Case("reserved", says="a frame that this client did not ask for")
    yield Case("accept", says="Sec-WebSocket-Accept is wrong")
    yield Case("refuse", says="the server refused: HTTP/1.1 503")
    yield Case("none", [*BROADCAST, *to_tls], tls)
    yield Case("alter", [*BROADCAST, *to_tls], tls, ["altered", "lost"])
    yield Case("none", [*BROADCAST, "--tls", "--ca", other], tls,
               says="certificate verify failed")
    yield Case("none", [*BROADCAST, "--tls"], says="TLS handshake")
    compressed = lambda result: (
        result["compressed_deliveries"] >= result["deliveries"] > 0)
    yield Case("none", [*BROADCAST, *both], ["--deflate"], holds=compressed)
    yield Case("none", [*BROADCAST, *context], ["--deflate", "--context"],
               holds=compressed)
    yield Case("alter", [*BROADCAST, *offer], ["--deflate"], ["altered", "lost"])
    yield Case("garbage", [*BROADCAST, *offer], ["--deflate"],
               says="not compressed as it says")
    yield Case("none", [*BROADCAST, *offer],
               says="the server declined permessage-deflate")
    yield Case("none", OPEN, holds=lambda result:
               result["latency_us"]["count"] in range(990, 1011))
    yield Case("lose", OPEN, faults=["lost"])
    yield Case("stall", OPEN, holds=lambda result:
               result["latency_us"]["p90"] > 100000
               and result["latency_us"]["max"] > 390000)
    yield Case("stall", [*OPEN[:4], "--rate-from", "100", "--rate-to", "900",
                         *OPEN[6:]],
               holds=lambda result: len(result["steps"]) == 10 and max(
                   step["latency_us"]["max"] for step in result["steps"])
               > 390000)
    yield Case("none", [*BROADCAST, "--ramp", "200", "--addresses", "4"])
    yield Case("none", JOIN)
    yield Case("keep", JOIN, status=1)
    yield Case("none", IDLE, holds=lambda result: result["open"] == 30)
    yield Case("refuse", [*IDLE, "--allow-refusals"], holds=lambda result:
               result["open"] == 20 and result["refused"] == {"503": 10})


def run(loadgen, case):
    environment = {"NODE_PATH": "/usr/share/nodejs", **os.environ}
    server = subprocess.Popen(
        ["node", HERE / "faulty.cjs", case.fault, *case.server],
        stderr=subprocess.PIPE, text=True, env=environment)
    try:
        line = server.stderr.readline()
        port = re.search(r"listening on (\d+)", line).group(1)
        done = subprocess.run(
            [loadgen, "--port", port, "--pid", str(server.pid), "--timeout",
             "20", *case.load],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=90)
    finally:
        server.kill()
        server.wait()
    return done


def judge(done, case):
    """What is wrong; empty when nothing is."""
    if done.returncode != case.status:
        return f"exit status {done.returncode}, not {case.status}"
    if case.says:
        return "" if case.says in done.stderr else f"does not say '{case.says}'"
    result = json.loads(done.stdout)
    seen = {name for name in FAULTS if result.get(name)}
    if seen != case.faults:
        return f"saw {sorted(seen)}, not {sorted(case.faults)}"
    return "" if case.holds(result) else "the result is not as it should be"


def make_certificate(certificate, key):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
         "-keyout", key, "-out", certificate],
        check=True, stderr=subprocess.DEVNULL)


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        certificate, key, other, spare = (
            f"{folder}/{name}.pem" for name in ("cert", "key", "other", "spare"))
        make_certificate(certificate, key)
        make_certificate(other, spare)
        for case in cases(certificate, key, other):
            done = run(sys.argv[1], case)
            what = judge(done, case)
            wrong += bool(what)
            name = " ".join([case.fault, *case.server[:1], "|",
                             *case.load[:1], *case.load[-3:]])
            print(f"{'WRONG: ' + what if what else 'ok'}: {name}", flush=True)
            if what:
                print(done.stdout, done.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
