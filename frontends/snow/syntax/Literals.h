//===- Literals.h - Values of literals --------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_LITERALS_H
#define SNOW_SYNTAX_LITERALS_H

#include "frontends/snow/source/Diagnostic.h"
#include <string>

namespace snow::syntax {

/// The value of an Integer token. What is no number, or more than `limit`, is
/// reported, and is 0.
uint64_t readInteger(Span span, llvm::StringRef text, uint64_t limit,
                     Diagnostics &diagnostics);

/// The value of a Float token, correctly rounded. What is no number, or beyond
/// the largest one, is reported, and is 0.
double readFloat(Span span, llvm::StringRef text, Diagnostics &diagnostics);

/// A StringText with its escapes replaced.
std::string readEscapes(llvm::StringRef text);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_LITERALS_H
