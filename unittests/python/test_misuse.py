"""What is wrong is told, with its place, and nothing crashes."""
import unittest

import plumb


class MisuseTest(unittest.TestCase):
    def setUp(self):
        self.heard = []
        self.context = plumb.Context(self.heard.append)
        self.module = self.context.module("test.toy")
        self.build = self.module.build
        self.build.block = self.module.function("f").entry

    def fails(self, status, message, call, *arguments, **named):
        with self.assertRaises(plumb.Error) as caught:
            call(*arguments, **named)
        self.assertEqual(caught.exception.status, status)
        self.assertIn(message, str(caught.exception))
        return caught.exception

    def test_an_unknown_name_has_its_place(self):
        self.build.location(3, 7)
        error = self.fails(plumb.Status.NOT_FOUND, "did you mean 'Ws.join'?",
                           self.build.intrinsic, "Ws.joim")
        diagnostic = error.diagnostics[0]
        self.assertEqual((diagnostic.file, diagnostic.line, diagnostic.column),
                         ("test.toy", 3, 7))
        self.assertEqual(diagnostic.severity, plumb.Severity.ERROR)
        self.assertTrue(str(error).startswith("test.toy:3:7: error: "))
        self.build.location(4, file="other.toy")
        error = self.fails(plumb.Status.NOT_FOUND, "other.toy:4",
                           self.build.intrinsic, "Ws.joim")

    def test_types_and_numbers_of_arguments(self):
        number = self.build.integer(1)
        self.fails(plumb.Status.PROGRAM, "'text'", self.build.intrinsic, "Io.print",
                   number)
        self.fails(plumb.Status.PROGRAM, "Io.print", self.build.intrinsic, "Io.print")
        with self.assertRaises(TypeError):
            self.build.intrinsic("Io.print", 3.5)

    def test_numbers_that_do_not_fit(self):
        for number, type in ((2**64, "i64"), (-2**63 - 1, "i64"), (2**64 - 1, "i32")):
            with self.assertRaises(ValueError):
                self.build.integer(number, type)
        self.fails(plumb.Status.PROGRAM, "256", self.build.integer, 256, "i8")
        for place in (-1, 0), (2**32, 0), (1, 2**32):
            with self.assertRaises(ValueError):
                self.build.location(*place)

    def test_texts_that_c_would_cut(self):
        for call in (self.context.type, self.context.find_intrinsic,
                     self.module.function, self.context.load_family,
                     self.build.intrinsic):
            with self.assertRaises(ValueError):
                call("a\0b")
        with self.assertRaises(UnicodeEncodeError):
            self.build.text("\ud800")

    def test_values_of_another_module_or_after_its_end(self):
        number = self.build.integer(1)
        other = self.context.module("other.toy")
        other.build.block = other.function("g").entry
        self.fails(plumb.Status.MISUSE, "", other.build.ret, number)
        self.build.ret()
        self.module.resolve()
        self.fails(plumb.Status.MISUSE, "", getattr, number, "type")

    def test_types_of_another_context(self):
        foreign = plumb.Context().type("i64")
        self.assertNotEqual(foreign, self.context.type("i64"))
        self.fails(plumb.Status.MISUSE, "", self.module.function, "g", [foreign])

    def test_all_mistakes_are_told_at_once(self):
        error = self.fails(plumb.Status.PROGRAM, "", self.context.parse,
                           "func.func @f() { return }\nfunc.func @f() { nonsense }",
                           "two.mlir")
        self.assertIn("two.mlir:2:", str(error))

    def test_any_bytes_may_be_parsed(self):
        for data in (b"", b"\0", b"ML\xefR\x01", bytes(range(256)), b"(" * 100000):
            try:
                self.context.parse(data)
            except plumb.Error as error:
                self.assertTrue(error.diagnostics)

    def test_files_and_targets(self):
        self.fails(plumb.Status.FILE, "nowhere.td", self.context.load_family,
                   "/nowhere.td")
        self.build.ret()
        self.fails(plumb.Status.TARGET, "pdp11", self.module.compile,
                   plumb.Output.OBJECT, triple="pdp11")
        self.fails(plumb.Status.FILE, "nowhere", self.module.compile_to_file,
                   "/nowhere/a.o", plumb.Output.OBJECT)
        with self.assertRaises(ValueError):
            self.module.jit(level=4)

    def test_a_function_that_was_found_does_not_say_its_results(self):
        found = self.module.find_function("f")
        with self.assertRaises(ValueError):
            self.build.call(found)
        self.fails(plumb.Status.NOT_FOUND, "nobody", self.module.find_function,
                   "nobody")

    def test_nothing_was_heard(self):
        """Only calls that succeed tell the handler."""
        self.fails(plumb.Status.NOT_FOUND, "", self.context.type, "no type")
        self.assertEqual(self.heard, [])


if __name__ == "__main__":
    unittest.main()
