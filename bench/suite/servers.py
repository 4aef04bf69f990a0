"""The servers: where they are, and how they are started."""
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"
STARTS_WITHIN = 60  # seconds
NPM = "run `npm ci` in bench/peers"


def say(text):
    print(text, file=sys.stderr, flush=True)


class Kind:
    """How one server is started. `variant` is what its environment adds."""

    def __init__(self, command, environment=None, deflates=True, shared=False):
        self.command = [str(word) for word in command]
        self.environment = environment or {}
        self.deflates = deflates
        self.shared = shared  # may use both cores


def find_servers(build, names):
    """Name -> Kind of those that are there; says which are not, and why."""
    found = {}
    programs = pathlib.Path(build) / "bin"

    def add(name, command, advice, **more):
        if names and name not in names:
            return
        missing = [word for word in command
                   if not word or not pathlib.Path(word).exists()]
        if missing:
            say(f"bench: {name} is left out: {advice}")
        else:
            found[name] = Kind(command, **more)

    loadtarget = programs / "loadtarget"
    built = f"not built: {loadtarget}"
    add("Plumb", [loadtarget], built)
    add("Plumb (2 shards)", [loadtarget], built, shared=True,
        environment={"PLUMB_WS_SHARDS": "2"})
    add("Plumb (io_uring)", [loadtarget], built,
        environment={"PLUMB_WS_FLUSH": "io_uring"})
    bun = sorted(PEERS.glob("node_modules/@oven/bun-linux-*/bin/bun"))
    add("bun", [bun[0] if bun else None, PEERS / "bun.mjs"], NPM)
    has_ws = (PEERS / "node_modules/ws").exists()
    add("npm ws", [shutil.which("node") if has_ws else None, PEERS / "ws.mjs"],
        f"{NPM}, with node installed")
    add("libwebsockets", [programs / "plumb-bench-lws"],
        "install libwebsockets-dev, configure again, build plumb-bench-peers",
        deflates=False)
    add("Beast", [programs / "plumb-bench-beast"], "build plumb-bench-peers")
    add("limit", [programs / "plumb-limit-server"], "build plumb-limit-server",
        deflates=False)
    return found


def pinned(core):
    """A preexec function: run on this core, when there is more than one."""
    cores = sorted(os.sched_getaffinity(0))

    def apply():
        if core is not None and len(cores) > 1:
            os.sched_setaffinity(0, {cores[core]})

    return apply


class Server:
    """A running server; `port` and `pid` are known once it listens."""

    def __init__(self, kind, row, certificate):
        command = [*kind.command, "0"]
        if row.tls:
            command += ["--tls", *certificate]
        environment = {**os.environ, **kind.environment}
        if row.deflate and "bin/loadtarget" in kind.command[0]:
            environment["PLUMB_WS_DEFLATE"] = "on"
        elif row.deflate:
            command.append("--deflate")
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=environment, preexec_fn=pinned(None if kind.shared else 1))
        self.pid = self.process.pid
        self.said = b""
        try:
            self.port = self.wait_for_port()
        except BaseException:
            self.stop()
            raise
        # Nobody waits for what it says from here on, but a full pipe would
        # stop it.
        self.reader = threading.Thread(target=self.keep_last_words, daemon=True)
        self.reader.start()

    def wait_for_port(self):
        end = time.monotonic() + STARTS_WITHIN
        while True:
            ready, _, _ = select.select([self.process.stderr], [], [],
                                        max(0, end - time.monotonic()))
            part = os.read(self.process.stderr.fileno(), 4096) if ready else b""
            self.said += part
            found = re.search(rb"listening on (?:\S*:)?(\d+)\s", self.said)
            if found:
                return found.group(1).decode()
            if not part:
                raise RuntimeError("does not listen; it says: "
                                   + self.said.decode(errors="replace"))

    def keep_last_words(self):
        while part := os.read(self.process.stderr.fileno(), 4096):
            self.said = (self.said + part)[-2000:]

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def make_certificate(folder):
    """(certificate, key) of "localhost", made with openssl."""
    certificate, key = (str(pathlib.Path(folder) / name)
                        for name in ("certificate.pem", "key.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
         key, "-out", certificate],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return certificate, key
