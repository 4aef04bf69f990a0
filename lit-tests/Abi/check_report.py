"""Whether the JSON report of check-mismatches.test is what CI needs.

usage: check_report.py REPORT
"""
import json
import sys

report = json.load(open(sys.argv[1]))
kinds = {f["kind"] for f in report["findings"]}
wanted = {
    "result", "width", "signedness", "class", "handle", "enum-value",
    "struct-layout", "arity", "variadic", "pointee", "convention", "missing",
    "unknown-function"}
assert wanted <= kinds, wanted - kinds
assert report["family"] == "clock" and report["intrinsics"] == 12, report
assert report["checked"] == {
    "name_only": 0, "dwarf": 11, "debug_metadata": 0, "llvm_ir": 0,
    "header": 0}
errors = [f for f in report["findings"] if f["severity"] == "error"]
assert report["mismatches"] == len(errors)
for finding in errors:
    for key in ("intrinsic", "symbol", "message", "fix"):
        assert finding[key], finding
    assert "Clock.td:" in finding["record"]["place"], finding
    assert finding["record"]["prototype"], finding
    if finding["kind"] != "missing":
        assert finding["runtime"]["place"].startswith("wrong.c:"), finding
        assert finding["symbol"] in finding["runtime"]["prototype"], finding
