/*===- object.h - values of programs ----------------------------*- C -*-===*\
|*                                                                          *|
|* Installed as plumb/object.h: the layout of the values that generic       *|
|* intrinsics take and give, for compilers that make and read them, and for *|
|* runtimes in C. Why it is so: docs/decisions/snow-values.md.              *|
|*                                                                          *|
|* A value is an integer, a float, a truth value, unit, or a pointer to a   *|
|* counted object that says by its header what it is. Where the type does   *|
|* not matter, a value is one plumb_slot (a float's bits, 0 or 1, a pointer;*|
|* unit is 0) beside its plumb_value_kind. No pointer to an object is null. *|
|*                                                                          *|
|* Threads: an object belongs to one thread, so counts are not atomic. It   *|
|* crosses as a deep copy (plumb_copy_value) or frozen (plumb_freeze_value).*|
|*                                                                          *|
|* Ownership: a function that takes an object borrows it unless it says     *|
|* that it consumes it; one that gives an object gives a reference (+1).    *|
|* Nothing changes an object that somebody else can see: what says that it  *|
|* consumes its argument changes it in place when no other reference exists.*|
|*                                                                          *|
|* Errors: memory that runs out, and whatever plumb_fail says.              *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_OBJECT_H
#define PLUMB_OBJECT_H

#include "plumb/intr.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a slot holds. As an argument an int32_t, in tables one byte.
typedef enum plumb_value_kind {
  PLUMB_INT = 0,   ///< int64_t, two's complement
  PLUMB_FLOAT = 1, ///< the bits of a double
  PLUMB_BOOL = 2,  ///< 0 or 1
  PLUMB_UNIT = 3,  ///< 0
  PLUMB_OBJECT = 4 ///< a plumb_object *, never null
} plumb_value_kind;
#define PLUMB_NUM_VALUE_KINDS 5

typedef struct plumb_type plumb_type;
typedef struct plumb_string plumb_string;

/// The header of every object: 16 bytes, aligned to 8.
typedef struct plumb_object {
  /// References. A new object has 1. Below 0 it is immortal: constants and
  /// frozen values, which are never counted, changed or freed, on any thread.
  /// A count that would overflow makes its object immortal.
  int32_t count;
  /// The number of the constructor of a sum type, from 0; else by the shape.
  uint32_t tag;
  const plumb_type *type;
} plumb_object;

/// The count of objects that compilers emit as constants.
#define PLUMB_IMMORTAL INT32_MIN

/// How the memory after the header is laid out, and how text, equality, order
/// and hash follow from it.
typedef enum plumb_shape {
  /// struct, sum type, tuple, Option, Result, Ordering: plumb_data.
  PLUMB_SHAPE_DATA = 0,
  PLUMB_SHAPE_STRING = 1,   ///< plumb_string
  PLUMB_SHAPE_ATOM = 2,     ///< plumb_string; its text is without the colon
  PLUMB_SHAPE_LIST = 3,     ///< plumb_list
  PLUMB_SHAPE_MAP = 4,      ///< plumb_map
  PLUMB_SHAPE_SET = 5,      ///< plumb_set
  PLUMB_SHAPE_RANGE = 6,    ///< plumb_range
  PLUMB_SHAPE_QUEUE = 7,    ///< plumb_queue
  PLUMB_SHAPE_CLOSURE = 8,  ///< plumb_fun
  PLUMB_SHAPE_ITERATOR = 9, ///< plumb_iter
  /// Nothing is known but the header; `free` of the type, if any, is called
  /// before the memory goes.
  PLUMB_SHAPE_OPAQUE = 10,
  PLUMB_SHAPE_BUFFER = 11, ///< inside of lists and queues
  PLUMB_SHAPE_TABLE = 12   ///< inside of maps and sets
} plumb_shape;

/// One constructor of a type; structs and tuples have one.
typedef struct plumb_constructor {
  const char *name; ///< "Circle", without its module; "" of tuples
  uint32_t num_fields;
  const uint8_t *kinds;           ///< plumb_value_kind of each field
  const char *const *field_names; ///< null: fields go by position
} plumb_constructor;

/// Its text is that of constructors by position, `Point(1, 2)`; without this
/// flag a type with field names is shown as `Point { x: 1, y: 2 }`.
#define PLUMB_TYPE_DISPLAY (1u << 0)
/// struct: one constructor of its own name.
#define PLUMB_TYPE_STRUCT (1u << 1)
/// Tuple: `(1, 2)`.
#define PLUMB_TYPE_TUPLE (1u << 2)

/// Constant, and of static lifetime. Compilers emit one for each instance of a
/// type of the program. No code compares types by their address.
struct plumb_type {
  const char *name; ///< "Main.Point"
  uint32_t shape;   ///< plumb_shape
  uint32_t flags;   ///< PLUMB_TYPE_...
  uint32_t num_constructors;
  const plumb_constructor *constructors;
  /// What the program defines for the type; null: what follows from the shape.
  /// All of them borrow their arguments, which are of this type.
  bool (*equal)(plumb_object *, plumb_object *);
  int64_t (*compare)(plumb_object *, plumb_object *); ///< below 0, 0, above 0
  uint64_t (*hash)(plumb_object *);
  plumb_string *(*text)(plumb_object *);    ///< of interpolation
  plumb_string *(*inspect)(plumb_object *); ///< of Debug
  void (*free)(plumb_object *);             ///< of shape OPAQUE only
};

/* --- Layouts ------------------------------------------------------------ */

