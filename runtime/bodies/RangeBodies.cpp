//===- RangeBodies.cpp - the bodies of family `range` ---------------------===//

#include "plumb/range.bodies.h"
#include "runtime/values/Call.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(range, make) {
  auto *range = values::make<plumb_range>(plumb_type_range);
  range->from = from;
  range->to = to;
  return range;
}

/// As an unsigned number, which that of the widest range is.
static uint64_t lengthOf(const plumb_range *range) {
  return range->from >= range->to ? 0
                                  : static_cast<uint64_t>(range->to) -
                                        static_cast<uint64_t>(range->from);
}

PLUMB_BODY(range, length) {
  uint64_t length = lengthOf(range);
  return length > INT64_MAX ? INT64_MAX : static_cast<int64_t>(length);
}

PLUMB_BODY(range, nth) {
  if (index < 0 || static_cast<uint64_t>(index) >= lengthOf(range))
    fail("range index % out of range (length %)", index,
         static_cast<int64_t>(lengthOf(range)));
  return static_cast<int64_t>(static_cast<uint64_t>(range->from) +
                              static_cast<uint64_t>(index));
}

PLUMB_BODY(range, to_list) {
  plumb_list *list = newList(lengthOf(range), PLUMB_INT);
  for (int64_t number = range->from; number < range->to; ++number)
    list = push(list, static_cast<plumb_slot>(number), PLUMB_INT);
  return list;
}

PLUMB_BODY(range, map) {
  plumb_list *list = newList(lengthOf(range), A_kind);
  for (int64_t number = range->from; number < range->to; ++number)
    list = push(list, call(function, static_cast<plumb_slot>(number)), A_kind);
  return list;
}

PLUMB_BODY(range, filter) {
  plumb_list *list = newList(0, PLUMB_INT);
  for (int64_t number = range->from; number < range->to; ++number)
    if (call(function, static_cast<plumb_slot>(number)))
      list = push(list, static_cast<plumb_slot>(number), PLUMB_INT);
  return list;
}
