//===- Types.cpp - the types that the runtime has -------------------------===//

#include "runtime/values/Object.h"

#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

using namespace plumb::rt::values;

static constexpr plumb_type plain(const char *name, plumb_shape shape) {
  return {name,    shape,   0,       0,       nullptr, nullptr,
          nullptr, nullptr, nullptr, nullptr, nullptr};
}
static constexpr plumb_type data(const char *name, uint32_t flags,
                                 uint32_t count,
                                 const plumb_constructor *constructors) {
  return {name,    PLUMB_SHAPE_DATA, flags,   count,   constructors, nullptr,
          nullptr, nullptr,          nullptr, nullptr, nullptr};
}

// The kinds in a row, so that each kind, and each pair of two, is some
// address.
static constexpr uint8_t kinds[] = {0, 1, 2, 3, 4};
#define PAIRS(K) {{K, 0}, {K, 1}, {K, 2}, {K, 3}, {K, 4}}
static constexpr uint8_t pairs[5][5][2] = {PAIRS(0), PAIRS(1), PAIRS(2),
                                           PAIRS(3), PAIRS(4)};
#undef PAIRS

/// Of all steps: what they take from, a function or another one, and numbers.
static constexpr uint8_t stepKinds[] = {PLUMB_OBJECT, PLUMB_OBJECT, PLUMB_INT,
                                        PLUMB_INT};
#define STEP {"Iter", 4, stepKinds, nullptr}
static constexpr plumb_constructor iterators[] = {STEP, STEP, STEP, STEP,
                                                  STEP, STEP, STEP, STEP};

#define EACH(X) X(0), X(1), X(2), X(3), X(4)
#define OPTION(K)                                                              \
  {                                                                            \
    {"Some", 1, &kinds[K], nullptr}, { "None", 0, nullptr, nullptr }           \
  }
static constexpr plumb_constructor options[5][2] = {EACH(OPTION)};
#define ERR(O, E)                                                              \
  {                                                                            \
    {"Ok", 1, &kinds[O], nullptr}, { "Err", 1, &kinds[E], nullptr }            \
  }
#define RESULT(O) {ERR(O, 0), ERR(O, 1), ERR(O, 2), ERR(O, 3), ERR(O, 4)}
static constexpr plumb_constructor results[5][5][2] = {EACH(RESULT)};
#define SECOND(A, B)                                                           \
  {                                                                            \
    {                                                                          \
      "", 2, pairs[A][B], nullptr                                              \
    }                                                                          \
  }
#define PAIR(A)                                                                \
  {SECOND(A, 0), SECOND(A, 1), SECOND(A, 2), SECOND(A, 3), SECOND(A, 4)}
static constexpr plumb_constructor tuples[5][5][1] = {EACH(PAIR)};
static constexpr plumb_constructor orderings[] = {
    {"Less", 0, nullptr, nullptr},
    {"Equal", 0, nullptr, nullptr},
    {"Greater", 0, nullptr, nullptr}};

namespace plumb::rt::values {
constexpr plumb_type bufferType = plain("buffer", PLUMB_SHAPE_BUFFER);
constexpr plumb_type tableType = plain("table", PLUMB_SHAPE_TABLE);
} // namespace plumb::rt::values

extern "C" {
constexpr plumb_type plumb_type_string = plain("String", PLUMB_SHAPE_STRING);
constexpr plumb_type plumb_type_atom = plain("Atom", PLUMB_SHAPE_ATOM);
constexpr plumb_type plumb_type_list = plain("List", PLUMB_SHAPE_LIST);
constexpr plumb_type plumb_type_map = plain("Map", PLUMB_SHAPE_MAP);
constexpr plumb_type plumb_type_set = plain("Set", PLUMB_SHAPE_SET);
constexpr plumb_type plumb_type_range = plain("Range", PLUMB_SHAPE_RANGE);
constexpr plumb_type plumb_type_queue = plain("Queue", PLUMB_SHAPE_QUEUE);
constexpr plumb_type plumb_type_iter = {"Iter",    PLUMB_SHAPE_ITERATOR,
                                        0,         8,
                                        iterators, nullptr,
                                        nullptr,   nullptr,
                                        nullptr,   nullptr,
                                        nullptr};
constexpr plumb_type plumb_type_fun = plain("Fun", PLUMB_SHAPE_CLOSURE);
constexpr plumb_type plumb_type_ordering =
    data("Ordering", PLUMB_TYPE_DISPLAY, 3, orderings);
#define OPTION_TYPE(K) data("Option", PLUMB_TYPE_DISPLAY, 2, options[K])
constexpr plumb_type plumb_type_option[5] = {EACH(OPTION_TYPE)};
#define ERR_TYPE(O, E) data("Result", PLUMB_TYPE_DISPLAY, 2, results[O][E])
#define RESULT_TYPE(O)                                                         \
  {ERR_TYPE(O, 0), ERR_TYPE(O, 1), ERR_TYPE(O, 2), ERR_TYPE(O, 3),             \
   ERR_TYPE(O, 4)}
constexpr plumb_type plumb_type_result[5][5] = {EACH(RESULT_TYPE)};
#define TUPLE_FLAGS (PLUMB_TYPE_DISPLAY | PLUMB_TYPE_TUPLE)
#define SECOND_TYPE(A, B) data("Tuple", TUPLE_FLAGS, 1, tuples[A][B])
#define PAIR_TYPE(A)                                                           \
  {SECOND_TYPE(A, 0), SECOND_TYPE(A, 1), SECOND_TYPE(A, 2), SECOND_TYPE(A, 3), \
   SECOND_TYPE(A, 4)}
constexpr plumb_type plumb_type_pair[5][5] = {EACH(PAIR_TYPE)};

plumb_object plumb_none = {PLUMB_IMMORTAL, PLUMB_NONE,
                           &plumb_type_option[PLUMB_UNIT]};
plumb_object plumb_less = {PLUMB_IMMORTAL, 0, &plumb_type_ordering};
plumb_object plumb_equal = {PLUMB_IMMORTAL, 1, &plumb_type_ordering};
plumb_object plumb_greater = {PLUMB_IMMORTAL, 2, &plumb_type_ordering};
}

namespace {
struct TupleType {
  std::vector<uint8_t> kinds;
  plumb_constructor constructor;
  plumb_type type;
};
} // namespace

const plumb_type *plumb_type_tuple(uint32_t num_fields,
                                   const uint8_t *kinds) noexcept {
  if (num_fields == 2)
    return &plumb_type_pair[kinds[0]][kinds[1]];
  static std::mutex mutex;
  // Never destroyed: values may outlive main.
  static auto &types = *new std::map<std::vector<uint8_t>, TupleType>;
  std::lock_guard lock(mutex);
  std::vector<uint8_t> key(kinds, kinds + num_fields);
  auto [found, isNew] = types.try_emplace(key);
  TupleType &type = found->second;
  if (isNew) {
    type.constructor = {"", num_fields, found->first.data(), nullptr};
    type.type = data("Tuple", TUPLE_FLAGS, 1, &type.constructor);
  }
  return &type.type;
}
