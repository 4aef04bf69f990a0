//===- FuzzSnowCheck.cpp - any bytes as a program to check ----------------===//
//
// The checker takes every syntax tree, whole or not: it ends, says what is
// wrong inside of the file, and gives a program exactly when nothing is.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "frontends/snow/check/Check.h"
#include "frontends/snow/core/Dump.h"
#include "frontends/snow/source/Render.h"
#include "frontends/snow/syntax/Parser.h"
#include "plumb/Execution/LoadFamilies.h"

using namespace snow;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static plumb::execution::Families families;
  SourceFiles files;
  const SourceFile &file = files.add(
      "fuzz.snow", std::string(reinterpret_cast<const char *>(data), size));
  Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::Module>> modules;
  modules.push_back(syntax::parse(file, diagnostics));
  auto program = check::check(modules, {"Main"}, files, families.getRegistry(),
                              diagnostics);
  REQUIRE(!program == diagnostics.hasErrors());
  for (const Diagnostic &diagnostic : diagnostics.all()) {
    for (const Label &label : diagnostic.labels)
      REQUIRE(label.span.file == file.number() &&
              label.span.begin <= label.span.end &&
              label.span.end <= file.text().size());
    renderText(files, diagnostic, llvm::nulls());
  }
  if (program)
    core::dump(*program, llvm::nulls());
  return 0;
}
