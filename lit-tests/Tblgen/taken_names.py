"""What plumb-tblgen accepts, compilers accept: every name that C, C++, their
libraries and MLIR have, in every place where a record has a name.

usage: taken_names.py TBLGEN MLIR_TBLGEN "-I ..." CC CXX FOLDER"""
import pathlib
import re
import subprocess
import sys

tblgen, mlir_tblgen, includes, cc, cxx, folder = sys.argv[1:]
includes = includes.split()
folder = pathlib.Path(folder)
(folder / "plumb").mkdir(parents=True, exist_ok=True)

HEADERS = ("assert ctype errno float inttypes limits locale math setjmp signal stdarg "
           "stdbool stddef stdint stdio stdlib string time wchar wctype").split()
CXX_HEADERS = ("cerrno functional memory new string type_traits vector "
               "plumb/Runtime/Guard.h").split()
KEYWORDS = """alignas alignof and and_eq asm auto bitand bitor bool break case catch char
char16_t char32_t char8_t class co_await co_return co_yield compl concept const const_cast
consteval constexpr constinit continue decltype default delete do double dynamic_cast else
enum explicit export extern false float for friend goto if inline int long mutable namespace
new noexcept not not_eq nullptr operator or or_eq private protected public register
reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast
struct switch template this thread_local throw true try typedef typeid typename typeof union
unsigned using virtual void volatile wchar_t while xor xor_eq _Bool _Atomic _Noreturn
__attribute__ __asm__ __int128 __func__ final override import module""".split()
TYPES = """int8_t int64_t uint8_t size_t plumb_str plumb_bytes plumb_slot ptrdiff_t FILE
plumb_names_shape plumb_names_shape_s plumb_names_kind plumb_names_point plumb_names_each
PLUMB_NAMES_KIND_ROUND PLUMB_NAMES_ERR_LOST PLUMB_API PLUMB_NOEXCEPT""".split()
OPERATIONS = """adaptor arguments attr attribute_name attribute_names attributes block body
build builder callee clone context create data default_dialect dialect discardable_attr dump
effects emit_error end env erase fold function generic_adaptor get hash impl index
inherent_attr intrinsic loc location memory_effects model name num_operands ods_builder
ods_operands ods_state op operand operands operation operation_name order parent parent_op
parse parser print printer properties property region regions registered_info result
result_types results rewriter self speculatability state successor successors symbol sym_name
symbol_name trait type type_id types users uses value values verify verify_symbol_uses
visibility walk""".split()
# Names that people give: none of these may be refused.
FREE = """zone delay text value name type location context state function data index count
size_in_bytes connection room message user left right source target callback handler key
loc result operand block parent dialect symbol x y z n T""".split()


