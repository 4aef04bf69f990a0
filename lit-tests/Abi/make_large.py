"""Writes C with many functions of many types.

usage: make_large.py COUNT [wrong]
`wrong`: every function has another result than without.
"""
import random
import sys

count, wrong = int(sys.argv[1]), len(sys.argv) > 2
random.seed(22)
handles = [f"struct large_h{i}" for i in range(12)]
scalars = ["int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t",
           "int64_t", "uint64_t", "float", "double", "bool", "enum large_day"]
pointers = ["const char *", "void *", "int32_t *", "const double *"]
print("""#include <stdbool.h>
#include <stdint.h>
enum large_day { LARGE_MONDAY, LARGE_TUESDAY, LARGE_SUNDAY = 6 };
typedef struct { int32_t x; double y; } large_point;
typedef bool (*large_visit)(int64_t index, const char *name, void *user);
#ifdef __cplusplus
extern "C" {
#endif""")
for handle in handles:
    print(f"{handle};")
for i in range(count):
    params = [random.choice(scalars + pointers + ["large_point"] +
                            [h + " *" for h in handles])
              for _ in range(random.randrange(7))]
    text = [f"{t} a{n}" for n, t in enumerate(params)]
    if i % 10 == 0:
        text += ["large_visit visit", "void *user"]
    result = scalars[i % 11]
    if wrong:
        result = "double" if result != "double" else "int64_t"
    print(f"{result} large_f{i}({', '.join(text) or 'void'}) {{ return 0; }}")
print("""#ifdef __cplusplus
}
#endif""")
