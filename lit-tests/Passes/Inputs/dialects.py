"""Each operation of the upstream dialects that programs may use, run, or refused.

  dialects.py <plumb-run> <MLIR's headers> <folder> <page of the documentation>

An operation that MLIR's records have, and that is not here, is a failure; so is one
that the page counts wrongly.
"""

import math
import os
import re
import subprocess
import sys

# What every sample may use.
VALUES = [("i", "i64", "7"), ("j", "i64", "-2"), ("x", "f64", "0.5"), ("y", "f64", "2.0"),
          ("n", "index", "3"), ("c", "i1", "true"), ("k", "i32", "1")]
I, J, X, Y, N = 7, -2, .5, 2., 3

RUNS, REFUSED, PARTS = {}, {}, {}


def runs(name, type, expected, body, outside=""):
    """A sample that gives %r of the type."""
    RUNS.setdefault(name.split()[0], []).append((name, type, expected, body, outside))


def refused(name, body, outside=""):
    REFUSED[name] = (body, outside)


def part(whole, *names):
    """Ends or begins a region of another one, whose sample has it."""
    PARTS.update({name: whole for name in names})


def memory(body, type="memref<8xi64>"):
    """With %m, in which %m[3] is 7."""
    return (f"%m = memref.alloc() : {type}\nmemref.store %i, %m[%n] : {type}\n{body}\n"
            f"memref.dealloc %m : {type}")


# arith
for op, expected in {
        "addi": I + J, "andi": I & J, "ceildivsi": -3, "ceildivui": 1, "divsi": -3, "divui": 0,
        "floordivsi": -4, "maxsi": 7, "maxui": -2, "minsi": -2, "minui": 7, "muli": -14,
        "ori": I | J, "remsi": 1, "remui": 7, "subi": 9, "xori": I ^ J}.items():
    runs(f"arith.{op}", "i64", expected, f"%r = arith.{op} %i, %j : i64")
for op, expected in {"shli": 14, "shrsi": -1, "shrui": 2**63 - 1}.items():
    runs(f"arith.{op}", "i64", expected, f"%1 = arith.constant 1 : i64\n%r = arith.{op} "
         f"{'%i' if op == 'shli' else '%j'}, %1 : i64")
for op, expected in {"addf": 2.5, "divf": .25, "maximumf": 2., "maxnumf": 2., "minimumf": .5,
                     "minnumf": .5, "mulf": 1., "remf": .5, "subf": -1.5}.items():
    runs(f"arith.{op}", "f64", expected, f"%r = arith.{op} %x, %y : f64")
runs("arith.addui_extended", "i1", 1, "%s, %r = arith.addui_extended %i, %j : i64, i1")
runs("arith.mulsi_extended", "i64", -1, "%s, %r = arith.mulsi_extended %i, %j : i64")
runs("arith.mului_extended", "i64", 6, "%s, %r = arith.mului_extended %i, %j : i64")
runs("arith.bitcast", "f64", .5, "%b = arith.bitcast %x : f64 to i64\n"
     "%r = arith.bitcast %b : i64 to f64")
runs("arith.cmpf", "i1", 1, "%r = arith.cmpf olt, %x, %y : f64")
runs("arith.cmpi", "i1", 0, "%r = arith.cmpi ult, %j, %i : i64")
runs("arith.truncf", "f64", .5, "%s = arith.truncf %x : f64 to f32\n"
     "%r = arith.extf %s : f32 to f64")
runs("arith.extf", "f64", 1.5, "%s = arith.constant 1.5 : f32\n"
     "%r = arith.extf %s : f32 to f64")
runs("arith.trunci", "i64", -2, "%s = arith.trunci %j : i64 to i8\n"
     "%r = arith.extsi %s : i8 to i64")
runs("arith.extsi", "i64", -1, "%r = arith.extsi %c : i1 to i64")
runs("arith.extui", "i64", 1, "%r = arith.extui %c : i1 to i64")
runs("arith.fptosi", "i64", 2, "%r = arith.fptosi %y : f64 to i64")
runs("arith.fptoui", "i64", 2, "%r = arith.fptoui %y : f64 to i64")
runs("arith.sitofp", "f64", -2., "%r = arith.sitofp %j : i64 to f64")
runs("arith.uitofp", "f64", 7., "%r = arith.uitofp %i : i64 to f64")
runs("arith.index_cast", "index", 7, "%r = arith.index_cast %i : i64 to index")
runs("arith.index_castui", "index", 1, "%r = arith.index_castui %k : i32 to index")
runs("arith.negf", "f64", -.5, "%r = arith.negf %x : f64")
runs("arith.select", "f64", .5, "%r = arith.select %c, %x, %y : f64")
runs("arith.constant", "i64", 5, "%r = arith.constant 5 : i64")
runs("arith.constant vector", "i64", 14, "%v = arith.constant dense<7> : vector<2xi64>\n"
     "%w = arith.addi %v, %v : vector<2xi64>\n%z = arith.constant 0 : i64\n"
     "%r = llvm.extractelement %w[%z : i64] : vector<2xi64>")
