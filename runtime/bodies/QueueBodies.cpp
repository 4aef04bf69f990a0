//===- QueueBodies.cpp - the bodies of family `queue` ---------------------===//

#include "plumb/queue.bodies.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"

using namespace plumb::rt;
using namespace plumb::rt::values;

PLUMB_BODY(queue, make) { return newList(0, A_kind, plumb_type_queue); }

PLUMB_BODY(queue, push) { return values::push(queue, value, A_kind); }

static plumb_slot oldest(const plumb_queue *queue, int32_t kind) {
  return retained(elementsOf(queue)[0], kind);
}

PLUMB_BODY(queue, pop) {
  if (queue->length == 0)
    fail("pop of an empty queue");
  plumb_slot value = oldest(queue, A_kind);
  queue = slice(queue, 1, queue->length);
  return plumb_new_pair(value, slotOf(queue), A_kind, PLUMB_OBJECT);
}

PLUMB_BODY(queue, peek) {
  if (queue->length == 0)
    fail("peek of an empty queue");
  return oldest(queue, A_kind);
}

PLUMB_BODY(queue, size) { return static_cast<int64_t>(queue->length); }

PLUMB_BODY(queue, is_empty) { return queue->length == 0; }
