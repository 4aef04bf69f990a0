"""Programs built, printed, compiled and run."""
import ctypes
import pathlib
import subprocess
import tempfile
import unittest

import plumb


class BuildTest(unittest.TestCase):
    def setUp(self):
        self.context = plumb.Context()
        self.module = self.context.module("test.toy")
        self.build = self.module.build

    def add_sum(self):
        """fn sum(n) = 0 + 1 + ... + n-1, by a loop of blocks."""
        build, function = self.build, self.module.function("sum", ["i64"], ["i64"])
        head, body, end = function.block("i64", "i64"), function.block(), function.block()
        build.block = function.entry
        zero, one = build.integer(0), build.integer(1)
        self.assertFalse(build.ended)
        build.branch(head, zero, zero)
        self.assertTrue(build.ended)
        build.block = head
        at, total = head.parameter(0), head.parameter(1)
        less = build.compare(plumb.Comparison.LESS, at, function.parameter(0))
        build.cond_branch(less, body, end)
        build.block = body
        add = plumb.Arithmetic.ADD
        build.branch(head, build.arithmetic(add, at, one),
                     build.arithmetic(add, total, at))
        build.block = end
        build.ret(total)
        return function

    def run_object(self):
        """The program, compiled to an object file, linked and run."""
        library = pathlib.Path(plumb.library()._name).parent
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "an object.o"
            self.module.compile_to_file(path, plumb.Output.OBJECT)
            subprocess.run(["cc", path, "-o", path.with_suffix(""), f"-L{library}",
                            "-lPlumbRuntime", f"-Wl,-rpath,{library}"], check=True)
            return subprocess.run([path.with_suffix("")], stdout=subprocess.PIPE,
                                  text=True)

    def test_a_loop_runs(self):
        self.add_sum()
        for level in range(4):
            call = self.module.jit(level=level).function(
                "sum", ctypes.c_int64, ctypes.c_int64)
            self.assertEqual(call(10), 45)

    def test_values_reach_branches_both_ways(self):
        build = self.build
        function = self.module.function("pick", ["i1"], ["i64"])
        end = function.block("i64")
        build.block = function.entry
        build.cond_branch(function.parameter(0), end, end, [build.integer(1)],
                          [build.integer(2)])
        build.block = end
        build.ret(end.parameter(0))
        call = self.module.jit().function("pick", ctypes.c_int64, ctypes.c_bool)
        self.assertEqual([call(True), call(False)], [1, 2])

    def test_calls_give_their_results(self):
        build, total = self.build, self.add_sum()
        twice = self.module.function("twice", [], ["i64", "i64"])
        build.block = twice.entry
        (first,) = build.call(total, build.integer(4))
        (text,) = build.intrinsic("Str.concat", build.text("hello"), build.text("\0é"))
        (length,) = build.intrinsic("str.length", text)
        self.assertEqual(str(length.type), "i64")
        build.ret(first, length)
        self.module.verify()
        self.assertIn("str.concat", str(self.module))

    def test_callbacks_get_their_environments(self):
        build = self.build
        ring = self.module.function("ring", ["i64", "!intr.slot"])
        build.block = ring.entry
        captured = build.unpack(ring.parameter(1), "i64")
        total = build.arithmetic(plumb.Arithmetic.ADD, captured, ring.parameter(0))
        (text,) = build.intrinsic("Str.from_int", total)
        build.intrinsic("Io.print", text)
        build.ret()
        build.block = self.module.function("main").entry
        for data, number in ((1, 10), (2, 100)):
            slot = build.pack(build.integer(number))
            # By the function, and by its name.
            closure = plumb.Closure(ring if data == 1 else "ring", slot)
            build.intrinsic("Time.after", build.integer(data), build.integer(data),
                            closure)
        build.intrinsic("Time.run")
        build.ret()
        self.assertIn("env(on_timer = %", str(self.module))
        done = self.run_object()
        self.assertEqual((done.returncode, done.stdout), (0, "11\n102\n"))

    def test_an_environment_is_a_slot(self):
        build = self.build
        build.block = self.module.function("main").entry
        number = build.integer(1)
        with self.assertRaises(plumb.Error) as caught:
            build.intrinsic("Time.after", number, number,
                            plumb.Closure("ring", number))
        self.assertIn("it is an !intr.slot, and intr.pack makes one",
                      str(caught.exception))

    def test_constants_of_every_kind(self):
        build = self.build
        build.block = self.module.function("f").entry
        for value, wanted in ((build.integer(2**64 - 1), "i64"),
                              (build.integer(-1, "i8"), "i8"),
                              (build.boolean("yes"), "i1"),
                              (build.floating(0.5, "f32"), "f32"),
                              (build.data(b"\0\xff"), "!intr.bytes"),
                              (build.null("!ws.conn"), "!ws.conn"),
                              (build.convert(build.boolean(False), "f64"), "f64")):
            self.assertEqual(value.type, self.context.type(wanted))
        one, two = build.integer(1), build.integer(2)
        self.assertEqual(build.select(build.boolean(True), one, two).type,
                         self.context.type("i64"))
        build.ret()
        self.module.verify()
        self.assertIn("-1 : i8", str(self.module))

    def serve(self, options):
        build = self.build
        for name, params in (("open", ["!ws.conn", "!intr.str"]),
                             ("said", ["!ws.conn", "!intr.str"]),
                             ("end", ["!ws.conn", "i64", "!intr.str"])):
            row = self.context.find_intrinsic("Ws.serve")
            param = self.context.arguments(row)[1 + ["open", "said", "end"].index(name)]
            given, result = self.context.callback_types(row, param)
            function = self.module.function(name, given, [result] if result else [])
            build.block = function.entry
            if result:
                build.ret(build.integer(1, result))
            else:
                build.ret()
        build.block = self.module.function("main").entry
        build.intrinsic("Ws.serve", build.integer(0), "open", "said",
                        self.module.find_function("end"), None, None, options)
        build.ret()

    def test_callbacks_and_options(self):
        self.serve({"max_message": 65536, "bind": 'a"\\é'})
        self.module.verify()
        text = str(self.module)
        self.assertIn("max_message = 65536", text)
        self.assertIn(r'bind = "a\22\\\C3\A9"', text)

    def test_code_of_every_output(self):
        self.add_sum()
        self.assertIn(b"define", self.module.compile(plumb.Output.LLVM_IR))
        self.assertEqual(self.module.compile(plumb.Output.BITCODE)[:2], b"BC")
        self.assertIn(b"sum:", self.module.compile(plumb.Output.ASSEMBLY))
        arm = self.module.compile(plumb.Output.OBJECT, level=2, is_library=True,
                                  triple="aarch64-linux-gnu")
        self.assertEqual((arm[:4], arm[18]), (b"\x7fELF", 183))

    def test_an_object_file_is_linked_and_runs(self):
        build = self.build
        main = self.module.function("main", [], ["i64"])
        build.block = main.entry
        build.ret(build.integer(42))
        self.assertEqual(self.run_object().returncode, 42)

    def test_a_program_runs(self):
        module = self.context.parse("func.func @main() -> i64 {\n"
                                    "  %0 = arith.constant 7 : i64\n"
                                    "  return %0 : i64\n}")
        self.assertEqual(module.jit().run_main(["seven", "a word"]), 7)

    def test_bytecode_and_lowering(self):
        self.add_sum()
        self.module.lower()
        self.assertIn("llvm.func @sum", str(self.module))

    def test_what_is_dropped_stays_alive_while_it_is_needed(self):
        def add():
            self.add_sum()
            return self.module.jit().function("sum", ctypes.c_int64, ctypes.c_int64)
        call = add()
        self.module = self.build = self.context = None
        self.assertEqual(call(5), 10)


if __name__ == "__main__":
    unittest.main()