F4 = "%e = arith.constant 1.0 : f8E8M0FNU\n"
refused("arith.scaling_extf", F4 + "%s = arith.constant 1.0 : f4E2M1FN\n"
        "%r = arith.scaling_extf %s, %e : f4E2M1FN, f8E8M0FNU to f32")
refused("arith.scaling_truncf", F4 + "%s = arith.constant 1.0 : f32\n"
        "%r = arith.scaling_truncf %s, %e : f32, f8E8M0FNU to f4E2M1FN")

# math
ONE = {op: getattr(math, op) for op in (
    "acosh asinh atanh acos asin atan ceil cos cosh erf erfc exp expm1 floor log "
    "log10 log1p log2 sin sinh sqrt tan tanh trunc").split()}
ONE |= {"absf": abs, "cbrt": lambda v: v ** (1 / 3), "exp2": lambda v: 2 ** v, "round": round,
        "roundeven": round, "rsqrt": lambda v: v ** -.5}
for op, function in ONE.items():
    at = Y if op in ("acosh", "round", "roundeven", "ceil") else X
    runs(f"math.{op}", "f64", float(function(at)),
         f"%r = math.{op} {'%y' if at == Y else '%x'} : f64")
for op, expected in {"isfinite": 1, "isinf": 0, "isnan": 0, "isnormal": 1}.items():
    runs(f"math.{op}", "i1", expected, f"%r = math.{op} %x : f64")
runs("math.isinf yes", "i1", 1, "%z = arith.constant 0xFFF0000000000000 : f64\n"
     "%r = math.isinf %z : f64")
runs("math.isinf vector", "i1", 0, "%z = arith.constant dense<1.0> : vector<2xf32>\n"
     "%v = math.isinf %z : vector<2xf32>\n%0 = arith.constant 0 : i64\n"
     "%r = llvm.extractelement %v[%0 : i64] : vector<2xi1>")
for value in ("0x7FF0000000000000", "0x7FF8000000000000", "0.0", "0x000FFFFFFFFFFFFF"):
    runs(f"math.isnormal {value}", "i1", 0, f"%z = arith.constant {value} : f64\n"
         "%r = math.isnormal %z : f64")
for op, expected in {"absi": 2, "ctlz": 0, "ctpop": 63, "cttz": 1}.items():
    runs(f"math.{op}", "i64", expected, f"%r = math.{op} %j : i64")
runs("math.atan2", "f64", math.atan2(X, Y), "%r = math.atan2 %x, %y : f64")
runs("math.copysign", "f64", .5, "%r = math.copysign %x, %y : f64")
runs("math.powf", "f64", X ** Y, "%r = math.powf %x, %y : f64")
runs("math.fma", "f64", X * Y + X, "%r = math.fma %x, %y, %x : f64")
for value, clamped in {"0.5": 1., "1.5": 1.5, "7.0": 2.}.items():
    runs(f"math.clampf {value}", "f64", clamped, f"%v = arith.constant {value} : f64\n"
         "%one = arith.constant 1.0 : f64\n%r = math.clampf %v to [%one, %y] : f64")
runs("math.fpowi", "f64", .5, "%r = math.fpowi %x, %k : f64, i32")
runs("math.ipowi", "i64", 49, "%two = arith.constant 2 : i64\n%r = math.ipowi %i, %two : i64")
runs("math.sincos", "f64", math.cos(X), "%s, %r = math.sincos %x : f64")

# index
INDEX = "%m = index.constant 8\n"
for op, expected in {
        "add": 11, "and": 0, "ceildivs": 3, "ceildivu": 3, "divs": 2, "divu": 2, "floordivs": 2,
        "maxs": 8, "maxu": 8, "mins": 3, "minu": 3, "mul": 24, "or": 11, "rems": 2, "remu": 2,
        "shl": 64, "shrs": 1, "shru": 1, "sub": 5, "xor": 11}.items():
    runs(f"index.{op}", "index", expected, INDEX + f"%r = index.{op} %m, %n")
