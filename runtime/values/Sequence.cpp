//===- Sequence.cpp - running lazy sequences ------------------------------===//

#include "runtime/values/Sequence.h"
#include "runtime/values/Call.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"

#include <algorithm>

namespace plumb::rt::values {

plumb_iter *newIter(Step step, void *source, void *other, int64_t number,
                    int32_t kind, int32_t otherKind) noexcept {
  auto *iter = make<plumb_iter>(plumb_type_iter, sizeof(plumb_iter),
                                static_cast<uint32_t>(step));
  iter->source = header(source);
  iter->other = other ? header(other) : &plumb_none;
  iter->number = number;
  iter->kinds = kind + 8 * otherKind;
  return iter;
}

struct Sequence::Stage {
  const plumb_iter *iter;
  Stage *before = nullptr, *second = nullptr;
  int64_t at = 0; // elements that have come

  Step step() const noexcept { return static_cast<Step>(iter->header.tag); }
  int32_t kind() const noexcept {
    return static_cast<int32_t>(iter->kinds % 8);
  }
  int32_t otherKind() const noexcept {
    return static_cast<int32_t>(iter->kinds / 8);
  }
  plumb_fun *function() const noexcept {
    return reinterpret_cast<plumb_fun *>(iter->other);
  }
};

/// The chain from its end is a list of what comes before; only what is zipped
/// branches.
Sequence::Stage *Sequence::stagesOf(const plumb_iter *iter) noexcept {
  checkStack();
  Stage *last = nullptr, **place = &last;
  for (;;) {
    auto *stage = new (allocate(sizeof(Stage))) Stage{iter};
    *place = stage;
    place = &stage->before;
    if (stage->step() == Step::Zip)
      stage->second =
          stagesOf(reinterpret_cast<const plumb_iter *>(iter->other));
    if (stage->step() == Step::List)
      return last;
    iter = reinterpret_cast<const plumb_iter *>(iter->source);
  }
}

void Sequence::freeStages(Stage *stage) noexcept {
  while (stage) {
    if (stage->second)
      freeStages(stage->second);
    Stage *before = stage->before;
    release(stage, sizeof(Stage));
    stage = before;
  }
}

Sequence::Sequence(const plumb_iter *iter) noexcept : last(stagesOf(iter)) {}
Sequence::~Sequence() { freeStages(last); }

bool Sequence::pull(Stage *stage, plumb_slot &element) noexcept {
  checkStack();
  switch (stage->step()) {
  case Step::List: {
    auto *list = reinterpret_cast<plumb_list *>(stage->iter->source);
    if (static_cast<uint64_t>(stage->at) >= list->length)
      return false;
    element = retained(elementsOf(list)[static_cast<size_t>(stage->at++)],
                       stage->kind());
    return true;
  }
  case Step::Map:
    if (!pull(stage->before, element))
      return false;
    element = call(stage->function(), element);
    return true;
  case Step::Filter:
    while (pull(stage->before, element)) {
      retainSlot(element, stage->kind());
      if (call(stage->function(), element))
        return true;
      dropSlot(element, stage->kind());
    }
    return false;
  case Step::Take:
    if (stage->at >= stage->iter->number)
      return false;
    ++stage->at;
    return pull(stage->before, element);
  case Step::Skip:
    for (; stage->at < stage->iter->number; ++stage->at) {
      if (!pull(stage->before, element))
        return false;
      dropSlot(element, stage->kind());
    }
    return pull(stage->before, element);
  case Step::Enumerate:
    if (!pull(stage->before, element))
      return false;
    element = slotOf(plumb_new_pair(static_cast<plumb_slot>(stage->at++),
                                    element, PLUMB_INT, stage->kind()));
    return true;
  case Step::Zip: {
    plumb_slot other;
    if (!pull(stage->before, element))
      return false;
    if (!pull(stage->second, other)) {
      dropSlot(element, stage->kind());
      return false;
    }
    element = slotOf(
        plumb_new_pair(element, other, stage->kind(), stage->otherKind()));
    return true;
  }
  }
  return false;
}

std::optional<plumb_slot> Sequence::next() noexcept {
  plumb_slot element;
  if (!pull(last, element))
    return std::nullopt;
  return element;
}

} // namespace plumb::rt::values
