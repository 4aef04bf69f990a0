//===- ListBodies.cpp - the bodies of family `list` -----------------------===//

#include "plumb/list.bodies.h"
#include "runtime/values/Call.h"
#include "runtime/values/Fail.h"
#include "runtime/values/Hash.h"
#include "runtime/values/List.h"
#include "runtime/values/Sequence.h"

#include <algorithm>

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(list, make) { return newList(0, A_kind); }

PLUMB_BODY(list, length) { return static_cast<int64_t>(list->length); }

PLUMB_BODY(list, append) { return push(list, element, A_kind); }

static plumb_slot elementAt(const plumb_list *list, uint64_t at, int32_t kind) {
  return retained(elementsOf(list)[at], kind);
}

PLUMB_BODY(list, head) {
  if (list->length == 0)
    fail("head of an empty list");
  return elementAt(list, 0, A_kind);
}

PLUMB_BODY(list, tail) {
  if (list->length == 0)
    fail("tail of an empty list");
  return slice(list, 1, list->length);
}

PLUMB_BODY(list, last) {
  if (list->length == 0)
    fail("last of an empty list");
  return elementAt(list, list->length - 1, A_kind);
}

PLUMB_BODY(list, get) {
  if (static_cast<uint64_t>(index) >= list->length)
    fail("list index % out of range (length %)", index,
         static_cast<int64_t>(list->length));
  return elementAt(list, static_cast<uint64_t>(index), A_kind);
}

/// Elements of another list at the end of a list, which is consumed.
static plumb_list *appendAll(plumb_list *list, const plumb_list *more,
                             int32_t kind) {
  uint64_t count = more->length; // `more` may be the list itself, and grow.
  if (count == 0)
    return list;
  values::retain(const_cast<plumb_list *>(more));
  for (uint64_t at = 0; at != count; ++at)
    list = push(list, elementAt(more, at, kind), kind);
  values::drop(const_cast<plumb_list *>(more));
  return list;
}

PLUMB_BODY(list, concat) {
  if (left->length == 0) {
    values::drop(left);
    values::retain(right);
    return right;
  }
  return appendAll(left, right, A_kind);
}

PLUMB_BODY(list, reverse) {
  list = ownElements(list);
  std::ranges::reverse(mutableElements(list));
  return list;
}

PLUMB_BODY(list, map) {
  if (becomesOwn(list)) {
    // Slot by slot, so that the list needs no memory for the results.
    for (plumb_slot &slot : mutableElements(list))
      slot = call(function, slot);
    if (list->length)
      list->buffer->header.tag = static_cast<uint32_t>(B_kind);
    return list;
  }
  plumb_list *mapped = newList(list->length, B_kind);
  for (plumb_slot element : elementsOf(list))
    mapped = push(mapped, call(function, retained(element, A_kind)), B_kind);
  values::drop(list);
  return mapped;
}

PLUMB_BODY(list, filter) {
  if (becomesOwn(list)) {
    auto elements = mutableElements(list);
    uint64_t kept = 0;
    for (plumb_slot element : elements) {
      retainSlot(element, A_kind);
      if (call(function, element))
        elements[kept++] = element;
      else
        dropSlot(element, A_kind);
    }
    list->length = kept;
    if (kept != elements.size())
      list->buffer->used = kept;
    return list;
  }
  plumb_list *kept = newList(0, A_kind);
  for (plumb_slot element : elementsOf(list)) {
    retainSlot(element, A_kind);
    if (call(function, element))
      kept = push(kept, retained(element, A_kind), A_kind);
  }
  values::drop(list);
  return kept;
}

PLUMB_BODY(list, reduce) {
  plumb_slot value = initial;
  for (plumb_slot element : elementsOf(list))
    value = call(function, value, retained(element, A_kind));
  values::drop(list);
  return value;
}