runs("index.cmp", "i1", 0, INDEX + "%r = index.cmp slt(%m, %n)")
runs("index.casts", "i64", 3, "%r = index.casts %n : index to i64")
runs("index.castu", "i64", 3, "%r = index.castu %n : index to i64")
runs("index.constant", "index", 8, "%r = index.constant 8")
runs("index.bool.constant", "i1", 1, "%r = index.bool.constant true")
runs("index.sizeof", "index", 64, "%r = index.sizeof")

# scf; a text is made in each body
BOUNDS = "%zero = index.constant 0\n%one = index.constant 1\n"
CELL = memory("@BODY@\n%r = memref.load %m[%n] : memref<8xi64>")
COUNT = ("%old = memref.load %m[%n] : memref<8xi64>\n%t = str.from_int %old\n"
         "%l = str.length %t\n%new = arith.addi %old, %l : i64\n"
         "memref.store %new, %m[%n] : memref<8xi64>\n")


def counted(head, tail=""):
    return BOUNDS + CELL.replace("@BODY@", head + " {\n" + COUNT + tail + "}")


runs("scf.for", "i64", 10, counted("scf.for %q = %zero to %n step %one"))
runs("scf.for unsigned", "i64", 10, counted("scf.for unsigned %q = %zero to %n step %one"))
runs("scf.forall", "i64", 10, counted("scf.forall (%q) in (%n)"))
runs("scf.parallel", "i64", 10, counted("scf.parallel (%q) = (%zero) to (%n) step (%one)",
                                        "scf.reduce\n"))
runs("scf.reduce", "i64", 28, BOUNDS +
     "%r = scf.parallel (%q) = (%zero) to (%n) step (%one) init(%i) -> i64 {\n"
     "scf.reduce(%i : i64) {\n^bb0(%a: i64, %b: i64):\n%s = arith.addi %a, %b : i64\n"
     "scf.reduce.return %s : i64\n}\n}")
part("scf.reduce", "scf.reduce.return")
runs("scf.if", "i64", 1, "%r = scf.if %c -> i64 {\n%t = str.from_int %i\n%l = str.length %t\n"
     "scf.yield %l : i64\n} else {\nscf.yield %i : i64\n}")
runs("scf.while", "i64", 10, "%ten = arith.constant 10 : i64\n"
     "%r = scf.while (%a = %i) : (i64) -> i64 {\n%d = arith.cmpi slt, %a, %ten : i64\n"
     "scf.condition(%d) %a : i64\n} do {\n^bb0(%b: i64):\n%t = str.from_int %b\n"
     "%l = str.length %t\n%s = arith.addi %b, %l : i64\nscf.yield %s : i64\n}")
runs("scf.index_switch", "i64", -2, "%r = scf.index_switch %n -> i64\ncase 3 {\n"
     "scf.yield %j : i64\n}\ndefault {\nscf.yield %i : i64\n}")
runs("scf.execute_region", "i64", 1, "%r = scf.execute_region -> i64 {\n%t = str.from_int %i\n"
     "cf.br ^b\n^b:\n%l = str.length %t\nscf.yield %l : i64\n}")
part("scf.while", "scf.condition", "scf.yield")
part("scf.forall", "scf.forall.in_parallel")

# cf
runs("cf.br", "i64", 7, "%r = scf.execute_region -> i64 {\ncf.br ^b(%i : i64)\n^b(%a: i64):\n"
     "scf.yield %a : i64\n}")
runs("cf.cond_br", "i64", -2, "%r = scf.execute_region -> i64 {\n"
     "cf.cond_br %c, ^b(%j : i64), ^b(%i : i64)\n^b(%a: i64):\nscf.yield %a : i64\n}")
runs("cf.switch", "i64", -2, "%r = scf.execute_region -> i64 {\ncf.switch %k : i32, [\n"
     "default: ^b(%i : i64),\n1: ^b(%j : i64)\n]\n^b(%a: i64):\nscf.yield %a : i64\n}")
runs("cf.assert", "i64", 7, 'cf.assert %c, "no"\n%r = arith.addi %i, %z : i64'.replace(
    "%r", "%z = arith.constant 0 : i64\n%r", 1))

# func
SUM = ("func.func private @sum(%a: i64, %b: i64) -> (i64, i64) {\n"
       "%s = arith.addi %a, %b : i64\nreturn %s, %a : i64, i64\n}\n")
