//===- FileIntrinsics.td - Files ---------------------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def File_Family : IntrinsicFamily {
  let name = "file";
  let module = "File";
  let summary = "Whole files";
  let description = [{
    Paths are from the folder that the program was started in. The text of an
    Err says what the system says: `notes.txt: No such file or directory`.
  }];
}
def File_Dialect : IntrinsicDialect<File_Family>;

def File_Files : FamilyResource<"file.files">;

class File_Intrinsic<string mnemonic>
    : Intrinsic<File_Family, File_Dialect, mnemonic> {
  let since = "0.3";
  let touches = [Writes<File_Files>];
  let blocks = 1;
  let aliases = ["file_" # mnemonic];
}

def File_Read : File_Intrinsic<"read"> {
  let summary = "All that is in a file";
  let description = "What is not UTF-8 in it becomes U+FFFD.";
  let arguments = (ins Arg<Str, "the file's path">:$path);
  let results = (outs Res<ResultOf<String, String>, "its text, or why not">
                          :$text);
}

def File_Write : File_Intrinsic<"write"> {
  let summary = "Make a file of a text, instead of what was there";
  let arguments = (ins Arg<Str, "the file's path">:$path,
                       Arg<Str, "all that is to be in it">:$text);
  let results = (outs Res<ResultOf<Unit, String>, "why not, in Err">:$done);
}

def File_Append : File_Intrinsic<"append"> {
  let summary = "Add a text to the end of a file, which is made if need be";
  let arguments = (ins Arg<Str, "the file's path">:$path,
                       Arg<Str, "what is added">:$text);
  let results = (outs Res<ResultOf<Unit, String>, "why not, in Err">:$done);
}

def File_Exists : File_Intrinsic<"exists"> {
  let summary = "Whether there is a file, or a folder, of that path";
  let arguments = (ins Arg<Str, "the path">:$path);
  let results = (outs Bool:$there);
}

def File_Delete : File_Intrinsic<"remove"> {
  let summary = "Delete a file";
  let sourceName = "File.delete";
  let arguments = (ins Arg<Str, "the file's path">:$path);
  let results = (outs Res<ResultOf<Unit, String>, "why not, in Err">:$done);
  let aliases = ["file_delete"];
}
