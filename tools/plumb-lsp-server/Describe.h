//===- Describe.h - What a family's names mean, as Markdown -----*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_DESCRIBE_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_DESCRIBE_H

#include "plumb/Intrinsic/Registry.h"
#include "tools/plumb-lsp-server/Text.h"
#include <string>

namespace plumb::lspserver {

/// "(!ws.conn, !intr.str) -> !intr.status": the type of the function that a
/// program declares under the source name.
std::string functionTypeOf(const plumb_intr_row &row);

/// Signature, what it does, parameters, effects, names.
std::string describe(const plumb_intr_row &row);
/// The program's function for a callback of the row.
std::string describe(const plumb_intr_row &row,
                     const plumb_intr_param &callback);

/// The row that the word names: an operation, the string of `intr.call`, or a
/// source name as a symbol; null for none.
const plumb_intr_row *rowNamedBy(const intr::Registry &registry,
                                 llvm::ArrayRef<Word> line, size_t word);

/// What the word stands for, if it is something of a family: an intrinsic, one
/// of its callbacks, a type, an enum, a struct, a status. Empty for all else.
std::string describeWord(const intr::Registry &registry,
                         llvm::ArrayRef<Word> line, size_t word);

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_DESCRIBE_H
