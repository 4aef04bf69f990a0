# -*- Python -*-
"""The configuration of both lit suites; lit.site.cfg.py says where things are."""

import os
import shutil
import subprocess
import sys

import lit.util

sys.path.insert(0, os.path.join(config.plumb_src_root, "lit-tests"))
from listed_format import ListedShTest

config.name = config.plumb_suite
config.test_format = ListedShTest(
    os.path.join(config.plumb_src_root, "lit-tests", "unsupported.txt"))
config.suffixes = [".mlir", ".td", ".test"]
config.excludes = ["Inputs"]

build_bin = os.path.join(config.plumb_build_root, "bin")

# Not left to PATH: it must be this build that is tested.
for tool in config.plumb_tools:
    config.substitutions.append(
        (rf"%{tool}\b", os.path.join(build_bin, tool)))

config.substitutions += [
    ("%snowc", os.path.join(build_bin, "snowc")),
    ("%snow-opt", os.path.join(build_bin, "snow-opt")),
    ("%tools", " ".join(config.plumb_tools)),
    ("%beast-client", os.path.join(build_bin, "plumb-beast-client")),
    ("%loadgen", os.path.join(build_bin, "plumb-loadgen")),
    ("%mlir-opt", os.path.join(config.llvm_tools_dir, "mlir-opt")),
    ("%FileCheck", os.path.join(config.llvm_tools_dir, "FileCheck")),
    ("%manual", os.path.join(config.plumb_build_root, "share")),
    ("%plugin", os.path.join(config.plumb_build_root, "lib/PlumbPlugin.so")),
    # What plumb-tblgen needs besides a file: the record classes and MLIR's.
    ("%records", f"-I {config.plumb_src_root}/include "
     f"-I {config.plumb_build_root}/include -I {config.mlir_include_dir}"),
    ("%mlir_include", config.mlir_include_dir),
    ("%llvm_tools", config.llvm_tools_dir),
    ("%examples", os.path.join(config.plumb_src_root, "examples")),
    ("%src_root", config.plumb_src_root),
    ("%build_root", config.plumb_build_root),
    ("%python", config.python),
    ("%node", config.node),
    ("%lit", config.lit),
    # To link with the runtime by hand.
    ("%sanitize_flags", f"-fsanitize={config.plumb_sanitize}"
     if config.plumb_sanitize else ""),
    ("%cxx", config.cxx),
    ("%cc", config.cc),
]

# FileCheck, not, split-file, llvm-nm ...
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools_dir, os.environ.get("PATH", "/usr/bin:/bin")])
config.environment["NODE_PATH"] = "/usr/share/nodejs"
for variable in ("HOME", "LANG", "TMPDIR", "PLUMB_KINDS_SEEDS", "PLUMB_SEEDS", "PLUMB_TEST_LONG"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

if config.plumb_sanitize:
    config.available_features.add("sanitizer")
    for sanitizer in config.plumb_sanitize.split(","):
        config.available_features.add(sanitizer)
    # The distribution's LLVM has no instrumentation, and containers go in and
    # out of it: their annotations would be wrong.
    config.environment["ASAN_OPTIONS"] = os.environ.get(
        "ASAN_OPTIONS", "detect_container_overflow=0")
    for variable in ("UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
        if variable in os.environ:
            config.environment[variable] = os.environ[variable]

# What takes minutes, for `make test-long`.
if os.environ.get("PLUMB_TEST_LONG"):
    config.available_features.add("long")

if shutil.which("javac") and os.path.exists("/usr/share/java/netty-all.jar"):
    config.available_features.add("netty")

if os.geteuid() == 0:
    config.available_features.add("root")
    # In a container root may be without.
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "--mount-proc", "true"],
                      stderr=subprocess.DEVNULL).returncode == 0:
        config.available_features.add("namespaces")
    # The overlay of an overlay, as in some containers, cannot be.
    if subprocess.run(
            ["unshare", "--mount", "sh", "-ec",
             "mount -t tmpfs none /mnt; cd /mnt; mkdir up work root; mount -t overlay "
             "overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work root"],
            stderr=subprocess.DEVNULL).returncode == 0:
        config.available_features.add("overlay")

# A test that hangs fails; some build a scratch copy of the project, which takes
# minutes. Needs the psutil package.
supported, why = lit.util.killProcessAndChildrenIsSupported()
if supported:
    lit_config.maxIndividualTestTime = 1200
else:
    lit_config.warning(f"no time limit for tests: {why}")
