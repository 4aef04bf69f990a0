// A made-up family whose memory is its own; beside Raw.td.

include "plumb/Intrinsic/Intrinsic.td"

def Timer_Family : IntrinsicFamily {
  let name = "timer";
  let module = "Timer";
  let summary = "Timers";
}
def Timer_Dialect : IntrinsicDialect<Timer_Family>;
class Timer_Intrinsic<string mnemonic>
    : Intrinsic<Timer_Family, Timer_Dialect, mnemonic>;
def Pair : IntrinsicStruct<Timer_Family, "pair",
                           [Field<"a", Int32>, Field<"b", Int32>]>;
def OnFire : IntrinsicCallback<Timer_Family, "on_fire"> {
  let summary = "It fires";
}

def OutRow : Timer_Intrinsic<"out"> {
  let summary = "Leaves a value";
  let results = (outs Int:$code, Out<Int>:$value);
}
def SpanRow : Timer_Intrinsic<"span"> {
  let summary = "Reads bytes";
  let arguments = (ins Span<Str>:$name);
  let results = (outs Int:$hash);
}
def CopyRow : Timer_Intrinsic<"copy"> {
  let summary = "Reads a struct";
  let arguments = (ins ByPointer<Pair>:$pair);
  let results = (outs Int:$sum);
}
def ValueRow : Timer_Intrinsic<"value"> {
  let summary = "Takes a struct";
  let arguments = (ins Pair:$pair);
  let results = (outs Int:$sum);
}
def During : Timer_Intrinsic<"during"> {
  let summary = "Calls back while it runs";
  let arguments = (ins Environment:$where, Function<OnFire>:$on_fire);
}
def After : Timer_Intrinsic<"after"> {
  let summary = "Calls back later";
  let arguments = (ins Environment:$where, Function<OnFire, 1>:$on_fire);
}
