//===- Server.h - The requests of the protocol ------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_SERVER_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_SERVER_H

#include "tools/plumb-lsp-server/Analysis.h"
#include "tools/plumb-lsp-server/Known.h"
#include "tools/plumb-lsp-server/Records.h"
#include "tools/plumb-lsp-server/Text.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LSP/Transport.h"

namespace plumb::lspserver {

/// What the client says of itself, as much as matters here.
struct InitializeRequest {
  bool relatedInformation = false;
  bool hierarchicalSymbols = false;
  std::vector<std::string> folders;
};
bool fromJSON(const llvm::json::Value &value, InitializeRequest &result,
              llvm::json::Path path);

/// The open documents and the answers about them. One thread, one request at a
/// time, in their order.
class Server {
public:
  Server(llvm::lsp::JSONTransport &transport, Known &known, Records records);

  /// Serves until `exit` or the end of the input. True when the client took
  /// its leave with `shutdown` first.
  bool run();

private:
  struct Document {
    llvm::lsp::URIForFile uri;
    Text text;
    int64_t version = 0;
    Analysis analysis;
  };
  using Position = llvm::lsp::TextDocumentPositionParams;
  using Answer = llvm::lsp::Callback<llvm::json::Value>;

  void registerRequests();
  /// Success while requests are answered.
  llvm::Error whyRefused() const;
  /// Answers a request about a document; refuses it before `initialize`, after
  /// `shutdown` and when the document is not open.
  template <typename Params, llvm::json::Value (Server::*function)(
                                 const Document &, const Params &)>
  void answer(const Params &params, Answer reply);

  void initialize(const InitializeRequest &params, Answer reply);
  void shutdown(const llvm::lsp::NoParams &, Answer reply);
  void didOpen(const llvm::lsp::DidOpenTextDocumentParams &params);
  void didChange(const llvm::lsp::DidChangeTextDocumentParams &params);
  void didClose(const llvm::lsp::DidCloseTextDocumentParams &params);
  void didChangeElsewhere(const llvm::lsp::NoParams &) { refreshFamilies(); }
  void ignore(const llvm::lsp::NoParams &) {}
  /// Looks for families whose files have changed. Those that are open are then
  /// analysed again.
  void refreshFamilies();

  llvm::json::Value hover(const Document &document, const Position &params);
  llvm::json::Value definition(const Document &document,
                               const Position &params);
  llvm::json::Value declaration(const Document &document,
                                const Position &params);
  llvm::json::Value references(const Document &document,
                               const llvm::lsp::ReferenceParams &params);
  llvm::json::Value symbols(const Document &document,
                            const llvm::lsp::DocumentSymbolParams &params);
  llvm::json::Value completion(const Document &document,
                               const llvm::lsp::CompletionParams &params);

  void analyse(Document &document);

  llvm::lsp::JSONTransport &transport;
  llvm::lsp::MessageHandler handler;
  llvm::lsp::OutgoingNotification<llvm::lsp::PublishDiagnosticsParams> publish;
  llvm::lsp::OutgoingNotification<llvm::lsp::ShowMessageParams> show;
  Known &known;
  Records records;
  llvm::StringMap<Document> documents; ///< by URI
  InitializeRequest client;
  enum { New, Running, ShutDown } state = New;
};

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_SERVER_H
