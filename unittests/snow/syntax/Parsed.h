//===- Parsed.h - A program in a test, parsed -------------------*- C++ -*-===//

#ifndef SNOW_UNITTESTS_PARSED_H
#define SNOW_UNITTESTS_PARSED_H

#include "frontends/snow/source/Render.h"
#include "frontends/snow/syntax/Dump.h"
#include "frontends/snow/syntax/Parser.h"
#include <string>

struct Parsed {
  explicit Parsed(std::string text)
      : file(files.add("test.snow", std::move(text))),
        module(snow::syntax::parse(file, diagnostics)) {}

  std::string tree() const {
    std::string result;
    llvm::raw_string_ostream out(result);
    snow::syntax::dump(file, *module, out);
    return result;
  }
  /// "E0005 3:7", one a line.
  std::string errors() const {
    std::string result;
    for (const snow::Diagnostic *diagnostic : diagnostics.sorted()) {
      snow::Position place = files.begin(diagnostic->span());
      result += toString(diagnostic->code) + " " + std::to_string(place.line) +
                ":" + std::to_string(place.column) + "\n";
    }
    return result;
  }
  std::string text() const {
    std::string result;
    llvm::raw_string_ostream out(result);
    for (const snow::Diagnostic *diagnostic : diagnostics.sorted())
      snow::renderText(files, *diagnostic, out);
    return result;
  }

  snow::SourceFiles files;
  const snow::SourceFile &file;
  snow::Diagnostics diagnostics;
  std::unique_ptr<snow::syntax::Module> module;
};

#endif // SNOW_UNITTESTS_PARSED_H
