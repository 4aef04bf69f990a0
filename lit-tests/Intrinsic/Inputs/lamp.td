include "plumb/Intrinsic/Intrinsic.td"
def Lamp_Family : IntrinsicFamily { let name = "lamp"; let module = "Lamp"; let summary = "Lamps"; }
def Lamp_Dialect : IntrinsicDialect<Lamp_Family, /*hasTypes=*/1>;
def Lamp_Lamp : IntrinsicHandle<Lamp_Family, Lamp_Dialect, "Lamp", "lamp"> { let summary = "a lamp"; }
def Lamp_Watts : Intrinsic<Lamp_Family, Lamp_Dialect, "watts"> {
  let summary = "What a lamp takes";
  let arguments = (ins NonNull<Lamp_Lamp>:$lamp);
  let results = (outs Int:$watts);
}
def Lamp_Any : Intrinsic<Lamp_Family, Lamp_Dialect, "any"> {
  let summary = "The same, 0 for the null lamp";
  let arguments = (ins Lamp_Lamp:$lamp);
  let results = (outs Int:$watts);
}
