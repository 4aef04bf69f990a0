//===- IterBodies.cpp - the bodies of family `iter` -----------------------===//

#include "plumb/iter.bodies.h"
#include "runtime/values/Call.h"
#include "runtime/values/Sequence.h"

#include <bit>

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(iter, from) { return newIter(Step::List, list, nullptr, 0, A_kind); }

PLUMB_BODY(iter, map) {
  return newIter(Step::Map, iter, function, 0, A_kind, B_kind);
}

PLUMB_BODY(iter, filter) {
  return newIter(Step::Filter, iter, function, 0, A_kind);
}

PLUMB_BODY(iter, take) {
  return newIter(Step::Take, iter, nullptr, count, A_kind);
}

PLUMB_BODY(iter, skip) {
  return newIter(Step::Skip, iter, nullptr, count, A_kind);
}

PLUMB_BODY(iter, enumerate) {
  return newIter(Step::Enumerate, iter, nullptr, 0, A_kind);
}

PLUMB_BODY(iter, zip) {
  return newIter(Step::Zip, left, right, 0, A_kind, B_kind);
}

PLUMB_BODY(iter, count) {
  int64_t count = 0;
  eachOf(iter, [&](plumb_slot element) {
    dropSlot(element, A_kind);
    ++count;
  });
  return count;
}

PLUMB_BODY(iter, sum) {
  uint64_t whole = 0;
  double sum = 0;
  eachOf(iter, [&](plumb_slot element) {
    if (A_kind == PLUMB_FLOAT)
      sum += floatOf(element);
    else
      whole += element;
  });
  return A_kind == PLUMB_FLOAT ? slotOf(sum) : whole;
}

/// The first element that is asked for; who calls it owns it.
static std::optional<plumb_slot> findFirst(const plumb_iter *iter,
                                           plumb_fun *function, int32_t kind,
                                           bool wanted) {
  Sequence sequence(iter);
  while (std::optional<plumb_slot> element = sequence.next()) {
    if ((call(function, retained(*element, kind)) != 0) == wanted)
      return element;
    dropSlot(*element, kind);
  }
  return std::nullopt;
}

PLUMB_BODY(iter, any) {
  auto found = findFirst(iter, function, A_kind, true);
  if (found)
    dropSlot(*found, A_kind);
  return found.has_value();
}

PLUMB_BODY(iter, all) {
  auto found = findFirst(iter, function, A_kind, false);
  if (found)
    dropSlot(*found, A_kind);
  return !found;
}

PLUMB_BODY(iter, find) {
  auto found = findFirst(iter, function, A_kind, true);
  return found ? plumb_new_some(*found, A_kind)
               : reinterpret_cast<plumb_option *>(&plumb_none);
}

PLUMB_BODY(iter, reduce) {
  plumb_slot value = initial;
  eachOf(iter,
         [&](plumb_slot element) { value = call(function, value, element); });
  return value;
}
