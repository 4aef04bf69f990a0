// A made-up family with rows for each rule of docs/attributes.md; `heap` hands
// out addresses, `clock` of Clock.td does not.

include "plumb/Intrinsic/Intrinsic.td"

def Heap_Family : IntrinsicFamily {
  let name = "heap";
  let module = "Heap";
  let summary = "Memory that programs may write";
}
def Heap_Dialect : IntrinsicDialect<Heap_Family>;
class Heap_Intrinsic<string mnemonic>
    : Intrinsic<Heap_Family, Heap_Dialect, mnemonic>;
def Blocks : FamilyResource<"heap.blocks">;

def Allocate : Heap_Intrinsic<"allocate"> {
  let summary = "Hands out an address";
  let arguments = (ins Int:$size);
  let results = (outs Pointer:$block);
  let touches = [Writes<Blocks>];
}
def Flush : Heap_Intrinsic<"flush"> {
  let summary = "Reads what programs have written into blocks";
  let touches = [Writes<Blocks>];
}
def Total : Heap_Intrinsic<"total"> {
  let summary = "Reads only";
  let results = (outs Int:$total);
  let touches = [Reads<Blocks>];
}
def Square : Heap_Intrinsic<"square"> {
  let summary = "Touches nothing";
  let arguments = (ins Int:$x);
  let results = (outs Int:$result);
}
def Fill : Heap_Intrinsic<"fill"> {
  let summary = "Follows an address";
  let arguments = (ins Pointer:$block);
}
