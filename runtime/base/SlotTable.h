//===- SlotTable.h - objects that are named for ever ------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_SLOTTABLE_H
#define PLUMB_RUNTIME_BASE_SLOTTABLE_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace plumb::rt::base {

/// What an object of a table is called: its slot, and how often the slot was
/// used before.
struct SlotName {
  uint32_t index, generation;

  /// In one number, and back.
  constexpr uint64_t value() const noexcept {
    return uint64_t(generation) << 32 | index;
  }
  static constexpr SlotName of(uint64_t value) noexcept {
    return {static_cast<uint32_t>(value), static_cast<uint32_t>(value >> 32)};
  }
};

/// Owns objects, each named by its slot and by how often the slot was used
/// before: a name never becomes another object's, because a slot whose numbers
/// are used up is not used again. All but insert() and nextGeneration() are
/// O(1) and cannot fail. Not thread safe.
template <typename T> class SlotTable {
public:
  using Name = SlotName;

  /// At most `maxSlots` objects at once; names begin with `firstGeneration`.
  explicit SlotTable(uint32_t maxSlots, uint32_t firstGeneration = 0) noexcept
      : maxSlots(maxSlots), firstGeneration(firstGeneration) {}

  /// Takes the object, unless the table is full. Amortised O(1). Throws
  /// std::bad_alloc and takes nothing.
  std::optional<Name> insert(std::unique_ptr<T> &object) {
    if (free.empty()) {
      if (slots.size() == maxSlots || firstGeneration == usedUp)
        return std::nullopt;
      // So that remove() cannot fail.
      if (free.capacity() <= slots.size())
        free.reserve(2 * (slots.size() + 1));
      slots.push_back({firstGeneration, nullptr});
      free.push_back(static_cast<uint32_t>(slots.size() - 1));
    }
    uint32_t index = free.back();
    free.pop_back();
    slots[index].object = std::move(object);
    return Name{index, slots[index].generation};
  }

  /// Null for a name that is stale, or was never given.
  T *find(Name name) const noexcept {
    return name.index < slots.size() &&
                   slots[name.index].generation == name.generation
               ? slots[name.index].object.get()
               : nullptr;
  }
  /// Makes the name of the object stale. Once, before it is removed.
  void retire(uint32_t index) noexcept { ++slots[index].generation; }
  std::unique_ptr<T> remove(uint32_t index) noexcept {
    if (slots[index].generation != usedUp)
      free.push_back(index);
    return std::move(slots[index].object);
  }

  /// Slots, used or not; what is in one, or null.
  size_t size() const noexcept { return slots.size(); }
  T *at(size_t index) const noexcept { return slots[index].object.get(); }

  /// With what a table begins that gives none of the names that this one gave
  /// or was given; `usedUp` when there is none.
  uint32_t nextGeneration() const noexcept {
    uint32_t next = firstGeneration;
    for (const Slot &slot : slots)
      next = std::max(next, slot.generation + (slot.object ? 1 : 0));
    return next;
  }
  static constexpr uint32_t usedUp = UINT32_MAX;

private:
  struct Slot {
    uint32_t generation;
    std::unique_ptr<T> object;
  };
  uint32_t maxSlots, firstGeneration;
  std::vector<Slot> slots;
  std::vector<uint32_t> free;
};

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_SLOTTABLE_H