/// Shape DATA: the constructor is `header.tag`, its fields follow in order.
typedef struct plumb_data {
  plumb_object header;
  plumb_slot fields[];
} plumb_data;
typedef plumb_data plumb_tuple;
typedef plumb_data plumb_option;   ///< Some(value) = 0, None = 1
typedef plumb_data plumb_result;   ///< Ok(value) = 0, Err(error) = 1
typedef plumb_data plumb_ordering; ///< Less = 0, Equal = 1, Greater = 2

#define PLUMB_SOME 0
#define PLUMB_NONE 1
#define PLUMB_RESULT_OK 0
#define PLUMB_RESULT_ERR 1

/// UTF-8, a plumb_str from `length` on.
struct plumb_string {
  plumb_object header; ///< tag: the room that there is at data, in 8 bytes
  uint64_t length;
  uint8_t data[];
};
/// The text within a string: no copy. It lives as long as the string does, and
/// stays as it is while the caller holds a reference.
static inline const plumb_str *plumb_string_text(const plumb_string *string) {
  return (const plumb_str *)(const void *)&string->length;
}
typedef plumb_string plumb_atom;

/// The elements of lists and queues, shared between them.
typedef struct plumb_buffer {
  plumb_object header; ///< tag: the plumb_value_kind of the elements
  uint64_t capacity;   ///< slots
  uint64_t used;       ///< slots that hold a value, from 0
  plumb_slot slots[];
} plumb_buffer;

/// A view: elements `offset` to before `offset + length` of the buffer.
typedef struct plumb_list {
  plumb_object header;
  plumb_buffer *buffer;
  uint64_t offset;
  uint64_t length;
} plumb_list;
typedef plumb_list plumb_queue; ///< its oldest element first

typedef struct plumb_table plumb_table;
/// A view of the first `end` entries of the table, in the order of insertion.
typedef struct plumb_map {
  plumb_object header;
  plumb_table *table;
  uint64_t end;
  uint64_t size; ///< entries but for removed ones
} plumb_map;
typedef plumb_map plumb_set;

/// From `from` to before `to`; empty when `from >= to`.
typedef struct plumb_range {
  plumb_object header;
  int64_t from, to;
} plumb_range;

/// A closure. `code` is a function `plumb_slot code(plumb_fun *self,
/// plumb_slot...)` with as many slots as it has parameters: `self` is borrowed,
/// the arguments are consumed, the result is owned, and 0 of one without
/// result.
typedef struct plumb_fun {
  plumb_object header;
  void *code;
  uint32_t num_captures;
  uint32_t padding;
  const uint8_t *kinds; ///< of the captures; static
  plumb_slot captures[];
} plumb_fun;

/// A lazy sequence: what to do, not how far it got, so it may be run again.
typedef struct plumb_iter plumb_iter;

/* --- Types of the runtime ----------------------------------------------- */

extern PLUMB_API const plumb_type plumb_type_string;
extern PLUMB_API const plumb_type plumb_type_atom;
extern PLUMB_API const plumb_type plumb_type_list;
extern PLUMB_API const plumb_type plumb_type_map;
extern PLUMB_API const plumb_type plumb_type_set;
extern PLUMB_API const plumb_type plumb_type_range;
extern PLUMB_API const plumb_type plumb_type_queue;
extern PLUMB_API const plumb_type plumb_type_iter;
extern PLUMB_API const plumb_type plumb_type_fun;
extern PLUMB_API const plumb_type plumb_type_ordering;
/// By the kind of the value.
extern PLUMB_API const plumb_type plumb_type_option[PLUMB_NUM_VALUE_KINDS];
/// By the kinds of Ok's value and Err's.
extern PLUMB_API const plumb_type
    plumb_type_result[PLUMB_NUM_VALUE_KINDS][PLUMB_NUM_VALUE_KINDS];
extern PLUMB_API const plumb_type
    plumb_type_pair[PLUMB_NUM_VALUE_KINDS][PLUMB_NUM_VALUE_KINDS];
/// The type of tuples of any length with fields of these kinds: one for equal
/// kinds. Any thread.
PLUMB_API const plumb_type *
plumb_type_tuple(uint32_t num_fields, const uint8_t *kinds) PLUMB_NOEXCEPT;

/// The immortal objects of constructors without fields. None is for values of
/// any kind.
extern PLUMB_API plumb_object plumb_none;
extern PLUMB_API plumb_object plumb_less, plumb_equal, plumb_greater;

