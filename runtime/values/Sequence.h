//===- Sequence.h - running lazy sequences ----------------------*- C++ -*-===//
//
// A plumb_iter is a chain of steps, each of which takes from the one before. A
// Sequence is how far one run of it has got.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_VALUES_SEQUENCE_H
#define PLUMB_RUNTIME_VALUES_SEQUENCE_H

#include "runtime/values/Object.h"

#include <optional>

/// The tag is the Step.
struct plumb_iter {
  plumb_object header;
  plumb_object *source; ///< a list, or the step before
  plumb_object *other;  ///< function or second sequence; else plumb_none
  int64_t number;       ///< of Take and Skip
  int64_t kinds; ///< of the elements that come in, and 8 * those of `other`
};

namespace plumb::rt::values {

enum class Step : uint32_t { List, Map, Filter, Take, Skip, Enumerate, Zip };

/// Consumes the objects; `other` may be null.
plumb_iter *newIter(Step step, void *source, void *other, int64_t number,
                    int32_t kind, int32_t otherKind = 0) noexcept;

class Sequence {
public:
  /// Borrows the chain, which must outlive it.
  explicit Sequence(const plumb_iter *iter) noexcept;
  ~Sequence();
  Sequence(const Sequence &) = delete;
  Sequence &operator=(const Sequence &) = delete;

  /// Who calls it owns the element. None once there are no more.
  std::optional<plumb_slot> next() noexcept;

private:
  struct Stage; // One step of the chain, from the list on.
  static Stage *stagesOf(const plumb_iter *iter) noexcept;
  static void freeStages(Stage *stage) noexcept;
  static bool pull(Stage *stage, plumb_slot &element) noexcept;

  Stage *last;
};

/// Calls visit(element) with each, which it then owns.
template <typename Visit>
void eachOf(const plumb_iter *iter, Visit &&visit) noexcept {
  Sequence sequence(iter);
  while (std::optional<plumb_slot> element = sequence.next())
    visit(*element);
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_SEQUENCE_H
