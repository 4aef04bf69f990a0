//===- Characters.h - What no token starts with -----------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_CHARACTERS_H
#define SNOW_SYNTAX_CHARACTERS_H

#include "frontends/snow/source/Diagnostic.h"

namespace snow::syntax {

/// Reports the first byte that is not UTF-8, or a NUL: once for the file.
void reportInvalidText(const SourceFile &file, Diagnostics &diagnostics);

/// Bytes of the first character; 0 when it is not UTF-8.
size_t characterSize(llvm::StringRef text);

/// Bytes of the operator or quoted text of another language that `text` starts
/// with and that can be nothing in this one; else 0.
size_t foreignSize(llvm::StringRef text);

/// Whether it is easily taken for a sign of the language.
bool isLookalike(llvm::StringRef character);

/// Reports a character that starts no token.
void reportUnknown(Span span, llvm::StringRef character,
                   Diagnostics &diagnostics);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_CHARACTERS_H
