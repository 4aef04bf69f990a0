//===- Completion.h - What may stand at the cursor --------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_COMPLETION_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_COMPLETION_H

#include "tools/plumb-lsp-server/Known.h"
#include "tools/plumb-lsp-server/Text.h"

namespace plumb::lspserver {

/// Completions at the byte offset, those of families first: source names behind
/// `@`, rows in the string of `intr.call` and at the start of an operation,
/// enums, their cases and structs where an operation names them. Then what
/// MLIR's parser expects there: values, blocks, operations, types. Each item
/// has the edit that makes it, so that an editor's idea of a word does not
/// matter. At most 300; incomplete when there were more.
///
/// Completing a source name that the document does not declare also declares
/// it, above the function that the cursor is in.
llvm::lsp::CompletionList complete(const Text &text, size_t offset,
                                   llvm::StringRef path, const Known &known);

/// What MLIR's parser expects at the offset, unfiltered; `replaced` is what the
/// items replace.
std::vector<llvm::lsp::CompletionItem>
completeByParser(const Text &text, size_t offset, llvm::StringRef path,
                 const mlir::DialectRegistry &registry,
                 const llvm::lsp::Range &replaced, llvm::StringRef typed);

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_COMPLETION_H
