//===- MapBodies.cpp - the bodies of family `map` -------------------------===//

#include "plumb/map.bodies.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"
#include "runtime/values/Sequence.h"
#include "runtime/values/Show.h"
#include "runtime/values/Table.h"

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(map, make) { return newMap(plumb_type_map); }

PLUMB_BODY(map, put) { return putKey(map, key, value, K_kind, V_kind); }

[[noreturn, gnu::cold]] static void failMissing(plumb_slot key, int32_t kind) {
  Builder why;
  why.add("map has no key ");
  show(why, key, kind, Form::Text);
  plumb_string *text = why.take();
  fail(viewOf(text));
}

PLUMB_BODY(map, get) {
  if (const plumb_slot *entry = findKey(map, key, K_kind))
    return retained(entry[1], V_kind);
  if (V_kind == PLUMB_OBJECT)
    failMissing(key, K_kind);
  return 0;
}

PLUMB_BODY(map, fetch) {
  const plumb_slot *entry = findKey(map, key, K_kind);
  if (!entry)
    return reinterpret_cast<plumb_option *>(&plumb_none);
  return plumb_new_some(retained(entry[1], V_kind), V_kind);
}

PLUMB_BODY(map, has_key) { return findKey(map, key, K_kind) != nullptr; }

PLUMB_BODY(map, remove) { return removeKey(map, key, K_kind); }

PLUMB_BODY(map, size) { return static_cast<int64_t>(map->size); }

static plumb_tuple *pairOf(const plumb_slot *entry, int32_t keyKind,
                           int32_t valueKind) {
  return plumb_new_pair(retained(entry[0], keyKind),
                        retained(entry[1], valueKind), keyKind, valueKind);
}

PLUMB_BODY(map, nth) {
  if (static_cast<uint64_t>(index) >= map->size)
    fail("map index % out of range (size %)", index,
         static_cast<int64_t>(map->size));
  closeGaps(map);
  return pairOf(map->table->at(static_cast<uint64_t>(index)), K_kind, V_kind);
}

static plumb_list *listOf(const plumb_map *map, int which, int32_t kind) {
  plumb_list *list = newList(map->size, kind);
  eachEntry(map, [&](const plumb_slot *entry) {
    list = push(list, retained(entry[which], kind), kind);
  });
  return list;
}

PLUMB_BODY(map, keys) { return listOf(map, 0, K_kind); }

PLUMB_BODY(map, values) { return listOf(map, 1, V_kind); }

PLUMB_BODY(map, merge) {
  retain(right); // It may be the left one, too.
  eachEntry(right, [&](const plumb_slot *entry) {
    left = putKey(left, retained(entry[0], K_kind), retained(entry[1], V_kind),
                  K_kind, V_kind);
  });
  drop(right);
  return left;
}

PLUMB_BODY(map, to_list) {
  plumb_list *list = newList(map->size, PLUMB_OBJECT);
  eachEntry(map, [&](const plumb_slot *entry) {
    list = push(list, slotOf(pairOf(entry, K_kind, V_kind)), PLUMB_OBJECT);
  });
  return list;
}

/// The pair is borrowed.
static plumb_map *putPair(plumb_map *map, plumb_slot pair, int32_t keyKind,
                          int32_t valueKind) {
  const plumb_slot *fields = objectOf<plumb_tuple>(pair)->fields;
  return putKey(map, retained(fields[0], keyKind),
                retained(fields[1], valueKind), keyKind, valueKind);
}

PLUMB_BODY(map, from_list) {
  plumb_map *map = newMap(plumb_type_map);
  for (plumb_slot pair : elementsOf(pairs))
    map = putPair(map, pair, K_kind, V_kind);
  return map;
}

PLUMB_BODY(map, collect) {
  plumb_map *map = newMap(plumb_type_map);
  eachOf(iter, [&](plumb_slot pair) {
    map = putPair(map, pair, K_kind, V_kind);
    dropSlot(pair, PLUMB_OBJECT);
  });
  return map;
}
