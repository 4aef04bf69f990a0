//===- TimeIntrinsics.td - Clock and timers ----------------*- tablegen -*-===//

include "plumb/Intrinsic/Intrinsic.td"

def Time_Family : IntrinsicFamily {
  let name = "time";
  let module = "Time";
  let summary = "The clock and timers";
  let description = [{
    A timer fires on the event loop whose callback made it. Made outside a
    callback, it fires on the first loop of the server that the program serves,
    or in `time.run`.
  }];
}
def Time_Dialect : IntrinsicDialect<Time_Family, /*hasTypes=*/1>;

class Time_Intrinsic<string mnemonic>
    : Intrinsic<Time_Family, Time_Dialect, mnemonic>;

def Time_Timer : IntrinsicHandle<Time_Family, Time_Dialect, "Timer", "timer"> {
  let summary = "a timer; stale once it has fired for the last time";
}

def Time_Clock : FamilyResource<"time.clock">;
def Time_Timers : FamilyResource<"time.timers">;

def Time_OnTimer : IntrinsicCallback<Time_Family, "on_timer"> {
  let summary = "A timer has fired";
  let arguments = (ins Arg<Int, "the number given to the timer">:$data);
}

def Time_Now : Time_Intrinsic<"now"> {
  let summary = "The time of day";
  let results = (outs
      Res<Int, "milliseconds since 1970-01-01 00:00 UTC">:$milliseconds);
  let touches = [Reads<Time_Clock>, Writes<Time_Clock>];
}

class Time_Start<string mnemonic> : Time_Intrinsic<mnemonic> {
  let arguments = !con((ins
      Arg<Int, "milliseconds">:$delay,
      Arg<Int, "a number for the callback">:$data,
      Arg<Callback<Time_OnTimer, /*kept=*/1>,
          "called when the time has come">:$on_timer), Environments);
  let touches = [Writes<Time_Timers>];
}

def Time_After : Time_Start<"after"> {
  let summary = "Call back once, after a delay";
  let results = (outs
      Res<Time_Timer, "null when the delay is negative">:$timer);
}

def Time_Every : Time_Start<"every"> {
  let summary = "Call back again and again, with a delay between";
  let results = (outs
      Res<Time_Timer, "null when the delay is less than 1">:$timer);
}

def Time_Cancel : Time_Intrinsic<"cancel"> {
  let summary = "Stop a timer; it does not fire any more";
  let arguments = (ins Arg<Time_Timer, "the timer">:$timer);
  let results = (outs Status:$status);
  let touches = [Writes<Time_Timers>];
}

def Time_Run : Time_Intrinsic<"run"> {
  let summary = "Run timers until none is left";
  let description = [{
    For programs that serve nothing. Returns, too, on SIGINT, SIGTERM and when
    every server is told to stop.
  }];
  let results = (outs Status:$status);
  let touches = [Reads<Time_Timers>, Writes<Time_Timers>];
  let blocks = 1;
}
