"""A family, its runtime, its ledger and a program in a folder of their own, taken
through what a build and a start do to them."""
import pathlib
import shutil
import subprocess

SOURCES = ("clock.td", "runtime.c", "runtime.cpp", "foreign.c", "program.mlir")
# Generator and output, in the folder; the build makes the same of every family.
GENERATED = {
    "c-header": "include/plumb/clock.h",
    "bodies": "include/plumb/clock.bodies.h",
    "asserts": "include/plumb/clock.asserts.h",
    "guards": "clock.guards.cpp",
    "abi-table": "clock.abi-table.c",
    "exports": "clock.map",
    "jit-table": "clock.jit.cpp",
}


class Failed(Exception):
    """A step did not succeed: what it wrote."""

    def __init__(self, step, text):
        super().__init__(text)
        self.step, self.text = step, text


class Scratch:
    """`tools` has the paths build, source, mlir, llvm (folders) and cc, cxx."""

    def __init__(self, folder, inputs, tools, language):
        self.folder, self.tools, self.language = folder, tools, language
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "include/plumb").mkdir(parents=True)
        for name in SOURCES:
            shutil.copy(inputs / name, folder / name)
        shutil.copy(f"{tools.build}/include/plumb/intr.h",
                    folder / "include/plumb/intr.h")

    def start(self, *command):
        return subprocess.Popen(
            [str(word) for word in command], cwd=self.folder, text=True,
            errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def finish(self, step, process, status=0):
        text, _ = process.communicate(timeout=120)
        if process.returncode != status:
            raise Failed(step, text or f"exit status {process.returncode}\n")
        return text

    def run(self, step, *command, status=0):
        return self.finish(step, self.start(*command), status)

    def tool(self, name):
        return f"{self.tools.build}/bin/{name}"

    def tblgen(self, *arguments, version="0.2"):
        return self.start(
            self.tool("plumb-tblgen"), "-I", f"{self.tools.source}/include", "-I",
            self.tools.mlir, f"-family-version={version}", "clock.td", *arguments)

    def release(self):
        """Release 0.1 has what the records say now."""
        self.finish("release", self.tblgen("-update-ledger=clock.abi", "-release",
                                           "-o", "clock.abi", version="0.1"))

    def check_ledger(self):
        self.finish("records", self.tblgen("-check-ledger=clock.abi"))

    def generate(self):
        running = [self.tblgen(f"-gen-{what}", "-o", output)
                   for what, output in GENERATED.items()]
        for process in running:
            self.finish("records", process)

    def compile(self):
        flags = ["-c", "-g", "-fPIC", "-O1", "-fvisibility=hidden", "-Wall", "-Wextra",
                 "-Wno-unused-parameter", "-I", "include"]
        running = [self.start(self.tools.cc, *flags, "-std=c11", "clock.abi-table.c")]
        if self.language == "c":
            running.append(self.start(self.tools.cc, *flags, "-std=c11", "runtime.c"))
        else:
            cxx = [self.tools.cxx, *flags, "-std=c++20", "-I", f"{self.tools.source}/include"]
            running += [self.start(*cxx, name)
                        for name in ("runtime.cpp", "clock.guards.cpp")]
        # All are waited for, whichever fails.
        failures = []
        for process in running:
            try:
                self.finish("compile", process)
            except Failed as failure:
                failures.append(failure)
        if failures:
            raise failures[0]

    def link(self):
        (self.folder / "libclock.a").unlink(missing_ok=True)
        objects = ["runtime.o", "clock.abi-table.o"]
        needed = []
        if self.language != "c":
            objects.append("clock.guards.o")
            needed = [f"{self.tools.build}/lib/libPlumbRuntime.a",
                      "-Wl,--exclude-libs,ALL"]
        self.run("link", f"{self.tools.llvm}/llvm-ar", "rc", "libclock.a", *objects)
        self.check_runtime("libclock.a")
        self.run("link", self.tools.cxx, "-shared", "-fuse-ld=lld", "-o",
                 "libclock.so", *objects, *needed,
                 "-Wl,--version-script=clock.map", "-Wl,--gc-sections")
        self.check_runtime("libclock.so")

    def check_runtime(self, library):
        self.finish("runtime", self.tblgen(f"-check-runtime={library}"))

    def start_program(self, tool, arguments):
        """The program runs, and says by its exit code that all did their work; or,
        before that, plumb-abi compares family and library."""
        if tool == "plumb-abi":
            self.run(tool, self.tool(tool), "check", "clock.td", "libclock.so",
                     *arguments)
        elif tool == "plumb-run":
            self.run(tool, self.tool(tool), "--load-family=clock.td",
                     "--runtime=libclock.so", *arguments, "program.mlir", status=7)
        else:
            self.run(tool, self.tool(tool), "--load-family=clock.td",
                     "--runtime=libclock.a", *arguments, "program.mlir", "-o",
                     "program")
            self.run("program", "./program", status=7)

    def build(self):
        self.check_ledger()
        self.generate()
        self.build_library()

    def build_library(self):
        self.compile()
        self.link()

    def build_foreign_library(self):
        """As others build one: no table, no export list, no check."""
        self.run("compile", self.tools.cc, "-c", "-g", "-fPIC", "-O1", "foreign.c")
        (self.folder / "libclock.a").unlink(missing_ok=True)
        self.run("link", f"{self.tools.llvm}/llvm-ar", "rc", "libclock.a", "foreign.o")
        self.run("link", self.tools.cc, "-shared", "-o", "libclock.so", "foreign.o")
