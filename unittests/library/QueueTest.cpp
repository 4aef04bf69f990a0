//===- QueueTest.cpp - the bodies of family `queue` -----------------------===//

#include "plumb/queue.h"
#include "plumb/value.h"
#include "unittests/library/Functions.h"

using namespace plumb::rt::values;

namespace {
using QueueLibrary = Values;
constexpr int32_t I = PLUMB_INT;

TEST_F(QueueLibrary, FirstInFirstOut) {
  plumb_queue *queue = plumb_queue_make(I);
  EXPECT_TRUE(plumb_queue_is_empty(queue, I));
  EXPECT_EXIT(plumb_queue_pop(queue, I), testing::ExitedWithCode(1),
              "^error: pop of an empty queue\n$");
  EXPECT_EXIT(plumb_queue_peek(queue, I), testing::ExitedWithCode(1),
              "^error: peek of an empty queue\n$");
  for (plumb_slot number : {1, 2, 3})
    queue = plumb_queue_push(queue, number, I);
  EXPECT_EQ(plumb_queue_peek(queue, I), 1u);
  EXPECT_EQ(plumb_queue_size(queue, I), 3);
  plumb_tuple *taken = plumb_queue_pop(queue, I);
  EXPECT_EQ(shown(taken), "(1, [2, 3])");
  EXPECT_EQ(plumb_value_tuple_first(taken, I, PLUMB_OBJECT), 1u);
  auto *rest =
      objectOf<plumb_queue>(plumb_value_tuple_second(taken, I, PLUMB_OBJECT));
  EXPECT_EQ(plumb_queue_size(rest, I), 2);
  drop(rest);
  drop(taken);
}

} // namespace
