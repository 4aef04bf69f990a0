"""What records say, beside the JSON of the same families; the layout of structs."""
import ctypes
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import plumb
from plumb import c

ROOT = pathlib.Path(__file__).resolve().parents[2]


class RecordsTest(unittest.TestCase):
    def setUp(self):
        self.context = plumb.Context()

    def test_rows_are_those_of_the_json(self):
        build = pathlib.Path(plumb.library()._name).parent.parent
        seen = 0
        for path in build.glob("generated/**/*.json"):
            written = json.loads(path.read_text())
            family = self.context.find_family(written["name"])
            if not family:
                continue
            for row, wanted in zip(family.rows, written["intrinsics"], strict=True):
                self.assertEqual(row.name, wanted["name"])
                self.assertEqual(row.summary, wanted["summary"])
                self.assertEqual(row.symbol, wanted["symbol"])
                self.assertEqual(row.family, family)
                self.assertEqual(row, self.context.find_intrinsic(row.source_name))
                seen += 1
        self.assertEqual(seen, sum(len(one.rows) for one in self.context.families))

    def test_a_row_in_full(self):
        row = self.context.find_intrinsic("Ws.serve")
        self.assertTrue(row.flags & plumb.RowFlags.BLOCKS)
        port, on_connect, *_ = self.context.arguments(row)
        self.assertEqual((port.name, port.type.mlir, port.callback),
                         ("port", "i64", None))
        self.assertEqual((on_connect.type, on_connect.callback.name, on_connect.is_kept),
                         (None, "on_connect", False))
        self.assertIn("port: i64", self.context.describe(row))
        family = self.context.find_family("ws")
        self.assertIn("max_message", [option.name for option in family.options])
        option = next(one for one in family.options if one.choices)
        self.assertIn(option.text, option.choices)
        closed = next(one for one in family.statuses if one.name == "ws.err_closed")
        self.assertLess(closed.code, 0)
        self.assertEqual([str(self.context.type_of(one))
                          for one in self.context.results(row)], ["!intr.status"])

    def test_generic_rows(self):
        self.context.load_family(ROOT / "lit-tests/Generic/Inputs/Seq.td")
        row = self.context.find_intrinsic("Seq.map")
        self.assertEqual(self.context.scheme(row),
                         "(List<A>, Fun(A) -> B) -> List<B>")
        self.assertEqual(row.variables, ("A", "B"))
        argument = row.params[1].type
        self.assertEqual([one.name for one in argument.arguments], ["A", "B"])
        contains = self.context.find_intrinsic("Seq.contains")
        self.assertEqual([(one.variable, one.name) for one in contains.bounds],
                         [(0, "Eq")])
        self.assertIn(self.context.find_intrinsic("Seq.get"),
                      self.context.operator_rows("[]"))
        self.assertTrue(self.context.find_intrinsic("Seq.append").params[0].is_consumed)
        module = self.context.module("generic.toy")
        build = module.build
        build.block = module.function("f", [], []).entry
        empty, = build.intrinsic("Seq.new", variables=["f64"])
        self.assertEqual(str(empty.type), '!intr.object<"List", f64>')
        longer, = build.intrinsic("Seq.append", empty, build.floating(0.5))
        self.assertEqual(longer.type, empty.type)
        with self.assertRaisesRegex(plumb.Error, "nothing tells what type variable"):
            build.intrinsic("Seq.new")

    def test_unknown_names(self):
        self.assertIsNone(self.context.find_intrinsic("Ws.joim"))
        self.assertEqual(self.context.nearest("Ws.joim")[0], "Ws.join")
        self.assertIsNone(self.context.find_family("none"))
        self.assertIsNone(self.context.find_enum("none"))
        self.assertIsNone(self.context.find_struct("none"))

    def test_a_loaded_family_belongs_to_its_context(self):
        records = ROOT / "lit-tests" / "Kinds" / "Inputs" / "Clock.td"
        self.context.load_family(records)
        day = self.context.find_enum("clock.day")
        self.assertIn("monday", [case.name for case in day.cases])
        date = self.context.find_struct("clock.date")
        self.assertEqual(date.fields[0].offset, 0)
        self.assertIsNone(plumb.Context().find_enum("clock.day"))
        module = self.context.module("day.toy")
        module.build.block = module.function("f").entry
        module.build.enum(day, "monday")
        self.context.load_family(records)
        self.assertEqual([family.name for family in self.context.families].count("clock"),
                         1)
        with tempfile.TemporaryDirectory() as folder:
            other = pathlib.Path(folder) / "Clock.td"
            other.write_text(records.read_text().replace('"monday"', '"moonday"'))
            with self.assertRaisesRegex(plumb.Error, "cases of enum 'clock.day'.*moonday"):
                self.context.load_family(other)

    def test_views_keep_their_context(self):
        family = plumb.Context().find_family("ws")
        self.assertTrue(all(row.summary for row in family.rows))

    def test_structs_are_laid_out_as_in_c(self):
        structs = {name: one for name, one in vars(c).items()
                   if isinstance(one, type) and issubclass(one, ctypes.Structure)
                   and hasattr(one, "_fields_")}
        self.assertGreater(len(structs), 20)
        asserts = ["#include <plumb-c/Plumb.h>"]
        for name, one in structs.items():
            asserts.append(f"_Static_assert(sizeof({name}) == "
                           f"{ctypes.sizeof(one)}, \"{name}\");")
            for field, *_ in one._fields_:
                asserts.append(f"_Static_assert(__builtin_offsetof({name}, {field})"
                               f" == {getattr(one, field).offset}, \"{field}\");")
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "layout.c"
            source.write_text("\n".join(asserts) + "\n")
            subprocess.run(["cc", "-std=c11", f"-I{ROOT / 'include'}", "-fsyntax-only",
                            source], check=True)

    def test_every_function_of_the_library_is_declared(self):
        declared = set(re.findall(r"library\.(\w+)\.argtypes",
                                  pathlib.Path(c.__file__).read_text()))
        exported = subprocess.run(
            ["nm", "-D", "--defined-only", plumb.library()._name], check=True,
            capture_output=True, text=True).stdout
        self.assertEqual(declared, set(re.findall(r" T (plumb\w+)", exported)))


if __name__ == "__main__":
    unittest.main()
