//===- Input.h - Messages from the client -----------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_INPUT_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_INPUT_H

#include "llvm/Support/LSP/Transport.h"

namespace plumb::lspserver {

/// Reads JSON-RPC messages. What is not one - a header without a length, a
/// message of more than 64 MB, text that is not JSON or nested deeper than 100
/// - is skipped with a line on stderr and never reaches LLVM's transport, which
/// would recurse without a bound, or end the session.
class Input : public llvm::lsp::JSONTransportInput {
public:
  explicit Input(std::FILE *file) : file(file) {}

  bool hasError() const override { return std::ferror(file); }
  bool isEndOfInput() const override { return std::feof(file); }
  llvm::LogicalResult readStandardMessage(std::string &json) override;
  llvm::LogicalResult readDelimitedMessage(std::string &) override {
    return llvm::failure();
  }

private:
  std::FILE *file;
};

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_INPUT_H
