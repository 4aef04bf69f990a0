"""A program that calls every row of a family, and a runtime in C. Each side
checks every value that the other passes; what is wrong is told to `fail`."""

from kinds import Text, zero


class Function:
    """The body of an MLIR function."""

    def __init__(self, family):
        self.family, self.lines, self.count = family, [], 0

    def op(self, text):
        self.count += 1
        self.lines.append("  %%v%d = %s" % (self.count, text))
        return "%%v%d" % self.count

    def expect(self, row, what, ok):
        true = self.op("arith.constant true")
        bad = self.op("arith.xori %s, %s : i1" % (ok, true))
        ids = [self.op("arith.constant %d : i64" % i) for i in (row, what)]
        self.lines.append(
            '  scf.if %s { intr.call "%s.fail"(%s, %s) : (i64, i64) -> () }'
            % (bad, self.family, *ids))


def callback_values(row, callback):
    """What the runtime passes and what the program answers."""
    import random
    rng = random.Random(row.index)
    values = [t.random(rng) for t in callback.params]
    return values, callback.result and callback.result.random(rng)


def is_callback(param):
    return "callback" in param.how or "function" in param.how


def given_environment(row):
    """The parameter, or None."""
    return next((p for p in row.params if p.name == "where"), None)


def callback_function(family, row, param):
    callback, out = param.of, Function(family.name)
    values, result = callback_values(row, callback)
    types = [t.mlir for t in callback.params]
    for i, (t, v) in enumerate(zip(callback.params, values)):
        out.expect(row.index, 100 + i, t.check(out, v, "%%p%d" % i))
    where = given_environment(row)
    if where and "function" in param.how:
        got = "%%p%d" % len(types)
        types.append("!intr.slot")
        out.expect(row.index, 199, where.of.check(out, where.value, got))
    head = "func.func @%s_%s(%s)" % (row.name, param.name, ", ".join(
        "%%p%d: %s" % x for x in enumerate(types)))
    if callback.result:
        made = callback.result.make(out, result)
        out.lines.append("  return %s : %s" % (made, callback.result.mlir))
        head += " -> " + callback.result.mlir
    else:
        out.lines.append("  return")
    return "%s {\n%s\n}\n" % (head, "\n".join(out.lines))


def out_value(row, param):
    """The function leaves every fourth alone: it is zero then."""
    if (row.index + len(param.name)) % 4:
        return param.value
    return zero(param.of)


def row_function(family, row):
    out, operands, types, attributes = Function(family.name), [], [], []
    results = [(row.result, row.value)] if row.result else []
    for p in row.params:
        if is_callback(p):
            if p.value is not None:
                attributes.append("%s = @%s_%s" % (p.name, row.name, p.name))
        elif p.how == "out":
            results.append((p.of, out_value(row, p)))
        else:
            operands.append(p.of.make(out, p.value))
            types.append(p.of.mlir)
    for t, v in row.tail:
        operands.append(t.make(out, v))
        types.append(t.mlir)
    call = 'intr.call "%s.%s"(%s) {%s} : (%s) -> (%s)' % (
        family.name, row.name, ", ".join(operands), ", ".join(attributes),
        ", ".join(types), ", ".join(t.mlir for t, _ in results))
    if results:
        out.lines.append("  %%r:%d = %s" % (len(results), call))
    else:
        out.lines.append("  " + call)
    for i, (t, v) in enumerate(results):
        out.expect(row.index, 200 + i, t.check(out, v, "%%r#%d" % i))
    text = "func.func @%s() {\n%s\n  return\n}\n" % (row.name,
                                                    "\n".join(out.lines))
    return text + "".join(callback_function(family, row, p)
                          for p in row.params
                          if is_callback(p) and p.value is not None)


def program(family, triple):
    rows = "".join(row_function(family, r) for r in family.rows)
    calls = "".join("  call @%s() : () -> ()\n" % r.name for r in family.rows)
    return ('module attributes {llvm.target_triple = "%s"} {\n%s'
            "func.func @run() {\n%s  return\n}\n}\n" % (triple, rows, calls))


# The runtime.

