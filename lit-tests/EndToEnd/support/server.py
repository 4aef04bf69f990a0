"""Starts a program under test and ends it; shows what it said when a test fails."""
import asyncio
import glob
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile

STARTS_WITHIN = 60  # seconds; a JIT in a sanitizer build is slow
SAID_WITHIN = 30
TEST_LASTS = 240
LOG_LINES_SHOWN = 100


def certificate(folder):
    """A self-signed certificate for localhost: paths of certificate and key."""
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", key, "-out", cert],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30)
    return cert, key


def heed_interrupts():
    """Runners in the background ignore signals, and programs inherit that."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Server:
    """`command PORT [--tls CERT KEY]`, running; `port` is the one it chose."""

    def __init__(self, command, tls=False, environment=None, port=0, within=None):
        self.folder = tempfile.TemporaryDirectory(dir=within)
        self.tls = None
        arguments = [str(port)]
        if tls:
            cert, key = certificate(self.folder.name)
            arguments += ["--tls", cert, key]
            self.certificate = cert
            self.tls = ssl.create_default_context(cafile=cert)
        self.command = [*command, *arguments]
        # A file, not a pipe: nobody has to read it while the program runs.
        self.log_path = os.path.join(self.folder.name, "stderr")
        self.log = open(self.log_path, "wb")
        self.environment = {**os.environ, **(environment or {})}

    def confinement(self):
        """Further arguments of Popen: as whom it runs, what it does before exec."""
        return {"preexec_fn": heed_interrupts}

    async def __aenter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log, env=self.environment, start_new_session=True,
            **self.confinement())
        try:
            self.port = await asyncio.wait_for(self._port(), STARTS_WITHIN)
        except BaseException:
            self._kill()
            self.show_log()
            raise
        return self

    async def _port(self):
        while True:
            found = re.search(r"plumb: listening on wss?://\S+:(\d+)\s", self.said())
            if found:
                return int(found.group(1))
            if self.process.poll() is not None:
                raise AssertionError(
                    f"the program ended with {self.process.returncode}")
            await asyncio.sleep(0.02)  # a poll of a condition, not a guess

    async def __aexit__(self, kind, error, trace):
        self._kill()
        if kind:
            self.show_log()
        self.folder.cleanup()

    async def stopped_by(self, number, within=20):
        """Sends a signal; the exit status once the program has ended."""
        self.process.send_signal(number)
        return await asyncio.get_running_loop().run_in_executor(
            None, lambda: self.process.wait(timeout=within))

    def _kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def cpu_seconds(self):
        """That its threads have used, to the nanosecond."""
        return sum(int(open(path).read().split()[0]) for path in
                   glob.glob(f"/proc/{self.process.pid}/task/*/schedstat")) / 1e9

    def said(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()

    def show_log(self):
        lines = [line for line in self.said().splitlines()
                 if not line.startswith("plumb-trace: ")]
        print(f"---- {' '.join(self.command)} said:",
              *lines[-LOG_LINES_SHOWN:], "----", sep="\n", file=sys.stderr,
              flush=True)

    def url(self, path="/", scheme="ws"):
        return f"{scheme}{'s' if self.tls else ''}://localhost:{self.port}{path}"


async def seen(server, text):
    """Waits until the program's log has the text."""
    for _ in range(SAID_WITHIN * 50):
        if text in server.said():
            return
        await asyncio.sleep(0.02)  # a poll of a condition, not a guess
    raise AssertionError(f"never logged: {text!r}")


def run(main):
    """Runs the coroutine within the time that a test may take."""
    asyncio.run(asyncio.wait_for(main, TEST_LASTS))


def expect(actual, wanted, what):
    if actual != wanted:
        raise AssertionError(f"{what}: expected {wanted!r}, got {actual!r}")
