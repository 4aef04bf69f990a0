// A family for changes that leave every type as it is.

include "plumb/Intrinsic/Intrinsic.td"

def Cup_Family : IntrinsicFamily {
  let name = "cup";
  let module = "Cup";
  let summary = "Cups";
}
def Cup_Dialect : IntrinsicDialect<Cup_Family>;
class Cup_Intrinsic<string mnemonic>
    : Intrinsic<Cup_Family, Cup_Dialect, mnemonic> {
  let summary = "A cup";
}
def Cup_State : FamilyResource<"cup.state">;
def Cup_Shelf : FamilyResource<"cup.shelf">;
def Cup_Size : IntOption<Cup_Family, "size", 5, 1, 100, "spoons", "size of a cup">;
def Cup_Of : ChoiceOption<Cup_Family, "of", ["tea", "milk"], "tea", "what is in it">;
def Cup_OnFull : IntrinsicCallback<Cup_Family, "on_full"> {
  let summary = "A cup is full";
  let arguments = (ins Int:$number);
}

def Cup_Next : Cup_Intrinsic<"next"> {
  let arguments = (ins Int:$step);
  let results = (outs Int:$number);
}
def Cup_Fill : Cup_Intrinsic<"fill"> {
  let arguments = (ins Int:$offset, Int:$at);
  let results = (outs Int:$number);
  let touches = [Reads<Cup_State>];
}
def Cup_Watch : Cup_Intrinsic<"watch"> {
  let arguments = (ins OptionalCallback<Cup_OnFull>:$on_full, Options:$options);
  let results = (outs Int:$number);
  let touches = [Writes<Cup_State>];
}
def Cup_Label : Cup_Intrinsic<"label"> {
  let results = (outs Str:$text);
  let touches = [Reads<Cup_State>];
  let freshResult = 1;
}
