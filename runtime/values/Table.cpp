//===- Table.cpp - entries in the order of insertion ----------------------===//

#include "runtime/values/Table.h"
#include "runtime/values/Fail.h"
#include "runtime/values/Hash.h"
#include "runtime/values/Strings.h"

#include <algorithm>
#include <cstring>

using namespace plumb::rt::values;

static size_t bitsSize(uint64_t capacity) {
  return std::max<size_t>((capacity + 63) / 64 * 8, 16);
}
static size_t indexSize(uint64_t mask) {
  return (mask + 1) * sizeof(plumb_table::Place);
}
static size_t entriesSize(const plumb_table &table) {
  return table.capacity * table.stride * sizeof(plumb_slot);
}

template <typename T> static T *copyOf(const T *from, size_t size) {
  return static_cast<T *>(std::memcpy(allocate(size), from, size));
}

void plumb_table::ownParts() noexcept {
  entries = copyOf(entries, entriesSize(*this));
  if (index)
    index = copyOf(index, indexSize(indexMask));
  if (removed)
    removed = copyOf(removed, bitsSize(capacity));
}

void plumb_table::freeParts() noexcept {
  release(entries, entriesSize(*this));
  if (index)
    release(index, indexSize(indexMask));
  if (removed)
    release(removed, bitsSize(capacity));
}