/// Stable, and within the list whatever the function says. `room` is half as
/// long, or more.
static void sortElements(std::span<plumb_slot> elements, plumb_slot *room,
                         plumb_fun *function, int32_t kind) {
  auto isBefore = [&](plumb_slot left, plumb_slot right) {
    return static_cast<int64_t>(
               call(function, retained(left, kind), retained(right, kind))) < 0;
  };
  if (elements.size() <= 8) {
    for (size_t at = 1; at < elements.size(); ++at) {
      plumb_slot moved = elements[at];
      size_t to = at;
      for (; to > 0 && isBefore(moved, elements[to - 1]); --to)
        elements[to] = elements[to - 1];
      elements[to] = moved;
    }
    return;
  }
  size_t half = elements.size() / 2;
  sortElements(elements.first(half), room, function, kind);
  sortElements(elements.subspan(half), room, function, kind);
  if (!isBefore(elements[half], elements[half - 1]))
    return; // It is in order.
  std::copy_n(elements.begin(), half, room);
  size_t left = 0, right = half, to = 0;
  while (left < half && right < elements.size())
    elements[to++] = isBefore(elements[right], room[left]) ? elements[right++]
                                                           : room[left++];
  std::copy(room + left, room + half, elements.begin() + to);
}

PLUMB_BODY(list, sort) {
  list = ownElements(list);
  plumb_list *room = newList(list->length / 2 + 1, PLUMB_INT);
  sortElements(mutableElements(list), room->buffer->slots, function, A_kind);
  values::drop(room);
  return list;
}

/// The position of the first element that is asked for, or the length.
static uint64_t findFirst(const plumb_list *list, plumb_fun *function,
                          int32_t kind, bool wanted) {
  for (uint64_t at = 0; at != list->length; ++at)
    if ((call(function, elementAt(list, at, kind)) != 0) == wanted)
      return at;
  return list->length;
}

PLUMB_BODY(list, find) {
  uint64_t at = findFirst(list, function, A_kind, true);
  if (at == list->length)
    return reinterpret_cast<plumb_option *>(&plumb_none);
  return plumb_new_some(elementAt(list, at, A_kind), A_kind);
}

PLUMB_BODY(list, any) {
  return findFirst(list, function, A_kind, true) != list->length;
}

PLUMB_BODY(list, all) {
  return findFirst(list, function, A_kind, false) == list->length;
}

PLUMB_BODY(list, contains) {
  return std::ranges::any_of(elementsOf(list), [&](plumb_slot element) {
    return equalSlots(element, value, A_kind);
  });
}

PLUMB_BODY(list, zip) {
  uint64_t length = std::min(left->length, right->length);
  plumb_list *pairs = newList(length, PLUMB_OBJECT);
  for (uint64_t at = 0; at != length; ++at)
    pairs = push(
        pairs,
        slotOf(plumb_new_pair(elementAt(left, at, A_kind),
                              elementAt(right, at, B_kind), A_kind, B_kind)),
        PLUMB_OBJECT);
  return pairs;
}

PLUMB_BODY(list, flat_map) {
  plumb_list *mapped = newList(0, B_kind);
  for (plumb_slot element : elementsOf(list)) {
    auto *more =
        objectOf<plumb_list>(call(function, retained(element, A_kind)));
    mapped = appendAll(mapped, more, B_kind);
    values::drop(more);
  }
  values::drop(list);
  return mapped;
}

PLUMB_BODY(list, flatten) {
  plumb_list *flat = newList(0, A_kind);
  for (plumb_slot each : elementsOf(lists))
    flat = appendAll(flat, objectOf<plumb_list>(each), A_kind);
  return flat;
}

PLUMB_BODY(list, enumerate) {
  plumb_list *pairs = newList(list->length, PLUMB_OBJECT);
  for (uint64_t at = 0; at != list->length; ++at)
    pairs = push(pairs,
                 slotOf(plumb_new_pair(at, elementAt(list, at, A_kind),
                                       PLUMB_INT, A_kind)),
                 PLUMB_OBJECT);
  values::drop(list);
  return pairs;
}

static uint64_t clamped(int64_t count, const plumb_list *list) {
  return static_cast<uint64_t>(
      std::clamp<int64_t>(count, 0, static_cast<int64_t>(list->length)));
}

PLUMB_BODY(list, take) { return slice(list, 0, clamped(count, list)); }

PLUMB_BODY(list, drop) {
  return slice(list, clamped(count, list), list->length);
}

PLUMB_BODY(list, collect) {
  plumb_list *list = newList(0, A_kind);
  eachOf(iter, [&](plumb_slot element) { list = push(list, element, A_kind); });
  return list;
}
