include "plumb/Intrinsic/Intrinsic.td"

def Bell_Family : IntrinsicFamily {
  let name = "bell";
  let module = "Bell";
  let summary = "Bells";
}
def Bell_Dialect : IntrinsicDialect<Bell_Family>;
def Bell_State : FamilyResource<"bell.state">;

def Bell_Ring : Intrinsic<Bell_Family, Bell_Dialect, "ring"> {
  let summary = "Ring so many times";
  let arguments = (ins Int:$times);
  let results = (outs Status:$status);
  let touches = [Writes<Bell_State>];
}
