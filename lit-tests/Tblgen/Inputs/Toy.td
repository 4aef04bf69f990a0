// A small family with one of everything.

include "plumb/Intrinsic/Intrinsic.td"

def Toy_Family : IntrinsicFamily {
  let name = "toy";
  let module = "Toy";
  let summary = "Toys";
}
def Toy_Dialect : IntrinsicDialect<Toy_Family, /*hasTypes=*/1>;
class Toy_Intrinsic<string mnemonic>
    : Intrinsic<Toy_Family, Toy_Dialect, mnemonic>;

def Toy_Ball : IntrinsicHandle<Toy_Family, Toy_Dialect, "Ball", "ball"> {
  let summary = "a ball";
}
def Toy_Box : FamilyResource<"toy.box">;
def Toy_ErrLost : IntrinsicStatus<Toy_Family, "err_lost", -4000, "it is lost">;
def Toy_Size : IntOption<Toy_Family, "size", 7, -2, 9, "toys", "how many">;
let section = "Looks" in {
def Toy_Owner : TextOption<Toy_Family, "owner", "a \"child\"", "whose they are">;
def Toy_Paint : ChoiceOption<Toy_Family, "paint", ["red", "dark_blue"],
                             "dark_blue", "of all | new toys">;
}
def Toy_OnBounce : IntrinsicCallback<Toy_Family, "on_bounce"> {
  let summary = "A ball has bounced";
  let arguments = (ins Arg<Toy_Ball, "the ball">:$ball, Str:$where);
  let results = (outs Bool:$again);
}

def Toy_Throw : Toy_Intrinsic<"throw_ball"> {
  let summary = "Throw a ball";
  let description = [{
    As far as it goes.
  }];
  let arguments = (ins
      Arg<Toy_Ball, "the ball">:$ball,
      Arg<Callback<Toy_OnBounce>, "told of each bounce">:$on_bounce,
      Arg<OptionalCallback<Toy_OnBounce>, "told of the last">:$on_stop);
  let results = (outs Status:$status);
  let touches = [Reads<Toy_Box>, Writes<Toy_Box>];
}
def Toy_Label : Toy_Intrinsic<"label"> {
  let summary = "What is written on a ball";
  let arguments = (ins Toy_Ball:$ball, Int32:$line, Float:$scale, UInt8:$font);
  let results = (outs Res<Str, "empty when nothing is">:$label);
  let touches = [Reads<Toy_Box>];
  let freshResult = 1;
}
def Toy_Clear : Toy_Intrinsic<"clear"> {
  let summary = "Throw all toys away";
  let sourceName = "Toys.bye";
  let symbol = "toy_throw_all_away";
  let touches = [Writes<Toy_Box>];
}
