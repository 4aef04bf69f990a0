//===- SetBodies.cpp - the bodies of family `set` -------------------------===//

#include "plumb/set.bodies.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"
#include "runtime/values/Sequence.h"
#include "runtime/values/Table.h"

using namespace plumb::rt;
using namespace plumb::rt::values;

/// Consumes the set and the value.
static plumb_set *addTo(plumb_set *set, plumb_slot value, int32_t kind) {
  return putKey(set, value, 0, kind, PLUMB_UNIT);
}

PLUMB_BODY(set, make) { return newMap(plumb_type_set); }

PLUMB_BODY(set, add) { return addTo(set, value, A_kind); }

PLUMB_BODY(set, remove) { return removeKey(set, value, A_kind); }

PLUMB_BODY(set, contains) { return findKey(set, value, A_kind) != nullptr; }

PLUMB_BODY(set, size) { return static_cast<int64_t>(set->size); }

PLUMB_BODY(set, nth) {
  if (static_cast<uint64_t>(index) >= set->size)
    fail("set index % out of range (size %)", index,
         static_cast<int64_t>(set->size));
  closeGaps(set);
  return retained(*set->table->at(static_cast<uint64_t>(index)), A_kind);
}

PLUMB_BODY(set, unite) {
  retain(right); // It may be the left one, too.
  eachEntry(right, [&](const plumb_slot *entry) {
    left = addTo(left, retained(*entry, A_kind), A_kind);
  });
  drop(right);
  return left;
}

/// Those of the one that are in the other, or are not.
static plumb_set *select(const plumb_set *of, const plumb_set *other, bool in,
                         int32_t kind) {
  plumb_set *set = newMap(plumb_type_set);
  eachEntry(of, [&](const plumb_slot *entry) {
    if ((findKey(other, *entry, kind) != nullptr) == in)
      set = addTo(set, retained(*entry, kind), kind);
  });
  return set;
}

PLUMB_BODY(set, intersection) { return select(left, right, true, A_kind); }

PLUMB_BODY(set, difference) { return select(left, right, false, A_kind); }

PLUMB_BODY(set, to_list) {
  plumb_list *list = newList(set->size, A_kind);
  eachEntry(set, [&](const plumb_slot *entry) {
    list = push(list, retained(*entry, A_kind), A_kind);
  });
  return list;
}

PLUMB_BODY(set, from_list) {
  plumb_set *set = newMap(plumb_type_set);
  for (plumb_slot element : elementsOf(list))
    set = addTo(set, retained(element, A_kind), A_kind);
  return set;
}

PLUMB_BODY(set, collect) {
  plumb_set *set = newMap(plumb_type_set);
  eachOf(iter, [&](plumb_slot element) { set = addTo(set, element, A_kind); });
  return set;
}
