/*===- Descriptor.h - The family descriptor ----------------------*- C -*-===*\
|*                                                                          *|
|* What plumb-tblgen makes of a family file: plain constant data. Every pass *|
|* and tool asks the registry of these tables; none spells an intrinsic's    *|
|* name. All pointers are to static storage that is never freed and never    *|
|* changes, so tables may be read from any thread. Text is UTF-8 and ends    *|
|* with a zero. A pointer that may be null says so.                          *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_DIALECTS_INTRINSIC_DESCRIPTOR_H
#define PLUMB_DIALECTS_INTRINSIC_DESCRIPTOR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Raised when the meaning or layout of a struct below changes.
#define PLUMB_INTR_DESCRIPTOR_VERSION 1

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
  PLUMB_INTR_LLVM_F64
} plumb_intr_llvm_type;

/// Parameter and result attributes, as bits.
enum {
  PLUMB_INTR_ATTR_NONNULL = 1 << 0,
  PLUMB_INTR_ATTR_READONLY = 1 << 1,
  PLUMB_INTR_ATTR_NOCAPTURE = 1 << 2,
  PLUMB_INTR_ATTR_ZEROEXT = 1 << 3,
  PLUMB_INTR_ATTR_SIGNEXT = 1 << 4,
  PLUMB_INTR_ATTR_NOUNDEF = 1 << 5,
  PLUMB_INTR_ATTR_NOALIAS = 1 << 6
};

/// One type that crosses into a runtime: its ABI kind and its spellings.
typedef struct plumb_intr_type {
  const char *kind; ///< "text", "handle", "int64", ...
  const char *mlir; ///< "!intr.str", "i64", ...
  const char *c;    ///< "const plumb_str *", "int64_t", ...
  plumb_intr_llvm_type llvm;
  uint32_t arg_attrs;    ///< PLUMB_INTR_ATTR_* of an argument
  uint32_t result_attrs; ///< PLUMB_INTR_ATTR_* of a result
} plumb_intr_type;

typedef struct plumb_intr_callback plumb_intr_callback;

/// One parameter. Exactly one of `type` and `callback` is not null.
typedef struct plumb_intr_param {
  const char *name;
  const char *doc;
  const plumb_intr_type *type;
  const plumb_intr_callback *callback;
  uint8_t is_optional; ///< callbacks only: the symbol may be left out
} plumb_intr_param;

/// The signature of a function that a runtime calls back. In C its last
/// parameter is the environment, `void *`, which is not in `params`.
struct plumb_intr_callback {
  const char *name;   ///< "on_tick"
  const char *c_name; ///< "plumb_clock_on_tick", a typedef in the C header
  const char *summary;
  const plumb_intr_param *params;
  uint32_t num_params;
  const plumb_intr_type *result; ///< null for none
};

/// A read or write of something outside the arguments.
typedef struct plumb_intr_effect {
  const char *resource; ///< "ws.rooms"
  uint8_t reads;
  uint8_t writes;
} plumb_intr_effect;

enum {
  PLUMB_INTR_ROW_BLOCKS = 1 << 0,       ///< may take as long as it likes
  PLUMB_INTR_ROW_FRESH_RESULT = 1 << 1, ///< result is new arena memory
  PLUMB_INTR_ROW_CALLS_BACK = 1 << 2    ///< takes a callback
};

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
  const plumb_intr_type *result; ///< null for none
  const char *result_name;       ///< "" for none
  const plumb_intr_effect *effects;
  uint32_t num_effects;
  uint32_t flags;        ///< PLUMB_INTR_ROW_*
  const char *signature; ///< canonical text of everything the ABI depends on
  uint64_t hash;         ///< XXH3 of `signature`
} plumb_intr_row;

/// A named status code.
typedef struct plumb_intr_status {
  const char *name;   ///< "ws.err_closed"
  const char *c_name; ///< "PLUMB_WS_ERR_CLOSED"
  int64_t code;
  const char *message;
} plumb_intr_status;

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
};

/// A row of a JIT table: a symbol and the function that it names.
typedef struct plumb_intr_symbol {
  const char *name;
  void *address;
} plumb_intr_symbol;

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_DIALECTS_INTRINSIC_DESCRIPTOR_H */
