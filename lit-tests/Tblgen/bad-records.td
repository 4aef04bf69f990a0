// Every mistake of a file in one run, each at its record's line.
// RUN: not %plumb-tblgen -gen-c-header %records %s -o %t 2> %t.err
// RUN: FileCheck %s < %t.err
// RUN: test $(grep -c 'error:' %t.err) = $(grep -c '^// CHECK-DAG: .*error:' %s)
// RUN: test ! -e %t

include "plumb/Intrinsic/Intrinsic.td"

def Bad_Family : IntrinsicFamily {
  let name = "bad";
  let module = "Bad";
  let summary = "Mistakes";
}
def Bad_Dialect : IntrinsicDialect<Bad_Family, /*hasTypes=*/1>;
class Bad_Intrinsic<string mnemonic>
    : Intrinsic<Bad_Family, Bad_Dialect, mnemonic> {
  let summary = "A row";
}
class Bad_Callback<string name> : IntrinsicCallback<Bad_Family, name> {
  let summary = "A callback";
}

// Types

def Bad_OddKind : AbiKind<"odd">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: type 'Bad_Odd' has ABI kind 'odd'; it is one of text, bytes, cstring, status, count, bool, int8,
def Bad_Odd : Type<CPred<"true">, "odd">, HasAbi<Bad_OddKind, "i7", "int">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: type 'Bad_NoC' has no C type
def Bad_NoC : Type<CPred<"true">, "no C">, HasAbi<Abi_Int<64, 1>, "i64", "">;
def Bad_NoKind : Type<CPred<"true">, "no kind">;

// Callbacks

