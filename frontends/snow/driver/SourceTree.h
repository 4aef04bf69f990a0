//===- SourceTree.h - The files of a program --------------------*- C++ -*-===//

#ifndef SNOW_DRIVER_SOURCETREE_H
#define SNOW_DRIVER_SOURCETREE_H

#include "frontends/snow/source/Diagnostic.h"
#include "frontends/snow/syntax/Ast.h"
#include <memory>
#include <string>
#include <vector>

namespace snow::driver {

/// A program as read and parsed. The entry is the first module, "Main".
struct ParsedProgram {
  SourceFiles files;
  std::vector<std::unique_ptr<syntax::Module>> modules;
  std::vector<std::string> names; ///< of each module: "Math.LinearAlgebra"
};

/// `input` is a folder with a main.snow or main.mpl: every file below it,
/// hidden folders apart, is a module. Or a file: it, and what it imports,
/// directly or not, of the files beside it. Or "-", the standard input.
/// Mistakes of form go to `diagnostics`. False, with a message on the standard
/// error, when a file cannot be read.
bool readProgram(llvm::StringRef input, ParsedProgram &program,
                 Diagnostics &diagnostics);

/// The name of a file's module: its path within the program without the ending,
/// each part in PascalCase.
std::string moduleName(llvm::StringRef path);

} // namespace snow::driver

#endif // SNOW_DRIVER_SOURCETREE_H
