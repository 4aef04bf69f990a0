//===- AbiTableEmitter.cpp - What a runtime was built from ----------------===//

#include "Emitters.h"
#include "model/Promises.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// Text, not structs: a tool reads it out of an object file or a library of any
/// machine, with no relocations to apply. execution/AbiTable.h reads it.
void plumb::tblgen::emitAbiTable(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "what its runtime was built from", os);
  std::string name = std::string("plumb_abi_") + family.get().name;
  os << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n"
     << "extern const char " << name
     << "[] __attribute__((visibility(\"default\")));\n"
     << "#ifdef __cplusplus\n}\n#endif\n\nconst char " << name << "[] =\n    "
     << cString(std::string("plumb-abi 2 ") + family.get().name + " " +
                (family.version.empty() ? "unknown" : family.version) + "\n");
  auto line = [&](const std::string &text) {
    os << "\n    " << cString(text + "\n");
  };
  for (const plumb_intr_row &row : rows(family.get())) {
    line("row " + utohexstr(row.hash, /*LowerCase=*/true, 16) + " " +
         row.symbol + " " + row.signature);
    line(std::string("promises ") + row.symbol + " " + promisesOf(row));
  }
  for (const plumb_intr_status &status : statuses(family.get()))
    line("status " + std::to_string(status.code) + " " + status.name);
  for (const plumb_intr_option &option : options(family.get()))
    line(std::string("option ") + option.name + " " + promisesOf(option));
  os << ";\n";
}