def call_back(row, param):
    callback = param.of
    if param.value is None:
        return ["expect(%d, 300, !%s);" % (row.index, param.name)]
    values, result = callback_values(row, callback)
    arguments = [t.in_c(v) for t, v in zip(callback.params, values)]
    lines = []
    if callback.environment is not None:
        where = given_environment(row)
        isPair = "callback" in param.how
        if isPair:
            lines.append("expect(%d, 301, !%s_env);" % (row.index, param.name))
        arguments.insert(callback.environment,
                         "%s_env" % param.name if isPair else "where")
    call = "%s(%s)" % (param.name, ", ".join(arguments))
    if not callback.result:
        return lines + [call + ";"]
    return lines + ["%s got_%s = %s;" % (callback.result.c, param.name, call),
                    "expect(%d, 302, %s);" % (row.index, callback.result.check_c(
                        result, "got_" + param.name))]


def read_tail(row, last):
    lines = ["va_list tail; va_start(tail, %s);" % last]
    for i, (t, v) in enumerate(row.tail):
        promoted = ("int" if t.mlir in ("i1", "i8", "i16") else
                    "double" if t.mlir == "f32" else t.c)
        lines.append("expect(%d, %d, %s);" % (row.index, 400 + i, t.check_c(
            v, "(%s)va_arg(tail, %s)" % (t.c, promoted))))
    return lines + ["va_end(tail);"]


def body(row):
    params, lines = [], ["++calls;"]
    for i, p in enumerate(row.params):
        name, of = p.name, p.of
        if is_callback(p):
            params.append("%s %s" % (of.c, name))
            if "callback" in p.how:
                params.append("void *%s_env" % name)
            lines += call_back(row, p)
            continue
        if p.how == "span":
            params += ["const uint8_t *" + name, "size_t %s_len" % name]
            lines.append('expect(%d, %d, %s_len == %d && !memcmp(%s, "%s", %d))'
                         ";" % (row.index, i, name, len(p.value), name, p.value,
                                len(p.value)))
        elif p.how == "out":
            params.append(of.declare("*" + name))
            if (row.index + len(name)) % 4:
                lines.append("*%s = %s;" % (name, of.in_c(p.value)))
        else:
            isPointer = p.how == "pointer"
            params.append("const %s *%s" % (of.c, name) if isPointer
                          else of.declare(name))
            lines.append("expect(%d, %d, %s);" % (row.index, i, of.check_c(
                p.value, "*" + name if isPointer else name)))
    if row.variadic:
        last = params[-1].split()[-1].lstrip("*") if params else "..."
        params.append("...")
        lines += read_tail(row, last) if last != "..." else []
    result = "void "
    if row.result:
        result = row.result.declare("")
        value = row.result.in_c(row.value)
        if isinstance(row.result, Text):
            lines.append("static struct { uint64_t len; char data[16]; } text "
                         '= {%d, "%s"};' % (len(row.value), row.value))
            value = "(%s)&text" % row.result.c
        lines.append("return %s;" % value)
    return "%s%s(%s) {\n  %s\n}\n" % (
        result, row.symbol, ", ".join(params) or "void", "\n  ".join(lines))


def runtime(family):
    name = family.name
    prefix = "plumb_" + name + "_"
    same = "".join(
        "bool %ssame_%s(const plumb_%s *a, const plumb_%s *b) { return a->len "
        "== b->len && !memcmp(a->data, b->data, a->len); }\n" % (prefix, t, t, t)
        for t in ("str", "bytes"))
    return ('#include "plumb/%s.h"\n#include <stdarg.h>\n#include <stdio.h>\n'
            "#include <string.h>\nstatic int calls, failures;\n"
            "void %sfail(int64_t row, int64_t what) { ++failures; "
            'printf("row %%d, %%d: wrong value\\n", (int)row, (int)what); }\n'
            "static void expect(int row, int what, bool ok) { if (!ok) "
            "%sfail(row, what); }\n%s%s"
            "void run(void);\nint main(void) { run(); "
            'printf("%%d calls, %%d failures\\n", calls, failures); '
            "return failures != 0 || calls != %d; }\n" % (
                name, prefix, prefix, same,
                "\n".join(body(r) for r in family.rows), len(family.rows)))
