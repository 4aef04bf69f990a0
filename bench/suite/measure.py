"""Runs: a fresh server, the load generator, its line of JSON."""
import contextlib
import json
import subprocess
import tempfile
import time

from .servers import Server, find_servers, make_certificate, pinned, say


class Failure(RuntimeError):
    """A server or a delivery that was not right; the text says which."""


class NotHere(RuntimeError):
    """What the row measures is not to be had on this machine."""


class Bench:
    """What all runs share."""

    def __init__(self, build, names, quick):
        self.loadgen = f"{build}/bin/plumb-loadgen"
        self.servers = find_servers(build, names)
        self.quick = quick
        self.folder = tempfile.TemporaryDirectory()
        self.certificate = make_certificate(self.folder.name)

    @contextlib.contextmanager
    def server(self, name, row):
        try:
            server = Server(self.servers[name], row, self.certificate)
        except (OSError, RuntimeError) as error:
            raise Failure(str(error)) from error
        try:
            yield server
        finally:
            server.stop()

    def load(self, server, row, *more, seconds=None):
        """One run of the load generator against `server`."""
        seconds = 0.2 if self.quick else seconds or row.seconds
        command = [self.loadgen, "--port", server.port, "--pid", server.pid,
                   "--warmup", seconds / 3, "--seconds", seconds,
                   "--timeout", 60, *row.load, *more]
        if row.tls:
            command += ["--tls", "--ca", self.certificate[0]]
        if row.deflate:
            command += ["--deflate", "no-context"]
        try:
            done = subprocess.run(
                list(map(str, command)), stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, timeout=240,
                preexec_fn=pinned(0))
        except subprocess.TimeoutExpired as error:
            raise Failure("the load generator did not end") from error
        if done.returncode:
            raise Failure((done.stdout + done.stderr).strip() + " | server: "
                          + server.said.decode(errors="replace").strip())
        result = json.loads(done.stdout)
        if result.get("deliveries") == 0:
            raise Failure("nothing was delivered in the measured time")
        return result


def one_load(bench, name, row):
    with bench.server(name, row) as server:
        result = bench.load(server, row)
        # Else epoll would be measured beside epoll.
        if "io_uring" in name and b"using epoll" in server.said:
            raise NotHere("no io_uring here")
        return result


def saturation(bench, name, row):
    """Messages a second, when there are always some waiting."""
    with bench.server(name, row) as server:
        closed = bench.load(server, row, "--window", 32)
    return closed["deliveries_per_second"] / closed["room"]


def latency(bench, name, row, saturations):
    """Latencies at half of what saturates it, and at half of what saturates the
    slowest server of the row: the same load for all."""
    for each in row.servers:
        if each in bench.servers and each not in saturations:
            saturations[each] = saturation(bench, each, row)
    result = {"saturation": saturations[name]}
    for label, rate in (("own", saturations[name]),
                        ("same", min(saturations.values()))):
        with bench.server(name, row) as server:
            result[label] = bench.load(server, row, "--window", 1024,
                                       "--rate", rate / 2)
    return result


def run_one(bench, name, row, saturations):
    if row.kind == "latency":
        return latency(bench, name, row, saturations.setdefault(row.name, {}))
    return one_load(bench, name, row)


def measure(bench, rows, store, runs, minutes):
    """All rows once, then all again, `runs` times; the servers of a row one
    after the other, so that what else the machine does meets them all. Returns
    the number of failed runs, and of runs that there was no time for."""
    end = time.monotonic() + minutes * 60
    failed = left = 0
    saturations = {}
    for round_ in range(runs):
        for row in rows:
            for name in row.servers:
                if name not in bench.servers or (
                        store.count(row.name, name)
                        >= (1 if name in row.once else round_ + 1)):
                    continue
                if row.deflate and not bench.servers[name].deflates:
                    continue
                if time.monotonic() > end:
                    left += 1
                    continue
                begin = time.monotonic()
                try:
                    result = run_one(bench, name, row, saturations)
                    store.add(row.name, name, result, quick=bench.quick)
                    what = summary(row, result)
                except NotHere as error:
                    what = f"left out: {error}"
                except Failure as error:
                    failed += 1
                    store.add(row.name, name, error=str(error),
                              quick=bench.quick)
                    what = f"FAILED: {error}"
                say(f"[{round_ + 1}/{runs}] {row.name}: {name}: {what} "
                    f"({time.monotonic() - begin:.1f} s)")
    return failed, left


def summary(row, result):
    """What is said while measuring."""
    if row.kind == "idle":
        return f"{result['rss_bytes_per_connection']:.0f} B a connection"
    if row.kind == "latency":
        return (f"p99 {result['own']['latency_us']['p99']} us at half of "
                f"{result['saturation']:.0f} messages/s")
    if row.kind == "join":
        return f"{result['server_cpu_us_per_join']} us a join"
    return (f"{result.get('server_cpu_us_per_delivery', 0):.3f} us, "
            f"{result['deliveries_per_second']}/s")
