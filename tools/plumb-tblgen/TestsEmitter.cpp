//===- TestsEmitter.cpp - Tests of every row ------------------------------===//

#include "Emitters.h"
#include "RowCall.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

void plumb::tblgen::emitTests(const Family &family,
                              TableGenOutputFiles &files) {
  // The names must outlive this call: the caller's map keeps references.
  static std::vector<std::unique_ptr<std::string>> names;
  auto file = [&](const plumb_intr_row &row,
                  StringRef suffix) -> std::string & {
    names.push_back(std::make_unique<std::string>(
        ("." + plainName(row.name) + suffix).str()));
    return files.AdditionalFiles[*names.back()];
  };
  for (const plumb_intr_row &row : rows(family.get())) {
    raw_string_ostream reach(file(row, ".mlir"));
    emitReachTest(row, reach);
    raw_string_ostream invalid(file(row, ".invalid.mlir"));
    emitMistakesTest(row, family, invalid);
  }
  files.MainFile = std::to_string(rows(family.get()).size()) + " rows\n";
}
