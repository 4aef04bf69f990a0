include "plumb/Intrinsic/Intrinsic.td"

def Note_Family : IntrinsicFamily {
  let name = "note";
  let module = "Note";
  let summary = "Strings of C";
  let symbolPrefix = "note_";
}
def Note_Dialect : IntrinsicDialect<Note_Family, /*hasTypes=*/1>;
class Note_Intrinsic<string mnemonic>
    : Intrinsic<Note_Family, Note_Dialect, mnemonic> {
  let touches = [Writes<FamilyResource<"note.state">>];
}
def Book : IntrinsicHandle<Note_Family, Note_Dialect, "Book", "book"> {
  let summary = "a book";
}
def Page : IntrinsicStruct<Note_Family, "page",
                           [Field<"number", Int32>, Field<"title", CPointer<"const char *">>]>;
def OnLine : IntrinsicCallback<Note_Family, "on_line"> {
  let summary = "A line";
  let arguments = (ins CStr:$text, Int32:$number);
  let results = (outs Bool:$more);
}
def Size : Note_Intrinsic<"size"> {
  let summary = "The length of a C string; -1 for null";
  let arguments = (ins CStr:$text);
  let results = (outs Int32:$size);
}
def Shout : Note_Intrinsic<"shout"> {
  let summary = "In capitals, in memory that the library owns; null for null";
  let arguments = (ins CStr:$text);
  let results = (outs CStr:$loud);
}
def Join : Note_Intrinsic<"join"> {
  let summary = "New memory";
  let arguments = (ins NonNullCStr:$a, NonNullCStr:$b);
  let results = (outs OwnedCStr<"note_free">:$both);
}
def Split : Note_Intrinsic<"split"> {
  let summary = "At the first space";
  let arguments = (ins CStr:$text);
  let results = (outs Bool:$found, Out<OwnedCStr<"note_free">, 1>:$first, Out<CStr>:$rest);
}
def Each : Note_Intrinsic<"each"> {
  let summary = "Calls back for each line";
  let arguments = (ins CStr:$text, Environment:$user, Function<OnLine>:$on_line);
  let results = (outs Int32:$lines);
}
def Skip : Note_Intrinsic<"skip"> {
  let summary = "Moves a text and a number";
  let arguments = (ins CStr:$text, Int32:$by, Bool:$up);
  let results = (outs InOut<CStr, "text">:$left, InOut<Int32, "by">:$next, InOut<Bool, "up">:$down);
}
def Open : Note_Intrinsic<"open"> {
  let summary = "A book";
  let arguments = (ins CStr:$name, Book:$book);
  let results = (outs Int32:$code, InOut<Book, "book">:$opened);
}
def Title : Note_Intrinsic<"title"> {
  let summary = "Of a book";
  let arguments = (ins Book:$book);
  let results = (outs CStr:$title);
}
def Turn : Note_Intrinsic<"turn"> {
  let summary = "A page in memory";
  let arguments = (ins PointerTo<Page>:$page, CPointer<"const uint8_t *">:$bytes, Int:$count);
  let results = (outs Int:$sum);
}
def Live : Note_Intrinsic<"live"> {
  let summary = "What was not freed";
  let results = (outs Int32:$count);
}
