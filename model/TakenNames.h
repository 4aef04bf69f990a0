//===- TakenNames.h - Names that generated code cannot have -----*- C++ -*-===//
//
// What a record names becomes a name in C, in C++ and in MLIR, each of which
// keeps some for itself. Depends on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_TAKENNAMES_H
#define PLUMB_MODEL_TAKENNAMES_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::model {

/// A word of C or C++, a macro of their standard headers in small letters, or a
/// name that the generated code has: nothing can be called that.
bool isWordOfC(llvm::StringRef name);

/// INT64_MAX, _Bool: what headers have or may have as a macro, and compilers as
/// words of their own. No parameter, field or body can be called that.
bool looksReservedInC(llvm::StringRef name);

/// A macro of the headers that each family's header includes: INT64_MAX, NULL.
bool isMacroOfOurHeaders(llvm::StringRef name);

/// A type that generated code mentions, such as size_t: no parameter or field
/// can hide it.
bool isTypeOfC(llvm::StringRef name);

/// A method or parameter that each operation class of MLIR has, so that no
/// parameter or result of an intrinsic can be called that.
bool isTakenInOperations(llvm::StringRef name, bool isResult = false);

/// A namespace of C++ or a dialect of MLIR that a family would become, too.
bool isTakenByFamilies(llvm::StringRef name);

/// The row's symbol is a function of the C library with another type: what that
/// is, as "i32 (i32)", or in words. Empty when the symbol is free.
std::string standardFunctionUnlike(const plumb_intr_row &row);

} // namespace plumb::model

#endif // PLUMB_MODEL_TAKENNAMES_H