runs("func.call", "i64", 5, "%r, %q = func.call @sum(%i, %j) : (i64, i64) -> (i64, i64)", SUM)
runs("func.constant", "i64", 5, "%f = func.constant @sum : (i64, i64) -> (i64, i64)\n"
     "%r, %q = func.call_indirect %f(%i, %j) : (i64, i64) -> (i64, i64)")
part("func.constant", "func.call_indirect")
part("func.call", "func.func", "func.return")

# ub
runs("ub.poison", "i64", 7, "%p = ub.poison : i64\n%r = arith.select %c, %i, %p : i64")
runs("ub.unreachable", "i64", 7, "%r = func.call @unreached(%c, %i) : (i1, i64) -> i64",
     "func.func private @unreached(%c: i1, %a: i64) -> i64 {\ncf.cond_br %c, ^a, ^b\n^a:\n"
     "return %a : i64\n^b:\nub.unreachable\n}\n")

# memref
LOAD = "\n%r = memref.load %p[%n] : memref<8xi64>"
runs("memref.alloc", "i64", 7, memory("%r = memref.load %m[%n] : memref<8xi64>"))
part("memref.alloc", "memref.dealloc", "memref.load", "memref.store")
runs("memref.alloca", "i64", 7, "%p = memref.alloca() : memref<8xi64>\n"
     "memref.store %i, %p[%n] : memref<8xi64>" + LOAD)
runs("memref.alloca_scope", "i64", 7, "%r = memref.alloca_scope -> (i64) {\n"
     "%p = memref.alloca() : memref<8xi64>\nmemref.store %i, %p[%n] : memref<8xi64>\n"
     "%s = memref.load %p[%n] : memref<8xi64>\nmemref.alloca_scope.return %s : i64\n}")
part("memref.alloca_scope", "memref.alloca_scope.return")
runs("memref.realloc", "i64", 7, "%m = memref.alloc() : memref<8xi64>\n"
     "memref.store %i, %m[%n] : memref<8xi64>\n"
     "%p = memref.realloc %m : memref<8xi64> to memref<16xi64>\n"
     "%r = memref.load %p[%n] : memref<16xi64>\nmemref.dealloc %p : memref<16xi64>")
runs("memref.assume_alignment", "i64", 7, memory(
    "%p = memref.assume_alignment %m, 8 : memref<8xi64>" + LOAD))
runs("memref.distinct_objects", "i64", 7, memory(
    "%o = memref.alloca() : memref<8xi64>\n"
    "%p, %q = memref.distinct_objects %m, %o : memref<8xi64>, memref<8xi64>" + LOAD))
for op, expected in {"addi": 5, "andi": I & J, "assign": -2, "maxs": 7, "mins": -2, "ori": I | J,
                     "maxu": -2, "minu": 7, "xori": I ^ J}.items():
    runs(f"memref.atomic_rmw {op}", "i64", expected, memory(
        f"%o = memref.atomic_rmw {op} %j, %m[%n] : (i64, memref<8xi64>) -> i64\n"
        "%r = memref.load %m[%n] : memref<8xi64>"))
refused("memref.atomic_rmw muli", memory(
    "%r = memref.atomic_rmw muli %j, %m[%n] : (i64, memref<8xi64>) -> i64"))
runs("memref.generic_atomic_rmw", "i64", 14, memory(
    "%o = memref.generic_atomic_rmw %m[%n] : memref<8xi64> {\n^bb0(%a: i64):\n"
    "%b = arith.addi %a, %a : i64\nmemref.atomic_yield %b : i64\n}\n"
    "%r = memref.load %m[%n] : memref<8xi64>"))
part("memref.generic_atomic_rmw", "memref.atomic_yield")
runs("memref.cast", "i64", 7, memory("%p = memref.cast %m : memref<8xi64> to memref<?xi64>\n"
                                     "%r = memref.load %p[%n] : memref<?xi64>"))
FLAT = "\n%u = index.constant 0\n%v = index.constant 1\n"
runs("memref.expand_shape", "i64", 7, FLAT + memory(
    "%p = memref.expand_shape %m [[0, 1]] output_shape [2, 4] : memref<8xi64> into "
    "memref<2x4xi64>\n%r = memref.load %p[%u, %n] : memref<2x4xi64>"))
