"""Drafts a family from a Rust library and holds every form of it to the draft.

usage: check_rust.py PLUMB_ABI PLUMB_TBLGEN INPUTS SCRATCH "TBLGEN OPTIONS"
"""
import pathlib
import shutil
import subprocess
import sys

abi, tblgen, inputs, scratch, records = sys.argv[1:]
scratch = pathlib.Path(scratch)
shutil.rmtree(scratch, ignore_errors=True)
scratch.mkdir(parents=True)
rustc = shutil.which("rustc")
if not rustc or subprocess.run([rustc, "--version"], stdout=subprocess.DEVNULL).returncode:
    print("SKIPPED: no rustc here, so runtimes in Rust are not tested",
          file=sys.stderr)
    sys.exit(0)


def build(output, *arguments, source="clock.rs"):
    subprocess.run([rustc, "-Awarnings", "-Cpanic=abort", *arguments,
                    source, "-o", scratch / output], cwd=inputs, check=True)
    return scratch / output


def check(runtime, code, *expected):
    done = subprocess.run([abi, "check", scratch / "rs.json", runtime], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == code, done.stdout
    for text in expected:
        assert text in done.stdout, (text, done.stdout)


library = build("librs.so", "--crate-type=cdylib", "-g")
subprocess.run([abi, "import", library, "--prefix=rs_", "-o", scratch / "rs.td"],
               check=True)
draft = (scratch / "rs.td").read_text()
for text in ('IntrinsicHandle<Rs_Family, Rs_Dialect, "Zone", "zone">',
             "Rs_Date:$date", "UInt64:$token", "outs Rs_Day:$result",
             "Function<Rs_OnTick, /*kept=*/1>:$on_tick", "Environment:$user",
             "Rs_Zone:$zone"):
    assert text in draft, (text, draft)
subprocess.run([tblgen, "-gen-json", *records.split(), scratch / "rs.td", "-o",
                scratch / "rs.json"], check=True)
check(library, 0, "5 checked against DWARF; 0 mismatches, 0 warnings")
check(build("librs.a", "--crate-type=staticlib", "-g", "-O"), 0,
      "5 checked against DWARF; 0 mismatches")
check(build("rs.bc", "--crate-type=cdylib", "-g", "--emit=llvm-bc"), 0,
      "5 checked against debug metadata; 0 mismatches")
check(build("plain.so", "--crate-type=cdylib", "-Cstrip=symbols"), 0,
      "5 checked by name only")
# One mistake in Rust, and #[no_mangle] left out.
source = (pathlib.Path(inputs) / "clock.rs").read_text()
source = source.replace("ms: u32", "ms: u64")
source = source.replace('#[no_mangle]\npub extern "C" fn rs_offset', "#[inline(never)]\npub extern \"C\" fn rs_offset")
(scratch / "wrong.rs").write_text(source)
check(build("libwrong.so", "--crate-type=cdylib", "-g", source=scratch / "wrong.rs"), 1,
      "parameter 1 'ms' is uint32_t in the record, u64 in the runtime",
      "rs.offset (rs_offset): ")
