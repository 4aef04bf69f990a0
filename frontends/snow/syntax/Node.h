//===- Node.h - What all nodes of the syntax tree share ---------*- C++ -*-===//
//
// Nodes are plain structs in the arena of their Module (Ast.h): they hold raw
// pointers and ArrayRefs to nodes of the same module, are never destroyed one
// by one, and do not change once the parser is done. Texts are of the source
// file or of the arena. A pointer is null only where its comment says so.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_SYNTAX_NODE_H
#define SNOW_SYNTAX_NODE_H

#include "frontends/snow/source/Span.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace snow::syntax {

using llvm::ArrayRef;
using llvm::StringRef;

/// A name as written.
struct Name {
  StringRef text; ///< empty where the parser has reported that it is missing
  Span span;

  /// Of a type, a constructor or a module.
  bool isCapitalised() const {
    return !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
  }
  explicit operator bool() const { return !text.empty(); }
};

/// `A.B.c`; at least one part.
struct Path {
  ArrayRef<Name> parts;
  Span span;
  Name last() const { return parts.back(); }
};

/// Lines of `##` before an item, joined by newlines; empty without any.
using Documentation = StringRef;

} // namespace snow::syntax

#endif // SNOW_SYNTAX_NODE_H
