// A family whose runtime is built in ways in which debug information could be
// taken for something that it is not.

include "plumb/Intrinsic/Intrinsic.td"

def Shop_Family : IntrinsicFamily {
  let name = "shop";
  let module = "Shop";
  let summary = "Goods";
  let symbolPrefix = "shop_";
}
def Shop_Dialect : IntrinsicDialect<Shop_Family>;
class Shop_Intrinsic<string mnemonic>
    : Intrinsic<Shop_Family, Shop_Dialect, mnemonic> {
  let summary = "Goods";
}

def Shop_Size : IntrinsicStruct<Shop_Family, "size",
                                [Field<"wide", Int>, Field<"deep", Int>]>;
def Shop_Kind : IntrinsicEnum<Shop_Family, "kind", UInt32,
                              [Case<"near", 3>, Case<"far", 200>,
                               Case<"all", 4294967295>]>;

def Shop_Area : Shop_Intrinsic<"area"> {
  let arguments = (ins Shop_Size:$size);
  let results = (outs Int:$area);
}
def Shop_Box : Shop_Intrinsic<"box"> {
  let results = (outs Shop_Size:$size);
}
def Shop_Ask : Shop_Intrinsic<"ask"> {
  let arguments = (ins Shop_Kind:$kind);
  let results = (outs Shop_Kind:$next);
}
def Shop_Add : Shop_Intrinsic<"add"> {
  let arguments = (ins Int32:$number);
  let results = (outs Int32:$sum);
}
def Shop_Close : Shop_Intrinsic<"close">;