def run(*command, may_fail=False, text=None):
    done = subprocess.run([str(c) for c in command], input=text, text=True, cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode and not may_fail:
        errors = [l for l in done.stdout.splitlines() if re.search("error:", l)]
        sys.exit(f"{' '.join(map(str, command))}\n" + "\n".join(errors[:60]))
    return done


def macros():
    """All that the compilers define for these headers and that are a plain name."""
    lines = "".join(f"#include <{h}.h>\n" for h in HEADERS)
    found = set()
    for compiler, how in ((cc, ["-std=gnu17", "-xc"]), (cxx, ["-std=gnu++20", "-xc++"])):
        text = run(compiler, *how, "-dM", "-E", "-", text=lines).stdout
        found |= set(re.findall(r"^#define ([A-Za-z]\w*)[ (]", text, re.MULTILINE))
    return sorted(found)


def functions():
    """What those headers declare, and libc has."""
    lines = "".join(f"#include <{h}.h>\n" for h in HEADERS + ["unistd"])
    text = run(cc, "-std=gnu17", "-xc", "-E", "-P", "-", text=lines).stdout
    return sorted(set(re.findall(r"\b([a-z]\w*) ?\(", text)) - set(KEYWORDS))


HEAD = """include "plumb/Intrinsic/Intrinsic.td"
def Names_Family : IntrinsicFamily {{
  let name = "names"; let module = "Names"; let summary = "n"; {more}
}}
def Names_Dialect : IntrinsicDialect<Names_Family, /*hasTypes=*/1>;
class Names_Intrinsic<string m> : Intrinsic<Names_Family, Names_Dialect, m> {{ let summary = "s"; }}
def Names_Shape : IntrinsicHandle<Names_Family, Names_Dialect, "Shape", "shape"> {{
  let summary = "s"; }}
def Names_Kind : IntrinsicEnum<Names_Family, "kind", Int32, [Case<"round", 0>]>;
def Names_Point : IntrinsicStruct<Names_Family, "point", [Field<"x", Float>]>;
def Names_Err : IntrinsicStatus<Names_Family, "err_lost", -900, "lost">;
def Names_Each : IntrinsicCallback<Names_Family, "each"> {{ let summary = "s"; }}
def Names_Use : Names_Intrinsic<"use"> {{ let arguments = (ins Names_Shape:$a, Names_Kind:$b,
  Names_Point:$c); let results = (outs Status:$d); }}
"""
PLACES = {
    "P": 'def Names_P{i} : Names_Intrinsic<"p_{i}"> {{ let arguments = (ins Int:${n}, Str:$zz, Span<Str>:$yy);'
         ' let results = (outs Int:$xx); }}',
    "C": 'def Names_C{i} : Names_Intrinsic<"c_{i}"> {{ let arguments = (ins Callback<Names_Each>:${n},'
         ' OptionalCallback<Names_Each>:$zz); }}',
    "R": 'def Names_R{i} : Names_Intrinsic<"r_{i}"> {{ let results = (outs Int:$zz, Out<Int>:${n}); }}',
    "K": 'def Names_K{i} : IntrinsicCallback<Names_Family, "k_{i}"> {{ let summary = "s";'
         ' let arguments = (ins Int:${n}, Str:$zz); }}',
    "F": 'def Names_F{i} : IntrinsicStruct<Names_Family, "f_{i}", [Field<"{n}", Int32>,'
         ' Field<"zz", Int>]>;',
    "M": 'def Names_M{i} : Names_Intrinsic<"{n}">;',
    "E": 'def Names_E{i} : IntrinsicEnum<Names_Family, "{n}", Int32, [Case<"{n}", 0>]>;',
    "H": 'def Names_H{i} : IntrinsicHandle<Names_Family, Names_Dialect, "H{i}", "{n}"> {{'
         ' let summary = "s"; }}',
    "B": 'def Names_B{i} : IntrinsicCallback<Names_Family, "{n}"> {{ let summary = "s"; }}',
    "S": 'def Names_S{i} : Names_Intrinsic<"s_{i}"> {{ let symbol = "{n}"; let arguments = (ins Int:$zz);'
         ' let results = (outs Int:$xx); }}',
}


def accepted(name, more, records):
    """A file with those records that are not refused; the others by what was said."""
    refused = {}
    for _ in range(4):
        path = folder / f"{name}.td"
        path.write_text(HEAD.format(more=more) + "\n".join(records) + "\n")
        done = run(tblgen, *includes, "-gen-c-header", path, "-o", "plumb/names.h",
                   may_fail=True)
        wrong = set()
        first = HEAD.count("\n") + 1
        for line, what in re.findall(r":(\d+):\d+: error: (.*)", done.stdout):
            if int(line) < first:
                sys.exit(f"{name}: line {line}: {what}")
            wrong.add(int(line) - first)
            refused.setdefault(records[int(line) - first], what)
        if not done.returncode:
            return path, refused, records
        if not wrong:
            sys.exit(done.stdout[-4000:])
        records = [r for i, r in enumerate(records) if i not in wrong]
    sys.exit(f"{name}: refused again and again:\n{done.stdout[-2000:]}")


def compiles(path, symbols):
    for what, output in (("bodies", "plumb/names.bodies.h"),
                         ("asserts", "plumb/names.asserts.h"), ("guards", "guards.cpp"),
                         ("abi-table", "table.c"), ("jit-table", "jit.cpp")):
        run(tblgen, *includes, f"-gen-{what}", path, "-o", output)
    before = "".join(f"#include <{h}.h>\n" for h in HEADERS)
    wanted = '#include "plumb/names.asserts.h"\n'
    flags = ["-fsyntax-only", "-Werror", "-Wno-unused", "-ferror-limit=0", "-I", ".", *includes]
    compilers = [(cc, "-xc", "-std=gnu11"), (cxx, "-xc++", "-std=gnu++20")]
    for compiler, *how in compilers:
        for text in (wanted, before + wanted):
            run(compiler, *how, *flags, "-", text=text)
    # The bodies' file, which has the C++ library's own names, too.
    if not symbols:
        run(cxx, "-xc++", "-std=gnu++20", *flags, "guards.cpp")


words = sorted({*KEYWORDS, *TYPES, *OPERATIONS, *FREE, *macros()})
numbered = [(i, n) for i, n in enumerate(words)]
# By its place, so that two records with the same name do not clash.
for places in ("PCRKF", "M", "E", "H", "B"):
    records = [PLACES[p].format(i=i, n=n) for p in places for i, n in numbered]
    path, refused, taken = accepted(f"names{places}", "", records)
    for record, what in refused.items():
        free = next((n for n in FREE if re.search(rf'[$"]{n}[,">)]', record)), None)
        if free and places == "PCRKF" and not (
                free == "type" and record.startswith("def Names_R")):
            sys.exit(f"'{free}' is refused: {what}\n{record}")
    print(f"{places}: {len(taken)} accepted, {len(refused)} refused")
    compiles(path, False)
    if places == "PCRKF":
        operations = path

standard = functions()
# Macros of headers that ours does not include may be symbols of somebody: MD5.
ours = run(cc, "-std=gnu17", "-xc", "-dM", "-E", "-", text="".join(
    f"#include <{h}.h>\n" for h in ("stdbool", "stddef", "stdint"))).stdout
symbols = sorted({*standard, *KEYWORDS, *TYPES, *FREE, *re.findall(
    r"^#define ([A-Za-z]\w*)[ (]", ours, re.MULTILINE)} - {"FILE"})
if symbols:
    records = [PLACES["S"].format(i=i, n=n) for i, n in enumerate(symbols)]
    path, refused, taken = accepted("symbols", "", records)
    print(f"symbols: {len(taken)} accepted, {len(refused)} refused")
    compiles(path, True)

# The classes of operations, of those names that ODS makes something of.
records = [PLACES[p].format(i=i, n=n) for p, names in (
    ("P", OPERATIONS + FREE), ("C", OPERATIONS), ("R", OPERATIONS))
    for i, n in numbered if n in names]
path, refused, taken = accepted("operations", "", records)
for what, output in (("op-decls", "ops.h"), ("op-defs", "ops.cpp"),
                     ("dialect-decls", "dialect.h"), ("dialect-defs", "dialect.cpp"),
                     ("typedef-decls", "types.h"), ("typedef-defs", "types.cpp")):
    # ODS says some of it itself, one by one.
    which = ["-dialect=names"] if what.startswith("dialect") else \
        ["-typedefs-dialect=names"] if what.startswith("typedef") else []
    run(mlir_tblgen, f"-gen-{what}", *which, *includes, path, "-o", output)
(folder / "all.cpp").write_text("""
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "dialect.h"
#define GET_TYPEDEF_CLASSES
#include "types.h"
#define GET_OP_CLASSES
#include "ops.h"
#include "dialect.cpp"
#define GET_TYPEDEF_CLASSES
#include "types.cpp"
#define GET_OP_CLASSES
#include "ops.cpp"
void plumb::names::NamesDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "ops.cpp"
  >();
}
""")
run(cxx, "-std=c++20", "-fsyntax-only", "-fno-rtti", "-w", *includes, "all.cpp")
print(f"operations: {len(taken)} accepted, {len(refused)} refused")