runs("memref.collapse_shape", "i64", 7, FLAT + "%m = memref.alloca() : memref<2x4xi64>\n"
     "memref.store %i, %m[%u, %n] : memref<2x4xi64>\n"
     "%p = memref.collapse_shape %m [[0, 1]] : memref<2x4xi64> into memref<8xi64>" + LOAD)
runs("memref.copy", "i64", 7, memory("%p = memref.alloca() : memref<8xi64>\n"
                                     "memref.copy %m, %p : memref<8xi64> to memref<8xi64>" + LOAD))
STRIDED = "memref<4xi64, strided<[2], offset: 1>>"
VIEW = f"%w = memref.subview %m[1][4][2] : memref<8xi64> to {STRIDED}\n"
runs("memref.copy strided", "i64", 7, FLAT + memory(
    VIEW + f"%p = memref.alloca() : memref<4xi64>\nmemref.copy %w, %p : {STRIDED} to "
    "memref<4xi64>\n%r = memref.load %p[%v] : memref<4xi64>"))
runs("memref.subview", "i64", 7, FLAT + memory(VIEW + f"%r = memref.load %w[%v] : {STRIDED}"))
runs("memref.dim", "index", 8, FLAT + memory("%r = memref.dim %m, %u : memref<8xi64>"))
runs("memref.rank", "index", 1, memory("%p = memref.cast %m : memref<8xi64> to memref<*xi64>\n"
                                       "%r = memref.rank %p : memref<*xi64>"))
runs("memref.extract_aligned_pointer_as_index", "i1", 1, FLAT + memory(
    "%p = memref.extract_aligned_pointer_as_index %m : memref<8xi64> -> index\n"
    "%r = index.cmp ne(%p, %u)"))
runs("memref.extract_strided_metadata", "index", 8, memory(
    "%b, %o, %r, %t = memref.extract_strided_metadata %m : memref<8xi64> -> memref<i64>, index, "
    "index, index"))
runs("memref.global", "i64", 11, "%p = memref.get_global @cell : memref<i64>\n"
     "%r = memref.load %p[] : memref<i64>",
     'memref.global "private" @cell : memref<i64> = dense<11>\n')
part("memref.global", "memref.get_global")
runs("memref.memory_space_cast", "i64", 7, memory(
    "%q = memref.memory_space_cast %m : memref<8xi64> to memref<8xi64, 1>\n"
    "%p = memref.memory_space_cast %q : memref<8xi64, 1> to memref<8xi64>" + LOAD))
runs("memref.prefetch", "i64", 7, memory(
    "memref.prefetch %m[%n], read, locality<3>, data : memref<8xi64>\n"
    "%r = memref.load %m[%n] : memref<8xi64>"))
runs("memref.reinterpret_cast", "i64", 7, FLAT + memory(
    "%p = memref.reinterpret_cast %m to offset: [0], sizes: [2, 4], strides: [4, 1] : "
    "memref<8xi64> to memref<2x4xi64>\n%r = memref.load %p[%u, %n] : memref<2x4xi64>"))
runs("memref.reshape", "i64", 7, FLAT + memory(
    "%two = index.constant 2\n%four = index.constant 4\n%s = memref.alloca() : memref<2xindex>\n"
    "memref.store %two, %s[%u] : memref<2xindex>\nmemref.store %four, %s[%v] : memref<2xindex>\n"
    "%p = memref.reshape %m(%s) : (memref<8xi64>, memref<2xindex>) -> memref<2x4xi64>\n"
    "%r = memref.load %p[%u, %n] : memref<2x4xi64>"))
runs("memref.transpose", "i64", 7, FLAT + "%m = memref.alloca() : memref<2x4xi64>\n"
     "memref.store %i, %m[%u, %n] : memref<2x4xi64>\n"
     "%p = memref.transpose %m (a, b) -> (b, a) : memref<2x4xi64> to "
     "memref<4x2xi64, strided<[1, 4]>>\n"
     "%r = memref.load %p[%n, %u] : memref<4x2xi64, strided<[1, 4]>>")
runs("memref.view", "i64", 7, FLAT + "%m = memref.alloca() : memref<64xi8>\n"
     "%p = memref.view %m[%u][] : memref<64xi8> to memref<8xi64>\n"
     "memref.store %i, %p[%n] : memref<8xi64>" + LOAD)
DMA = "%t = memref.alloca() : memref<1xi32>\n%o = memref.alloca() : memref<8xi64>\n"
refused("memref.dma_start", DMA + memory(
    "memref.dma_start %m[%n], %o[%n], %n, %t[%n] : memref<8xi64>, memref<8xi64>, memref<1xi32>"))
