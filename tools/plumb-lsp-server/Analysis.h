//===- Analysis.h - What the compiler says of a document --------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_ANALYSIS_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_ANALYSIS_H

#include "tools/plumb-lsp-server/Text.h"
#include <memory>

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace plumb::lspserver {

/// Bytes of a document.
struct Span {
  size_t begin, end;
};

/// Something in a document that has a name and is used elsewhere in it: a
/// value, a block, a symbol, an alias.
struct Entity {
  Span definition;
  std::vector<Span> uses;
  /// Markdown; may be empty.
  std::string description;
};

/// One diagnostic of the compiler, or a note of one. Without a place in the
/// document the span is its first line.
struct Finding {
  Span span;
  std::string message;
  llvm::lsp::DiagnosticSeverity severity;
  std::vector<Finding> notes;
};

/// A function or another symbol with a body or without.
struct Outline {
  std::string name, detail;
  bool isFunction;
  Span whole, selection;
  std::vector<Outline> children;
};

/// The document as of one version, read by the compiler: parsed, verified, its
/// calls of source names resolved. Parts between `// -----` lines are read as
/// documents of their own, as `-split-input-file` does. Holds plain data, so it
/// outlives all of MLIR's.
struct Analysis {
  std::vector<Finding> findings;
  std::vector<Entity> entities;
  std::vector<Outline> outline;

  /// Reads the text, on a thread with a deep stack. Never fails: what is wrong
  /// is a finding, and what could not be parsed has no entities.
  static Analysis of(llvm::StringRef text, llvm::StringRef path,
                     const mlir::DialectRegistry &registry);

  /// The entity that is defined or used at the offset; null for none.
  const Entity *entityAt(size_t offset) const;
};

/// Where brackets nest deeper than the parser can follow; the text's size when
/// they nowhere do.
size_t tooDeepAt(llvm::StringRef text);

/// The parts of a text between lines `// -----`; one when there is none.
std::vector<Span> partsOf(llvm::StringRef text);

/// Calls the function on a thread with a stack for the deepest text that
/// `tooDeepAt` lets through. False when it crashed; the process goes on.
bool runDeep(llvm::function_ref<void()> function);

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_ANALYSIS_H
