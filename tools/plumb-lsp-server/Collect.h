//===- Collect.h - Out of the parser's state into plain data ----*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_COLLECT_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_COLLECT_H

#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/BuiltinOps.h"
#include "tools/plumb-lsp-server/Analysis.h"
#include "llvm/Support/SourceMgr.h"

namespace plumb::lspserver {

/// A part of a document as the parser's source. The text must outlive it.
class Source {
public:
  /// `path` is the name of the file in locations.
  Source(llvm::StringRef text, Span part, llvm::StringRef path);

  llvm::SourceMgr &getManager() { return manager; }
  llvm::StringRef getText() const { return text; }
  /// In the document.
  Span spanOf(llvm::SMRange range) const;
  size_t offsetOf(llvm::SMLoc location) const;
  /// The word at the location; the first line when that is in no part or in
  /// another file.
  Span spanOf(mlir::Location location) const;
  llvm::SMLoc locationOf(size_t offset) const;

private:
  llvm::StringRef text, buffer;
  Span part;
  std::string path;
  llvm::SourceMgr manager;
};

/// The values, blocks, symbols and aliases of the parsed text.
void collectEntities(const mlir::AsmParserState &state, const Source &source,
                     Analysis &analysis);

/// The symbols of the block, and those within them.
void collectOutline(mlir::Block &block, const mlir::AsmParserState &state,
                    const Source &source, std::vector<Outline> &outline);

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_COLLECT_H
