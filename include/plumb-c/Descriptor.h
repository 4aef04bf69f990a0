/*===- Descriptor.h - The family descriptor ----------------------*- C -*-===*\
|*                                                                          *|
|* What plumb-tblgen makes of a family file: plain constant data. Every pass *|
|* and tool asks the registry of these tables; none spells an intrinsic's    *|
|* name. All pointers are to static storage that is never freed and never    *|
|* changes, so tables may be read from any thread. Text is UTF-8 and ends    *|
|* with a zero. A pointer that may be null says so.                          *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_DESCRIPTOR_H
#define PLUMB_C_DESCRIPTOR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Raised when the meaning or layout of a struct below changes.
#define PLUMB_INTR_DESCRIPTOR_VERSION 4

/// The LLVM type that a value has at the call.
typedef enum plumb_intr_llvm_type {
  PLUMB_INTR_LLVM_VOID,
  PLUMB_INTR_LLVM_PTR,
  PLUMB_INTR_LLVM_I1,
  PLUMB_INTR_LLVM_I8,
  PLUMB_INTR_LLVM_I16,
  PLUMB_INTR_LLVM_I32,
  PLUMB_INTR_LLVM_I64,
  PLUMB_INTR_LLVM_F32,
  PLUMB_INTR_LLVM_F64,
  PLUMB_INTR_LLVM_STRUCT ///< see plumb_intr_type::structure
} plumb_intr_llvm_type;

/// Parameter and result attributes, as bits. ZEROEXT and SIGNEXT say that a
/// narrow integer is unsigned or signed; the target decides whether its C
/// compilers extend one of that width.
enum {
  PLUMB_INTR_ATTR_NONNULL = 1 << 0,
  PLUMB_INTR_ATTR_READONLY = 1 << 1,
  PLUMB_INTR_ATTR_NOCAPTURE = 1 << 2,
  PLUMB_INTR_ATTR_ZEROEXT = 1 << 3,
  PLUMB_INTR_ATTR_SIGNEXT = 1 << 4,
  PLUMB_INTR_ATTR_NOUNDEF = 1 << 5,
  PLUMB_INTR_ATTR_NOALIAS = 1 << 6
};

typedef struct plumb_intr_enum plumb_intr_enum;
typedef struct plumb_intr_struct plumb_intr_struct;
typedef struct plumb_intr_type plumb_intr_type;

/// One type that crosses into a runtime: its ABI kind and its spellings.
struct plumb_intr_type {
  const char *kind; ///< "text", "handle", "int64", "struct", ...
  const char *mlir; ///< "!intr.str", "i64", ...; a variable is !intr.var<"A">
  const char *c;    ///< "const plumb_str *", "int64_t", ...
  plumb_intr_llvm_type llvm;
  uint32_t arg_attrs;                 ///< PLUMB_INTR_ATTR_* of an argument
  uint32_t result_attrs;              ///< PLUMB_INTR_ATTR_* of a result
  const plumb_intr_enum *enumeration; ///< null unless kind is enum or flags
  const plumb_intr_struct *structure; ///< null unless kind is struct
  /// "List" of an object, "A" of a variable; otherwise null.
  const char *name;
  /// Of an object the arguments of its name, `A` of `List<A>`; of a function
  /// (a closure) its parameters and, last, its result, which is of kind "unit"
  /// for none. Each is an int64, float64, bool, unit, object, function or
  /// variable.
  const plumb_intr_type *const *arguments;
  uint32_t num_arguments;
  /// Of a cstring that the program must give back: the symbol of the function
  /// that frees it, `void f(void *)`; otherwise null.
  const char *release;
};

/// A named value of an enum or flags.
typedef struct plumb_intr_case {
  const char *name;   ///< "monday"
  const char *c_name; ///< "PLUMB_CLOCK_DAY_MONDAY"
  int64_t value;
  const char *doc;
} plumb_intr_case;

/// Named values of an integer type. Flags are or-ed.
struct plumb_intr_enum {
  const char *name;   ///< "clock.day"
  const char *c_name; ///< "plumb_clock_day"
  const char *summary;
  uint8_t is_flags;
  const plumb_intr_type *type; ///< the integer type underneath
  const plumb_intr_case *cases;
  uint32_t num_cases;
};

/// Integers, floats, bools, enums, handles, pointers, structs, and arrays of
/// those.
typedef struct plumb_intr_field {
  const char *name;
  const char *doc;
  const plumb_intr_type *type; ///< of an array, of one element
  uint32_t offset;             ///< bytes; of a bit-field, of its storage
  /// Elements of an array. 0 is C's flexible array member, `T name[]`, which is
  /// the last field: as many elements as there is memory for.
  uint32_t count; ///< 1 when it is no array
  uint8_t is_array;
  /// A bit-field's bits, and where they begin in its storage, a value of `type`
  /// at `offset`. 0 when it is none.
  uint8_t bits;
  uint8_t first_bit;
} plumb_intr_field;

/// A C struct with natural alignment on a 64-bit target, or a union; at least
/// one field. One with bit-fields or a flexible array member, also within
/// another, is never a value of its own: it is only behind pointers.
struct plumb_intr_struct {
  const char *name;   ///< "clock.date"; its MLIR type is
                      ///< !intr.struct<"clock.date">
  const char *c_name; ///< "plumb_clock_date", a typedef
  const char *summary;
  const plumb_intr_field *fields;
  uint32_t num_fields;
  uint32_t size;  ///< bytes, with the padding at the end
  uint32_t align; ///< bytes
  uint8_t is_union;
};

/// A named constant, such as a macro of the runtime's header.
typedef struct plumb_intr_constant {
  const char *name;     ///< "clock.max_zones"
  const char *c_name;   ///< "PLUMB_CLOCK_MAX_ZONES", a macro
  const char *spelling; ///< in the runtime's own header; "" for nothing
  const char *doc;
  /// An integer, bool, enum, float, text or pointer, which says where the value
  /// is.
  const plumb_intr_type *type;
  int64_t integer;  ///< also an address; of an unsigned 64 bits, the same bits
  double number;    ///< of a float
  const char *text; ///< of a text, UTF-8; otherwise null
} plumb_intr_constant;

typedef struct plumb_intr_callback plumb_intr_callback;

/// How a parameter of a row becomes C parameters.
typedef enum plumb_intr_passing {
  /// One C parameter of the type; a struct goes by value, as the target's C
  /// compilers pass it.
  PLUMB_INTR_PASS_DIRECT,
  /// Text or bytes as two: `const uint8_t *<name>, size_t <name>_len`.
  PLUMB_INTR_PASS_SPAN,
  /// A struct as `const T *`, to a copy that lives during the call.
  PLUMB_INTR_PASS_POINTER,
  /// `T *` to storage for one value. It is no operand: the value that the
  /// function leaves there is one more result of the operation, after the
  /// function's own. It is zero when the function does not write it.
  PLUMB_INTR_PASS_OUT,
  /// A callback as two: the function and an environment, with which it is
  /// called; null unless the program gives one.
  PLUMB_INTR_PASS_CALLBACK,
  /// A callback as the function alone; its environment, if any, is the
  /// parameter of kind "environment" of the same row (there is at most one).
  PLUMB_INTR_PASS_FUNCTION,
  /// Options of the family as one text, never null. It is no operand but an
  /// optional dictionary attribute of the parameter's name. For each option in
  /// it the text has its name, '=', its value and a zero byte.
  PLUMB_INTR_PASS_OPTIONS,
  /// `T *` to storage for one value, which is the operand before the call. What
  /// the function leaves there is one more result, as of OUT.
  PLUMB_INTR_PASS_INOUT
} plumb_intr_passing;

/// One parameter, in the order of C. Exactly one of `type` and `callback` is
/// not null.
typedef struct plumb_intr_param {
  const char *name;
  const char *doc;
  const plumb_intr_type *type;
  const plumb_intr_callback *callback;
  plumb_intr_passing passing;
  uint8_t is_optional; ///< callbacks and options only: may be left out
  uint8_t is_kept; ///< callbacks only: called after the intrinsic has returned
                   ///< too; otherwise only while it runs
  /// Objects, functions and variables only: the intrinsic takes the caller's
  /// reference; otherwise it borrows the value while it runs.
  uint8_t is_consumed;
} plumb_intr_param;

#define PLUMB_INTR_NO_ENVIRONMENT UINT32_MAX

/// The signature of a function that a runtime calls back. In C it has one more
/// parameter than `params`, the environment, `void *`.
struct plumb_intr_callback {
  const char *name;   ///< "on_tick"
  const char *c_name; ///< "plumb_clock_on_tick", a typedef in the C header
  const char *summary;
  const plumb_intr_param *params; ///< all DIRECT
  uint32_t num_params;
  const plumb_intr_type *result; ///< null for none
  /// Position of the environment among the C parameters: num_params for the
  /// last; or PLUMB_INTR_NO_ENVIRONMENT when the C function takes none.
  uint32_t environment;
};

/// A read or write of something outside the arguments.
typedef struct plumb_intr_effect {
  const char *resource; ///< "ws.rooms"
  uint8_t reads;
  uint8_t writes;
} plumb_intr_effect;

/// What a program's type for a variable must be able to do.
typedef struct plumb_intr_bound {
  uint32_t variable; ///< index among the row's variables
  const char *name;  ///< "Eq": a word between records and languages
} plumb_intr_bound;

enum {
  PLUMB_INTR_ROW_BLOCKS = 1 << 0,       ///< may take as long as it likes
  PLUMB_INTR_ROW_FRESH_RESULT = 1 << 1, ///< result is new arena memory
  PLUMB_INTR_ROW_CALLS_BACK = 1 << 2,   ///< takes a callback, kept or not
  PLUMB_INTR_ROW_VARIADIC = 1 << 3      ///< C's `...` after the parameters
};

/// Calling conventions, as the C attribute or LLVM's name says.
typedef enum plumb_intr_cc {
  PLUMB_INTR_CC_C,
  PLUMB_INTR_CC_PRESERVE_MOST, ///< preserve_most
  PLUMB_INTR_CC_PRESERVE_ALL,  ///< preserve_all
  PLUMB_INTR_CC_MS_ABI,        ///< ms_abi, x86-64 only
  PLUMB_INTR_CC_SYSV_ABI,      ///< sysv_abi, x86-64 only
  PLUMB_INTR_CC_SWIFT,         ///< swiftcall
  PLUMB_INTR_CC_VECTOR         ///< aarch64_vector_pcs, AArch64 only
} plumb_intr_cc;

typedef struct plumb_intr_family plumb_intr_family;

/// One intrinsic.
typedef struct plumb_intr_row {
  const plumb_intr_family *family;
  const char *name;        ///< "clock.set": the op, and the key of the row
  const char *source_name; ///< "Clock.set"
  const char *symbol;      ///< "plumb_clock_set"
  const char *summary;
  const char *description; ///< Markdown, may be empty
  const char *since;       ///< the first release that had it
  const char *location;    ///< file:line of the record
  const plumb_intr_param *params;
  uint32_t num_params;
  const plumb_intr_type *result; ///< what the C function returns, or null
  const char *result_name;       ///< "" for none
  const char *result_doc;        ///< "" for none
  const plumb_intr_effect *effects;
  uint32_t num_effects;
  uint32_t flags; ///< PLUMB_INTR_ROW_*
  plumb_intr_cc cc;
  const char *signature; ///< canonical text of everything the ABI depends on
  uint64_t hash;         ///< XXH3 of `signature`
  /// Type variables, in the order in which they first stand in the parameters,
  /// then in the result. The C function has one more, last parameter for each,
  /// `int32_t <name>_kind`, a plumb_value_kind.
  const char *const *variables;
  uint32_t num_variables;
  const plumb_intr_bound *bounds;
  uint32_t num_bounds;
  /// More source names, "println"; no row has one of another.
  const char *const *aliases;
  uint32_t num_aliases;
  /// What a language writes without a name: "<>", "[]";
  /// docs/front-end-generic.md has the words. Rows that differ in their first
  /// parameter share one.
  const char *const *operators;
  uint32_t num_operators;
} plumb_intr_row;

/// A named status code.
typedef struct plumb_intr_status {
  const char *name;   ///< "ws.err_closed"
  const char *c_name; ///< "PLUMB_WS_ERR_CLOSED"
  int64_t code;
  const char *message;
} plumb_intr_status;

typedef enum plumb_intr_option_kind {
  PLUMB_INTR_OPTION_INTEGER, ///< a whole number of a range
  PLUMB_INTR_OPTION_TEXT,
  PLUMB_INTR_OPTION_CHOICE ///< one of some words
} plumb_intr_option_kind;

/// A setting of the family's runtime.
typedef struct plumb_intr_option {
  const char *name;        ///< "max_message"
  const char *environment; ///< the variable that sets it
  const char *section;     ///< heading in documentation, "" for none
  const char *doc;
  plumb_intr_option_kind kind;
  int64_t integer, min, max;  ///< INTEGER: default and range, ends included
  const char *unit;           ///< INTEGER: "bytes", "" for none
  const char *text;           ///< TEXT and CHOICE: the default
  const char *const *choices; ///< CHOICE: the words; otherwise null
  uint32_t num_choices;
} plumb_intr_option;

struct plumb_intr_family {
  uint32_t version;     ///< PLUMB_INTR_DESCRIPTOR_VERSION
  uint32_t struct_size; ///< sizeof(plumb_intr_family)
  const char *name;     ///< "ws"
  const char *module;   ///< "Ws"
  const char *header;   ///< "plumb/ws.h"
  const char *summary;
  const char *description;
  const plumb_intr_row *rows;
  uint32_t num_rows;
  const plumb_intr_callback *const *callbacks;
  uint32_t num_callbacks;
  const plumb_intr_type *const *types; ///< the types that this family owns
  uint32_t num_types;
  const plumb_intr_status *statuses;
  uint32_t num_statuses;
  const plumb_intr_enum *const *enums;
  uint32_t num_enums;
  const plumb_intr_struct *const *structs;
  uint32_t num_structs;
  const plumb_intr_option *options;
  uint32_t num_options;
  const plumb_intr_constant *constants;
  uint32_t num_constants;
};

/// A row of a JIT table: a symbol and the function that it names.
typedef struct plumb_intr_symbol {
  const char *name;
  void *address;
} plumb_intr_symbol;

#define PLUMB_FAMILY_PLUGIN_VERSION 1

/// What a shared library with a compiled family exports as
/// `const plumb_family_plugin *plumb_get_family_plugin(void)`. Static data.
typedef struct plumb_family_plugin {
  uint32_t version;          ///< PLUMB_FAMILY_PLUGIN_VERSION
  uint32_t struct_size;      ///< sizeof(plumb_family_plugin)
  uint32_t llvm_major;       ///< LLVM_VERSION_MAJOR of its build
  const char *plumb_version; ///< "0.1.0"
  const plumb_intr_family *family;
  /// Adds the family's dialect to a mlir::DialectRegistry.
  void (*register_dialect)(void *dialect_registry);
  /// The runtime, if it is in the same library; otherwise null.
  const plumb_intr_symbol *symbols;
} plumb_family_plugin;

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_DESCRIPTOR_H */
