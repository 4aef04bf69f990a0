"""Does what a page of the documentation tells its reader to do.

usage: run_page.py SOURCE BUILD PAGE
In a scratch folder that looks like the project, built into build/release:

  ```LANGUAGE FILE    the block is written to FILE
  ```sh               the commands must succeed
  ```sh fails         ... must not
  ```sh serve         the last command is a server, which runs until the page ends
                      or the next one starts; it must end well
  ```text             what the commands before it write; "..." is any text, and
                      as a line of its own any number of lines

Other blocks are not run. Port 8080 is replaced by one that is free.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd/support"))
from ports import ReservedPort

WITHIN = 600


def blocks(text):
    """(line number, info words, content) of every fenced block."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.match(r"(\s*)```(.*)", line)
        if fence is None and mark:
            fence = (number, mark.group(2).split(), len(mark.group(1)), [])
        elif fence is not None and line.strip() == "```":
            yield fence[0], fence[1], "".join(l + "\n" for l in fence[3])
            fence = None
        elif fence is not None:
            fence[3].append(line[fence[2]:])
    if fence is not None:
        raise AssertionError(f"line {fence[0]}: the block has no end")


class Page:
    def __init__(self, source, build, page, folder):
        self.source, self.folder, self.page = source, folder, page
        self.reserved = ReservedPort()
        self.port = str(self.reserved.number)
        self.server = self.log = None
        self.output = None
        for entry in source.iterdir():
            if not entry.name.startswith((".", "build")):
                (folder / entry.name).symlink_to(entry)
        (folder / "build").mkdir()
        (folder / "build/release").symlink_to(build)
        # A machine that lets a process open few files has a warning otherwise.
        self.environment = {"PLUMB_WS_MAX_CONNECTIONS": "100", **os.environ,
                            "TMPDIR": str(folder)}

    def fail(self, line, text):
        sys.exit(f"{self.page}:{line}: {text}")

    def run(self):
        count = 0
        text = (self.source / self.page).read_text().replace("8080", self.port)
        for line, info, content in blocks(text):
            language, arguments = (info or [""])[0], info[1:]
            if language == "sh":
                self.shell(line, arguments, content)
                count += 1
            elif language == "text" and not arguments:
                self.compare(line, content)
            elif arguments and re.fullmatch(r"([\w-]+/)*[\w-]+\.\w+",
                                            arguments[0]):
                path = self.folder / arguments[0]
                if path.parent.is_symlink():
                    self.fail(line, f"{arguments[0]} would be in the project")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
        self.stop()
        if not count:
            sys.exit(f"{self.page}: no ```sh block was found")

    def shell(self, line, arguments, content):
        if arguments == ["serve"]:
            return self.serve(line, content)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", content], cwd=self.folder, text=True,
            env=self.environment, stdin=subprocess.DEVNULL, timeout=WITHIN,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = done.stdout
        if (done.returncode != 0) != (arguments == ["fails"]):
            self.fail(line, f"exit status {done.returncode} of\n{content}"
                      f"which wrote\n{done.stdout}")

    def serve(self, line, content):
        self.stop()
        *before, last = content.strip().replace("\\\n", " ").splitlines()
        script = "\n".join([*before, "exec env " + last])
        self.log = self.folder / ".server"
        with open(self.log, "wb") as log:
            self.server = subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", script], cwd=self.folder,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.server_line = line
        while "listening on" not in self.log.read_text():
            try:
                self.server.wait(0.02)  # a poll of a condition, not a guess
            except subprocess.TimeoutExpired:
                continue
            self.fail(line, f"the server ended: {self.log.read_text()}")
        self.output = self.log.read_text()

    def stop(self):
        if not self.server:
            return
        self.server.send_signal(signal.SIGTERM)
        status = self.server.wait(WITHIN)
        if status:
            self.fail(self.server_line, f"the server ended with {status}:\n"
                      f"{self.log.read_text()}")
        self.server = None

    def compare(self, line, content):
        if self.output is None:
            self.fail(line, "a ```text block without commands before it")
        pattern = "".join(
            r"(?:.*\n)*" if l.strip() == "..." else
            re.escape(l.rstrip()).replace(r"\.\.\.", ".*") + r"[ \t]*\n"
            for l in content.splitlines())
        if not re.fullmatch(pattern, self.output):
            self.fail(line, f"expected\n{content}---- but there was\n{self.output}")
        self.output = None


if __name__ == "__main__":
    source, build, page = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        run = Page(pathlib.Path(source), pathlib.Path(build), page,
                   pathlib.Path(scratch))
        try:
            run.run()
        finally:
            if run.server:
                run.server.kill()
            run.reserved.close()
