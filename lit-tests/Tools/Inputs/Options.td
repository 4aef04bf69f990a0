// A family that has options and takes them.
include "plumb/Intrinsic/Intrinsic.td"

def Lamp_Family : IntrinsicFamily {
  let name = "lamp";
  let module = "Lamp";
  let summary = "Lamps";
}
def Lamp_Dialect : IntrinsicDialect<Lamp_Family>;
def Lamp_Watts : IntOption<Lamp_Family, "watts", 5, -1, 60, "",
    "how much it takes, which is said in more words than one line of a terminal "
    "could hold">;
let section = "Colours" in {
def Lamp_Colour : ChoiceOption<Lamp_Family, "colour", ["warm", "cold"], "warm",
                               "of the light">;
def Lamp_Name : TextOption<Lamp_Family, "name", "", "of its owner">;
}
def Lamp_Lamps : FamilyResource<"lamp.lamps">;
def Lamp_Light : Intrinsic<Lamp_Family, Lamp_Dialect, "light"> {
  let summary = "Light a lamp";
  let arguments = (ins Int:$which, Arg<Options, "of this lamp">:$settings,
                       Arg<Int, "how long">:$seconds);
  let touches = [Writes<Lamp_Lamps>];
}
