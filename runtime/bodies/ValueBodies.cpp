//===- ValueBodies.cpp - the bodies of family `value` ---------------------===//

#include "plumb/value.bodies.h"
#include "runtime/values/Fail.h"
#include "runtime/values/Hash.h"
#include "runtime/values/Show.h"

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(value, equal) { return equalSlots(left, right, A_kind); }

PLUMB_BODY(value, order) { return compareSlots(left, right, A_kind); }

PLUMB_BODY(value, compare) {
  int64_t order = compareSlots(left, right, A_kind);
  plumb_object *sign = order < 0   ? &plumb_less
                       : order > 0 ? &plumb_greater
                                   : &plumb_equal;
  return reinterpret_cast<plumb_ordering *>(sign);
}

PLUMB_BODY(value, hash) {
  return static_cast<int64_t>(hashValue(value, A_kind));
}

PLUMB_BODY(value, text) { return textOf(value, A_kind); }

PLUMB_BODY(value, inspect) { return textOf(value, A_kind, Form::Inspect); }

PLUMB_BODY(value, tuple_first) { return retained(pair->fields[0], A_kind); }

PLUMB_BODY(value, tuple_second) { return retained(pair->fields[1], B_kind); }

PLUMB_BODY(value, tuple_size) { return 2; }

PLUMB_BODY(value, tuple_nth) {
  if (index < 0 || index > 1)
    fail("tuple index % out of range (size 2)", index);
  return retained(pair->fields[index], A_kind);
}
