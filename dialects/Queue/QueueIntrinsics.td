//===- QueueIntrinsics.td - First in, first out ------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Queue_Family : IntrinsicFamily {
  let name = "queue";
  let module = "Queue";
  let summary = "First in, first out";
  let description = "Each operation takes the same time, however long the queue "
                    "is.";
}
def Queue_Dialect : IntrinsicDialect<Queue_Family>;

class Queue_Intrinsic<string mnemonic>
    : Intrinsic<Queue_Family, Queue_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["queue_" # mnemonic];
}

def Queue_Make : Queue_Intrinsic<"make"> {
  let summary = "An empty queue";
  let sourceName = "Queue.new";
  let results = (outs QueueOf<A>:$queue);
  let aliases = ["queue_new"];
}

def Queue_Push : Queue_Intrinsic<"push"> {
  let summary = "A queue with one more value at its end";
  let arguments = (ins Arg<Consumed<QueueOf<A>>, "the queue">:$queue,
                       Arg<Consumed<A>, "the value">:$value);
  let results = (outs QueueOf<A>:$longer);
}

def Queue_Pop : Queue_Intrinsic<"pop">, MayFail {
  let summary = "The oldest value of a queue, and the queue without it";
  let description = "The program fails when the queue is empty.";
  let arguments = (ins Arg<Consumed<QueueOf<A>>, "the queue">:$queue);
  let results = (outs PairOf<A, QueueOf<A>>:$taken);
}

def Queue_Peek : Queue_Intrinsic<"peek">, MayFail {
  let summary = "The oldest value of a queue";
  let description = "The program fails when the queue is empty.";
  let arguments = (ins Arg<QueueOf<A>, "the queue">:$queue);
  let results = (outs A:$value);
}

def Queue_Size : Queue_Intrinsic<"size"> {
  let summary = "How many values a queue has";
  let arguments = (ins Arg<QueueOf<A>, "the queue">:$queue);
  let results = (outs Int:$size);
}

def Queue_IsEmpty : Queue_Intrinsic<"is_empty"> {
  let summary = "Whether a queue has no value";
  let arguments = (ins Arg<QueueOf<A>, "the queue">:$queue);
  let results = (outs Bool:$empty);
}
