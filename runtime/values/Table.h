//===- Table.h - entries in the order of insertion --------------*- C++ -*-===//
//
// What maps and sets share: an array of entries and, beyond a few, an index of
// their hashes. A map is a view of the first entries of a table, so that adding
// a key to a map that is shared takes no copy (the older view does not see it);
// changing or removing what a shared map has copies the table once.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_VALUES_TABLE_H
#define PLUMB_RUNTIME_VALUES_TABLE_H

#include "runtime/values/Object.h"

struct plumb_table {
  plumb_object header;
  plumb_slot *entries; ///< key, and of maps its value
  struct Place {
    uint32_t hash;
    uint32_t entry; ///< from 1; 0 where nothing is
  };
  Place *index;            ///< null while the table is small
  uint64_t *removed;       ///< bits of entries that are gone; null when none is
  uint64_t capacity, used; ///< entries
  uint64_t indexMask;
  uint64_t numRemoved;
  uint64_t cursor; ///< of Count.cpp
  uint64_t stride; ///< slots an entry: 2 of maps, 1 of sets
  uint8_t kinds[2];

  bool isRemoved(uint64_t entry) const noexcept {
    return removed && (removed[entry / 64] >> (entry % 64) & 1);
  }
  plumb_slot *at(uint64_t entry) const noexcept {
    return entries + entry * stride;
  }
  /// In a shallow copy: makes copies of the arrays.
  void ownParts() noexcept;
  void freeParts() noexcept;
  /// Of memory, itself included.
  int64_t numBlocks() const noexcept {
    return 2 + (index != nullptr) + (removed != nullptr);
  }
};

namespace plumb::rt::values {

/// An empty map or set, which has no table until its first entry is put.
plumb_map *newMap(const plumb_type &type) noexcept;

/// The entry of a key that the map has, or null. Borrows both.
plumb_slot *findKey(const plumb_map *map, plumb_slot key,
                    int32_t keyKind) noexcept;
/// The map with this value for the key, which stays at its place if it is
/// there. Consumes all. Sets (stride 1) have no value.
plumb_map *putKey(plumb_map *map, plumb_slot key, plumb_slot value,
                  int32_t keyKind, int32_t valueKind) noexcept;
/// The map without the key. Consumes the map, borrows the key.
plumb_map *removeKey(plumb_map *map, plumb_slot key, int32_t keyKind) noexcept;

/// Makes entry number `i` the i-th of those that are not removed: nobody sees a
/// change.
void closeGaps(plumb_map *map) noexcept;

/// Calls visit(entry's slots) for each, in order; nothing may change the map
/// meanwhile but by putting to another view.
template <typename Visit> void eachEntry(const plumb_map *map, Visit &&visit) {
  for (uint64_t at = 0; at != map->end; ++at)
    if (!map->table->isRemoved(at))
      visit(map->table->at(at));
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_TABLE_H