refused("memref.dma_wait", DMA + "memref.dma_wait %t[%n], %n : memref<1xi32>")

DIALECTS = {"arith": "Arith", "cf": "ControlFlow", "func": "Func", "index": "Index",
            "math": "Math", "memref": "MemRef", "scf": "SCF", "ub": "UB"}


def recorded(headers):
    """The operations that MLIR's records define."""
    names = set()
    for dialect, folder in DIALECTS.items():
        path = os.path.join(headers, "mlir/Dialect", folder, "IR")
        for file in os.listdir(path):
            if file.endswith("Ops.td"):
                text = open(os.path.join(path, file)).read()
                names |= {f"{dialect}.{n}" for n in re.findall(
                    r'^(?:def \w+)?\s*:\s*\w+<\s*(?:\w+_Dialect,\s*)?"([a-z][a-z0-9_.]*)"',
                    text, re.M)}
    return names


TO_I64 = {"i64": "", "i1": "%z = arith.extui %r : i1 to i64",
          "index": "%z = arith.index_cast %r : index to i64",
          "f64": "%k0 = arith.constant 1000.0 : f64\n%k1 = arith.mulf %r, %k0 : f64\n"
                 "%k2 = math.roundeven %k1 : f64\n%z = arith.fptosi %k2 : f64 to i64"}


def function(index, type, body):
    arguments = ", ".join(f"%{n}: {t}" for n, t, _ in VALUES)
    end = TO_I64[type].replace("%z", "%zz").replace("%k", "%kk")
    return (f"func.func private @f{index}({arguments}) -> i64 {{\n{body}\n{end}\n"
            f"return {'%zz' if end else '%r'} : i64\n}}\n")


def program(samples):
    text, main = "", "func.func @main() {\n"
    for name, type, value in VALUES:
        main += f"%{name} = arith.constant {value}" + (
            f" : {type}\n" if type != "i1" else "\n")
    seen = set()
    for index, (name, type, _, body, outside) in enumerate(samples):
        text += (outside if outside not in seen else "") + function(index, type, body)
        seen.add(outside)
        main += (f"%v{index} = func.call @f{index}({', '.join('%' + n for n, _, _ in VALUES)}) : "
                 f"({', '.join(t for _, t, _ in VALUES)}) -> i64\n"
                 f"%t{index} = str.from_int %v{index}\n%s{index} = io.print %t{index}\n")
    return text + main + "return\n}\n"


def main():
    run, headers, folder, page = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    failures = []
    samples = [s for all in RUNS.values() for s in all]
    path = os.path.join(folder, "runs.mlir")
    open(path, "w").write(program(samples))
    for level in ("-O0", "-O2"):
        done = subprocess.run([run, level, path], capture_output=True, text=True)
        if done.returncode:
            failures.append(done.stderr)
        for (name, type, expected, _, _), got in zip(samples, done.stdout.split()):
            wanted = round(expected * 1000) if type == "f64" else expected
            if int(got) != wanted:
                failures.append(f"{name} at {level}: {got}, not {wanted}")
    for name, (body, outside) in REFUSED.items():
        text = outside + function(0, "i64", body + "\n%r2 = arith.constant 0 : i64").replace(
            "return %r :", "return %r2 :")
        path = os.path.join(folder, "refused.mlir")
        open(path, "w").write(text + "func.func @main() {\nreturn\n}\n")
        done = subprocess.run([run, path], capture_output=True, text=True)
        if not done.returncode or f"'{name.split()[0]}' with these types has no" not in done.stderr:
            failures.append(f"{name} is not refused: {done.stderr}")
    known = set(RUNS) | {n.split()[0] for n in REFUSED} | set(PARTS)
    there = recorded(headers)
    failures += [f"{name}: no sample, and not refused" for name in sorted(there - known)]
    failures += [f"{name}: MLIR has no such operation" for name in sorted(known - there)]
    words = open(page).read()
    for dialect in DIALECTS:
        all = {n for n in known if n.startswith(dialect + ".")}
        if f"| `{dialect}` | {len(all)} |" not in words:
            failures.append(f"{page}: `{dialect}` has {len(all)} operations")
    for name in {n.split()[0] for n in REFUSED}:
        if f"`{name}`" not in words:
            failures.append(f"{page}: does not say that {name} is refused")
    print("\n".join(failures + [f"{len(known)} operations, {len(failures)} failures"]))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