/* --- Counting ------------------------------------------------------------ */

/// Frees an object that nobody refers to, and releases what it refers to,
/// without recursion.
PLUMB_API void plumb_free_object(plumb_object *object) PLUMB_NOEXCEPT;

/// What compilers inline for a reference more.
static inline void plumb_object_retain(plumb_object *object) {
  if (object->count > 0)
    object->count = (int32_t)((uint32_t)object->count + 1);
}
/// And for one less.
static inline void plumb_object_release(plumb_object *object) {
  if (object->count > 0 && --object->count == 0)
    plumb_free_object(object);
}
/// The two as functions.
PLUMB_API void plumb_retain(void *object) PLUMB_NOEXCEPT;
PLUMB_API void plumb_release(void *object) PLUMB_NOEXCEPT;
/// Whether the caller, who owns a reference, owns the only one.
static inline bool plumb_is_unique(const plumb_object *object) {
  return object->count == 1;
}
/// How many objects of all threads are alive, with the separate parts of maps,
/// immortal ones and unused room apart. For tests, while no other thread makes
/// or frees any.
PLUMB_API int64_t plumb_values_live(void) PLUMB_NOEXCEPT;

/* --- Making -------------------------------------------------------------- */

/// A new object of shape DATA, of 16 + 8 * `slots` bytes and count 1. The
/// fields are to be set before anything else sees it.
PLUMB_API void *plumb_new(const plumb_type *type, uint32_t tag,
                          uint32_t slots) PLUMB_NOEXCEPT;
/// Frees the memory alone of an object from plumb_new, whose fields have been
/// moved out.
PLUMB_API void plumb_free_cell(plumb_object *object,
                               uint32_t slots) PLUMB_NOEXCEPT;
/// A new closure; its captures are to be set.
PLUMB_API plumb_fun *plumb_new_closure(void *code, uint32_t num_captures,
                                       const uint8_t *kinds) PLUMB_NOEXCEPT;
/// A string that holds a copy of a text.
PLUMB_API plumb_string *plumb_copy_text(const plumb_str *text) PLUMB_NOEXCEPT;
/// The same of `length` bytes of UTF-8.
PLUMB_API plumb_string *plumb_new_string(const char *bytes,
                                         uint64_t length) PLUMB_NOEXCEPT;
/// An empty list with room for `capacity` elements.
PLUMB_API plumb_list *plumb_new_list(uint64_t capacity,
                                     int32_t kind) PLUMB_NOEXCEPT;
/// Consumes the value.
PLUMB_API plumb_option *plumb_new_some(plumb_slot value,
                                       int32_t kind) PLUMB_NOEXCEPT;
PLUMB_API plumb_result *plumb_new_result(uint32_t tag, plumb_slot value,
                                         int32_t ok,
                                         int32_t err) PLUMB_NOEXCEPT;
PLUMB_API plumb_tuple *plumb_new_pair(plumb_slot first, plumb_slot second,
                                      int32_t first_kind,
                                      int32_t second_kind) PLUMB_NOEXCEPT;

/* --- Any value ----------------------------------------------------------- */

/// A deep copy that shares nothing with the value but immortal objects, made
/// by the thread that owns the value, for another.
PLUMB_API plumb_slot plumb_copy_value(plumb_slot value,
                                      int32_t kind) PLUMB_NOEXCEPT;
/// Makes all that the value refers to immortal, for all threads.
PLUMB_API void plumb_freeze_value(plumb_slot value,
                                  int32_t kind) PLUMB_NOEXCEPT;

/* --- Errors and the call stack ------------------------------------------- */

/// A function of the program: constant.
typedef struct plumb_function {
  const char *name; ///< "Main.first"
  const char *file; ///< "main.snow"
} plumb_function;

/// Kept on the stack by functions that may fail, linked while they run.
typedef struct plumb_frame {
  struct plumb_frame *prev; ///< the caller's, or null
  const plumb_function *function;
  uint32_t line; ///< of the call that runs
} plumb_frame;

/// Where this thread's innermost frame is noted; the same address as long as
/// the thread lives.
PLUMB_API plumb_frame **plumb_frames(void) PLUMB_NOEXCEPT;

/// Gives up: says on standard error
///
///     error: list index 3 out of range (length 2)
///       in Main.first at main.snow:4
///       in Main.main at main.snow:9
///
/// innermost first, and ends the process with code 1. Of a deep stack the
/// middle is left out. `why` ends with a zero.
PLUMB_NORETURN PLUMB_API void plumb_fail(const char *why) PLUMB_NOEXCEPT;

/// Calls the program's `main` on a large stack of its own, on this thread.
/// When the program uses all of it, it fails as by plumb_fail("stack
/// overflow"). Afterwards, if the environment has PLUMB_VALUES_CHECK=1 and
/// objects are alive, says "error: N objects were not freed" and ends the
/// process with code 3.
PLUMB_API void plumb_run_main(void (*main)(void)) PLUMB_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_OBJECT_H */