def Bad_OnEvent : Bad_Callback<"on_event"> {
  let arguments = (ins Str:$text);
}
// CHECK-DAG: bad-records.td:[[#@LINE+2]]:5: error: callback 'on_event' is there twice
// CHECK-DAG: bad-records.td:[[#@LINE-4]]:5: note: the other record is here
def Bad_OnEventToo : Bad_Callback<"on_event">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: callback 'on silence' has no summary, which becomes documentation
def Bad_OnSilence : IntrinsicCallback<Bad_Family, "on silence">;
// CHECK-DAG: bad-records.td:[[#@LINE-1]]:5: error: callback 'on silence' is not an identifier: letters, digits and _, not starting with a digit
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'other' of callback 'on_nested' is a callback; callbacks are parameters of intrinsics only
def Bad_OnNested : Bad_Callback<"on_nested"> {
  let arguments = (ins Callback<Bad_OnEvent>:$other);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: result 'thing' of callback 'on_thing': type constraint 'Bad_NoKind' has no ABI kind; use one of
def Bad_OnThing : Bad_Callback<"on_thing"> {
  let results = (outs Bad_NoKind:$thing);
}

def Bad_OnForeign : IntrinsicCallback<Intr_Family, "on_foreign"> {
  let summary = "A callback of another family";
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 0 of callback 'on_nameless' has no name; write `Type:$name`
def Bad_OnNameless : Bad_Callback<"on_nameless"> {
  let arguments = (ins Str);
}

// Statuses and options

// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: code -1 of status 'bad.err_taken' is taken by 'intr.err_internal'
def Bad_ErrTaken : IntrinsicStatus<Bad_Family, "err_taken", -1, "taken">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: code 5 of status 'bad.err_positive' is positive; errors are negative, 0 is success
def Bad_ErrPositive : IntrinsicStatus<Bad_Family, "err_positive", 5, "five">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: status 'bad.err_positive' is there twice
def Bad_ErrTwice : IntrinsicStatus<Bad_Family, "err_positive", -900, "twice">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: status 'err-dash' is not an identifier
def Bad_ErrDash : IntrinsicStatus<Bad_Family, "err-dash", -901, "dash">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'speed' is of type ''; it is integer (IntOption), text (TextOption) or choice (ChoiceOption)
def Bad_Speed : IntrinsicOption<Bad_Family, "speed", "how fast">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'SPEED' is there twice
def Bad_SpeedToo : IntOption<Bad_Family, "Speed", 1, 1, 1, "", "again">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: the default of option 'high', 11, is not from -3 to 10
def Bad_High : IntOption<Bad_Family, "high", 11, -3, 10, "", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: the default of option 'low', -4, is not from -3 to 10
def Bad_Low : IntOption<Bad_Family, "low", -4, -3, 10, "", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'upside_down' goes from 10 to 1, which no number is in
def Bad_UpsideDown : IntOption<Bad_Family, "upside_down", 5, 10, 1, "", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'none' has no choices
def Bad_None : ChoiceOption<Bad_Family, "none", [], "x", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: the default of option 'fourth', 'red', is none of its choices: off, on
def Bad_Fourth : ChoiceOption<Bad_Family, "fourth", ["off", "on"], "red", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: choice 'A' of option 'twice' is there twice
def Bad_TwiceA : ChoiceOption<Bad_Family, "twice", ["a", "A"], "a", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: choice 'a-b' of option 'dash' is not a word of letters, digits and _
def Bad_Dash : ChoiceOption<Bad_Family, "dash", ["a-b"], "a-b", "x">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'day' and enum 'bad.day' are both 'plumb_bad_day' in C; rename one
def Bad_DayOption : ChoiceOption<Bad_Family, "day", ["off"], "off", "x">;
def Bad_Day : IntrinsicEnum<Bad_Family, "day", Int32, [Case<"monday", 0>]>;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'undocumented' has no doc, which becomes documentation
def Bad_Undocumented : TextOption<Bad_Family, "undocumented", "", "">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: option 'while' is a word that C, C++ or the generated code keeps for itself
def Bad_WhileOption : TextOption<Bad_Family, "while", "", "x">;

// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'options' of callback 'on_options' is a struct, a span, options or an environment; a callback takes scalars, text and bytes
def Bad_OnOptions : Bad_Callback<"on_options"> {
  let arguments = (ins Options:$options);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.twice_options' takes options twice
def Bad_TwiceOptions : Bad_Intrinsic<"twice_options"> {
  let arguments = (ins Options:$options, Options:$more);
}

// Names of intrinsics

// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.silent' has no summary, which becomes documentation
def Bad_Silent : Bad_Intrinsic<"silent"> {
  let summary = "";
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'while' is a word that C, C++ or the generated code keeps for itself; choose another
def Bad_While : Bad_Intrinsic<"while">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic '2nd' is not an identifier
def Bad_Second : Bad_Intrinsic<"2nd">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: symbol 'my-symbol' is not an identifier
def Bad_Dashed : Bad_Intrinsic<"dashed"> {
  let symbol = "my-symbol";
}
def Bad_Once : Bad_Intrinsic<"once">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.once' is there twice
def Bad_Twice : Bad_Intrinsic<"once">;
// CHECK-DAG: bad-records.td:[[#@LINE-1]]:5: error: symbol 'plumb_bad_once' of intrinsic 'bad.once' is taken by intrinsic 'bad.once'
// CHECK-DAG: bad-records.td:[[#@LINE-2]]:5: error: source name 'Bad.once' of intrinsic 'bad.once' is taken by intrinsic 'bad.once'
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: source name 'Bad two words' of intrinsic 'bad.spaced' is empty or has a space or quote
def Bad_Spaced : Bad_Intrinsic<"spaced"> {
  let sourceName = "Bad two words";
}

// Signatures

// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.no_kind': type constraint 'Bad_NoKind' has no ABI kind; use one of {{.*}}Bytes, {{.*}}Str
def Bad_ParamNoKind : Bad_Intrinsic<"no_kind"> {
  let arguments = (ins Bad_NoKind:$x);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 0 of intrinsic 'bad.nameless' has no name; write `Type:$name`
def Bad_Nameless : Bad_Intrinsic<"nameless"> {
  let arguments = (ins Int);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.literal' is not a record
def Bad_Literal : Bad_Intrinsic<"literal"> {
  let arguments = (ins "text":$x);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'int' is a word that C, C++ or the generated code keeps for itself
def Bad_ParamWord : Bad_Intrinsic<"param_word"> {
  let arguments = (ins Int:$int);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.attribute' is an attribute with no callback record; write Callback<SomeIntrinsicCallback>
def Bad_Attribute : Bad_Intrinsic<"attribute"> {
  let arguments = (ins StrAttr:$x);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.status_in': ABI kind 'status' is for results only
def Bad_StatusIn : Bad_Intrinsic<"status_in"> {
  let arguments = (ins Status:$x);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: two parameters of intrinsic 'bad.clash' are called 'on_event_env' in C
def Bad_Clash : Bad_Intrinsic<"clash"> {
  let arguments = (ins Callback<Bad_OnEvent>:$on_event, Int:$on_event_env);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'late' of intrinsic 'bad.environments_first' stands after Environments, which come last
def Bad_EnvironmentsFirst : Bad_Intrinsic<"environments_first"> {
  let arguments = !con((ins Callback<Bad_OnEvent>:$on_event), Environments, (ins Int:$late));
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.environments_alone' has Environments but no Callback<...> that is called with one
def Bad_EnvironmentsAlone : Bad_Intrinsic<"environments_alone"> {
  let arguments = !con((ins Int:$x), Environments);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'environments' of intrinsic 'bad.environments_named' has the name of its Environments; choose another
def Bad_EnvironmentsNamed : Bad_Intrinsic<"environments_named"> {
  let arguments = !con((ins Int:$environments, Callback<Bad_OnEvent>:$on_event), Environments);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'environment_names' of intrinsic 'bad.names' has the name of something that every operation of MLIR has; choose another
def Bad_Names : Bad_Intrinsic<"names"> {
  let arguments = (ins Int:$environment_names);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: parameter 'on_core' of intrinsic 'bad.foreign' takes callback 'Bad_OnForeign', which is not a record of this family
def Bad_Foreign : Bad_Intrinsic<"foreign"> {
  let arguments = (ins Callback<Bad_OnForeign>:$on_core);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: result 'x' of intrinsic 'bad.result': type constraint 'Bad_NoKind' has no ABI kind; use one of
def Bad_Result : Bad_Intrinsic<"result"> {
  let results = (outs Bad_NoKind:$x);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.pair' has 2 results; a C function returns one, which stands first, and leaves others in Out<...>
def Bad_Pair : Bad_Intrinsic<"pair"> {
  let results = (outs Int:$x, Int:$y);
}
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.fresh' has freshResult but returns no pointer
def Bad_Fresh : Bad_Intrinsic<"fresh"> {
  let results = (outs Int:$x);
  let freshResult = 1;
}
def Bad_Things : FamilyResource<"bad.things">;
// CHECK-DAG: bad-records.td:[[#@LINE+1]]:5: error: intrinsic 'bad.smells' touches 'bad.things' by 'smell'; use Reads or Writes
def Bad_Smells : Bad_Intrinsic<"smells"> {
  let touches = [Touch<Bad_Things, "smell">];
}
// Nothing is wrong with these types until a record uses them.
def Bad_UsesOdd : Bad_Intrinsic<"uses_odd"> {
  let arguments = (ins Bad_Odd:$x, Bad_NoC:$y);
}
