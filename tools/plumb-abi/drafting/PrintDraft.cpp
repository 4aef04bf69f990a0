//===- PrintDraft.cpp - The family file -----------------------------------===//

#include "tools/plumb-abi/drafting/Draft.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/readers/Printable.h"

using namespace llvm;
using namespace plumb::abi;

static void section(StringRef title, ArrayRef<std::string> definitions,
                    raw_ostream &os) {
  if (definitions.empty())
    return;
  os << "//===" << std::string(70, '-') << "===//\n// " << title
     << "\n//===" << std::string(70, '-') << "===//\n\n";
  for (const std::string &definition : definitions)
    os << definition << "\n";
}

void plumb::abi::printDraft(const Draft &draft, raw_ostream &os) {
  const DraftOptions &options = draft.options;
  std::string stem = camelCase(options.family);
  std::string prefix =
      options.prefix.empty() ? "plumb_" + options.family + "_" : options.prefix;
  os << "// Drafted by plumb-abi from " << options.origin << R"(.
//
// Review, since no compiler knows it:
//  - blocks: every intrinsic is said to take as long as it likes and to call
//    back, since no library shows that it does not; take it away where it is
//    known, and calls may be merged, moved and dropped as `touches` has it
//  - touches: every intrinsic is said to read and write all state of the
//    family
//  - summaries, and names of parameters, are what the runtime calls them
//  - a status is `Status`, not Int; a number of things is `Count`
//  - a Span is the program's until the call returns: what the function keeps
//    is a CPointer
//  - an Environment is what the callback is given, by its name
//  - a `const char *` is CStr, a text that ends with a zero byte, unless a
//    length goes with it; what the caller must free is OwnedCStr<"free">
//  - a pointer may be `Out<...>` (a result), `InOut<...>` (a result, too) or
//    ByPointer<...> (a struct)
//  - a handle may be null; NonNull<...> says that it is not
//  - every function is said to be kept (called after the return too), and null
//    to be allowed for it: Function<...> says that it is not
//  - since, and source names
//
// `plumb-abi check` holds it to the runtime.

)";
  if (!draft.leftOut.empty()) {
    os << "// Left out:\n";
    for (const LeftOut &function : draft.leftOut)
      os << comment(" - " + printable(function.symbol) + ": " +
                    printable(function.why));
    os << "\n";
  }
  os << "include \"plumb/Intrinsic/Intrinsic.td\"\n\n";
  os << "def " << stem << "_Family : IntrinsicFamily {\n"
     << "  let name = \"" << options.family << "\";\n"
     << "  let module = \"" << stem << "\";\n"
     << "  let summary = \"Functions of " << escaped(options.origin) << "\";\n"
     << "  let symbolPrefix = \"" << prefix << "\";\n}\n";
  os << "def " << stem << "_Dialect : IntrinsicDialect<" << stem << "_Family"
     << (draft.handles.empty() ? "" : ", /*hasTypes=*/1") << ">;\n\n";
  os << "def " << stem << "_State : FamilyResource<\"" << options.family
     << ".state\">;\n\n";
  os << "class " << stem << "_Intrinsic<string mnemonic>\n    : Intrinsic<"
     << stem << "_Family, " << stem << "_Dialect, mnemonic> {\n"
     << "  let touches = [Reads<" << stem << "_State>, Writes<" << stem
     << "_State>];\n  let blocks = 1;\n}\n\n";
  section("Handles", draft.handles, os);
  section("Enums and flags", draft.enums, os);
  section("Structs, unions and callbacks", draft.types, os);
  section("Constants", draft.constants, os);
  section("Intrinsics", draft.rows, os);
}