namespace plumb::rt::values {

/// Up to so many, looking at each is quicker than an index.
static constexpr uint64_t smallTable = 8;
static constexpr uint64_t maxEntries = UINT32_MAX / 2;

static plumb_table *newTable(uint64_t capacity, uint64_t stride,
                             const uint8_t *kinds) noexcept {
  auto *table = make<plumb_table>(tableType);
  table->index = nullptr;
  table->removed = nullptr;
  table->capacity = capacity;
  table->used = table->numRemoved = table->indexMask = table->cursor = 0;
  table->stride = stride;
  table->kinds[0] = kinds[0];
  table->kinds[1] = kinds[1];
  table->entries = static_cast<plumb_slot *>(allocate(entriesSize(*table)));
  return table;
}

static uint32_t hashOf(plumb_slot key, int32_t kind) noexcept {
  uint64_t hash = hashValue(key, kind);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

static void place(plumb_table &table, uint32_t hash, uint64_t entry) noexcept {
  uint64_t at = hash & table.indexMask;
  while (table.index[at].entry)
    at = (at + 1) & table.indexMask;
  table.index[at] = {hash, static_cast<uint32_t>(entry + 1)};
}

/// At most half of the places are taken, so that chains stay short.
static void makeIndex(plumb_table &table) noexcept {
  uint64_t places = 16;
  while (places < table.capacity * 2)
    places *= 2;
  auto *old = table.index;
  uint64_t oldMask = table.indexMask;
  table.indexMask = places - 1;
  size_t size = indexSize(table.indexMask);
  table.index = static_cast<plumb_table::Place *>(allocate(size));
  std::memset(table.index, 0, size);
  if (old) { // The hashes are known.
    for (uint64_t at = 0; at <= oldMask; ++at)
      if (old[at].entry)
        place(table, old[at].hash, old[at].entry - 1);
    return release(old, indexSize(oldMask));
  }
  for (uint64_t entry = 0; entry < table.used; ++entry)
    if (!table.isRemoved(entry))
      place(table, hashOf(*table.at(entry), table.kinds[0]), entry);
}

static constexpr uint64_t none = UINT64_MAX;

/// isKey(slot) says whether a slot holds the key.
template <typename IsKey>
static uint64_t findBy(const plumb_table &table, uint64_t end, uint32_t hash,
                       IsKey &&isKey) noexcept {
  if (!table.index) {
    for (uint64_t entry = 0; entry < end; ++entry)
      if (!table.isRemoved(entry) && isKey(*table.at(entry)))
        return entry;
    return none;
  }
  for (uint64_t at = hash & table.indexMask;; at = (at + 1) & table.indexMask) {
    plumb_table::Place place = table.index[at];
    if (!place.entry)
      return none;
    uint64_t entry = place.entry - 1;
    if (place.hash == hash && entry < end && isKey(*table.at(entry)))
      return entry;
  }
}

static uint64_t find(const plumb_table &table, uint64_t end, plumb_slot key,
                     int32_t kind, uint32_t hash) noexcept {
  if (kind == PLUMB_INT)
    return findBy(table, end, hash,
                  [&](plumb_slot slot) { return slot == key; });
  if (kind == PLUMB_OBJECT && objectOf(key)->type == &plumb_type_string) {
    std::string_view text = viewOf(objectOf<plumb_string>(key));
    return findBy(table, end, hash, [&](plumb_slot slot) {
      return slot == key || viewOf(objectOf<plumb_string>(slot)) == text;
    });
  }
  return findBy(table, end, hash,
                [&](plumb_slot slot) { return equalSlots(slot, key, kind); });
}

/// Takes an entry out of the index, and moves up those behind it that would not
/// be found any more.
static void unplace(plumb_table &table, uint64_t entry,
                    uint32_t hash) noexcept {
  uint64_t hole = hash & table.indexMask;
  while (table.index[hole].entry != entry + 1)
    hole = (hole + 1) & table.indexMask;
  for (uint64_t at = hole;;) {
    at = (at + 1) & table.indexMask;
    if (!table.index[at].entry)
      break;
    uint64_t home = table.index[at].hash & table.indexMask;
    if (((at - home) & table.indexMask) >= ((at - hole) & table.indexMask)) {
      table.index[hole] = table.index[at];
      hole = at;
    }
  }
  table.index[hole] = {0, 0};
}

static void dropEntry(const plumb_table &table, uint64_t entry) noexcept {
  for (uint64_t slot = 0; slot < table.stride; ++slot)
    dropSlot(table.at(entry)[slot], table.kinds[slot]);
}

/// Forgets entries that only views had which are gone.
static void truncate(plumb_table &table, uint64_t end) noexcept {
  while (table.used > end) {
    uint64_t entry = table.used - 1;
    if (table.isRemoved(entry)) {
      table.removed[entry / 64] &= ~(uint64_t(1) << entry % 64);
      --table.numRemoved;
    } else {
      if (table.index)
        unplace(table, entry, hashOf(*table.at(entry), table.kinds[0]));
      dropEntry(table, entry);
    }
    --table.used;
  }
}

/// A table of its own for what the view sees, with room for `more`.
static plumb_table *copyTable(const plumb_map *map, uint64_t more) noexcept {
  const plumb_table &old = *map->table;
  uint64_t wanted = map->size + more;
  plumb_table *table = newTable(std::max<uint64_t>(wanted + wanted / 4, 4),
                                old.stride, old.kinds);
  for (uint64_t entry = 0; entry < map->end; ++entry) {
    if (old.isRemoved(entry))
      continue;
    for (uint64_t slot = 0; slot < old.stride; ++slot)
      table->at(table->used)[slot] =
          retained(old.at(entry)[slot], old.kinds[slot]);
    ++table->used;
  }
  if (table->capacity > smallTable) {
    if (old.index && map->end == old.used && !old.numRemoved &&
        old.indexMask + 1 >= table->capacity * 2) {
      table->indexMask = old.indexMask;
      table->index = copyOf(old.index, indexSize(old.indexMask));
    } else {
      makeIndex(*table);
    }
  }
  return table;
}

static void grow(plumb_table &table) noexcept {
  if (table.capacity > maxEntries / 2)
    fail("a map has too many entries");
  size_t before = entriesSize(table), bits = bitsSize(table.capacity);
  table.capacity *= 2;
  table.entries = static_cast<plumb_slot *>(
      resize(table.entries, before, entriesSize(table)));
  if (table.removed) {
    table.removed = static_cast<uint64_t *>(
        resize(table.removed, bits, bitsSize(table.capacity)));
    std::memset(reinterpret_cast<char *>(table.removed) + bits, 0,
                bitsSize(table.capacity) - bits);
  }
  if (table.capacity > smallTable)
    makeIndex(table);
}

static plumb_map *newView(const plumb_type &type, plumb_table *table,
                          uint64_t end, uint64_t size) noexcept {
  auto *map = make<plumb_map>(type);
  map->table = table;
  map->end = end;
  map->size = size;
  return map;
}

static plumb_table emptyTables[2] = {
    {{PLUMB_IMMORTAL, 0, &tableType}, {}, {}, {}, 0, 0, 0, 0, 0, 1, {3, 3}},
    {{PLUMB_IMMORTAL, 0, &tableType}, {}, {}, {}, 0, 0, 0, 0, 0, 2, {3, 3}}};

plumb_map *newMap(const plumb_type &type) noexcept {
  return newView(type, &emptyTables[type.shape == PLUMB_SHAPE_MAP], 0, 0);
}

plumb_slot *findKey(const plumb_map *map, plumb_slot key,
                    int32_t keyKind) noexcept {
  if (map->size == 0)
    return nullptr;
  uint32_t hash = map->table->index ? hashOf(key, keyKind) : 0;
  uint64_t entry = find(*map->table, map->end, key, keyKind, hash);
  return entry == none ? nullptr : map->table->at(entry);
}

/// The map itself when nobody else has it, or another view like it.
static plumb_map *ownView(plumb_map *map) noexcept {
  if (isUnique(map))
    return map;
  retain(map->table);
  plumb_map *view = newView(*map->header.type, map->table, map->end, map->size);
  drop(map);
  return view;
}

static void setTable(plumb_map *map, plumb_table *table) noexcept {
  drop(map->table);
  map->table = table;
  map->end = table->used;
}

plumb_map *putKey(plumb_map *map, plumb_slot key, plumb_slot value,
                  int32_t keyKind, int32_t valueKind) noexcept {
  // What a view had that is gone must not be in the way of the next one.
  if (isUnique(map->table))
    truncate(*map->table, map->end);
  map = ownView(map);
  if (map->table->capacity == 0) {
    const uint8_t kinds[2] = {static_cast<uint8_t>(keyKind),
                              static_cast<uint8_t>(valueKind)};
    map->table = newTable(4, map->table->stride, kinds); // It was immortal.
  }
  uint32_t hash = map->table->index ? hashOf(key, keyKind) : 0;
  uint64_t entry = find(*map->table, map->end, key, keyKind, hash);
  if (entry != none) {
    if (map->table->stride == 2) {
      if (!isUnique(map->table)) {
        // The same entry, were it not for gaps that close.
        for (uint64_t at = 0, gone = entry; at < gone; ++at)
          entry -= map->table->isRemoved(at);
        setTable(map, copyTable(map, 0));
      }
      plumb_slot &old = map->table->at(entry)[1];
      plumb_slot before = old;
      old = value;
      dropSlot(before, valueKind);
    }
    dropSlot(key, keyKind);
    return map;
  }
  if (isUnique(map->table)) {
    if (map->table->used == map->table->capacity) {
      if (map->table->numRemoved >= map->table->used / 4 + 1)
        setTable(map, copyTable(map, map->size + 1));
      else
        grow(*map->table);
    }
  } else if (map->table->header.count < 0 || map->end != map->table->used ||
             map->table->used == map->table->capacity ||
             !isShallow(key, keyKind) || !isShallow(value, valueKind)) {
    setTable(map, copyTable(map, map->size + 1));
  }
  plumb_table &table = *map->table;
  plumb_slot *added = table.at(table.used);
  added[0] = key;
  if (table.stride == 2)
    added[1] = value;
  if (table.index)
    place(table, hash ? hash : hashOf(key, keyKind), table.used);
  map->end = ++table.used;
  ++map->size;
  return map;
}

plumb_map *removeKey(plumb_map *map, plumb_slot key, int32_t keyKind) noexcept {
  if (!findKey(map, key, keyKind))
    return map;
  map = ownView(map);
  if (!isUnique(map->table))
    setTable(map, copyTable(map, 0));
  plumb_table &table = *map->table;
  truncate(table, map->end);
  uint32_t hash = table.index ? hashOf(key, keyKind) : 0;
  uint64_t entry = find(table, map->end, key, keyKind, hash);
  if (table.index)
    unplace(table, entry, hash);
  // What goes may refer to `key` itself: last.
  plumb_slot gone[2] = {};
  std::memcpy(gone, table.at(entry), table.stride * sizeof(plumb_slot));
  for (uint64_t slot = 0; slot < table.stride; ++slot)
    table.at(entry)[slot] =
        table.kinds[slot] == PLUMB_OBJECT ? slotOf(&plumb_none) : 0;
  if (entry + 1 == table.used) {
    --table.used;
    --map->end;
  } else {
    if (!table.removed) {
      size_t size = bitsSize(table.capacity);
      table.removed = static_cast<uint64_t *>(allocate(size));
      std::memset(table.removed, 0, size);
    }
    table.removed[entry / 64] |= uint64_t(1) << entry % 64;
    ++table.numRemoved;
  }
  --map->size;
  for (uint64_t slot = 0; slot < table.stride; ++slot)
    dropSlot(gone[slot], table.kinds[slot]);
  // Else who removes all the oldest entries walks over ever more gaps.
  if (table.numRemoved > 32 && table.numRemoved > map->size)
    setTable(map, copyTable(map, 0));
  return map;
}

void closeGaps(plumb_map *map) noexcept {
  if (map->size != map->end && map->header.count >= 0)
    setTable(map, copyTable(map, 0));
}

} // namespace plumb::rt::values
