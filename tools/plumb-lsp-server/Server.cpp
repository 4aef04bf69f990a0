//===- Server.cpp - The session and its documents -------------------------===//

#include "tools/plumb-lsp-server/Server.h"
#include "command-line/Tool.h"
#include "plumb/Execution/Version.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>
#include <vector>

using namespace llvm;
using namespace plumb;
using namespace plumb::lspserver;
using lsp::ErrorCode;
using lsp::LSPError;

/// The member at the path of names, or null.
static const json::Value *at(const json::Value *value,
                             ArrayRef<StringRef> names) {
  for (StringRef name : names) {
    const json::Object *object = value ? value->getAsObject() : nullptr;
    value = object ? object->get(name) : nullptr;
  }
  return value;
}

static bool isTrue(const json::Value *value) {
  return value && value->getAsBoolean().value_or(false);
}

bool plumb::lspserver::fromJSON(const json::Value &value,
                                InitializeRequest &result, json::Path) {
  const json::Value *document = at(&value, {"capabilities", "textDocument"});
  result.relatedInformation =
      isTrue(at(document, {"publishDiagnostics", "relatedInformation"}));
  result.hierarchicalSymbols = isTrue(
      at(document, {"documentSymbol", "hierarchicalDocumentSymbolSupport"}));

  std::vector<const json::Value *> uris = {at(&value, {"rootUri"})};
  if (const json::Value *folders = at(&value, {"workspaceFolders"}))
    if (const json::Array *array = folders->getAsArray())
      for (const json::Value &folder : *array)
        uris.push_back(at(&folder, {"uri"}));
  for (const json::Value *uri : uris) {
    std::optional<StringRef> text = uri ? uri->getAsString() : std::nullopt;
    if (!text)
      continue;
    Expected<lsp::URIForFile> folder = lsp::URIForFile::fromURI(*text);
    if (folder)
      result.folders.push_back(folder->file().str());
    else
      consumeError(folder.takeError());
  }
  return true;
}

Server::Server(lsp::JSONTransport &transport, Known &known, Records records)
    : transport(transport), handler(transport), known(known),
      records(std::move(records)) {
  publish = handler.outgoingNotification<lsp::PublishDiagnosticsParams>(
      "textDocument/publishDiagnostics");
  show = handler.outgoingNotification<lsp::ShowMessageParams>(
      "window/showMessage");
  handler.method("initialize", this, &Server::initialize);
  handler.method("shutdown", this, &Server::shutdown);
  handler.notification("initialized", this, &Server::ignore);
  handler.notification("$/setTrace", this, &Server::ignore);
  handler.notification("$/cancelRequest", this, &Server::ignore);
  handler.notification("textDocument/didSave", this,
                       &Server::didChangeElsewhere);
  handler.notification("workspace/didChangeWatchedFiles", this,
                       &Server::didChangeElsewhere);
  handler.notification("textDocument/didOpen", this, &Server::didOpen);
  handler.notification("textDocument/didChange", this, &Server::didChange);
  handler.notification("textDocument/didClose", this, &Server::didClose);
  registerRequests();
}

bool Server::run() {
  if (Error error = transport.run(handler)) {
    // The input ended. Without a `shutdown` the client has died.
    consumeError(std::move(error));
    if (state != ShutDown)
      toolError("the client is gone: the input ended without `shutdown` and "
                "`exit`");
  }
  return state == ShutDown;
}

Error Server::whyRefused() const {
  if (state == New)
    return make_error<LSPError>("send `initialize` first",
                                ErrorCode::ServerNotInitialized);
  if (state == ShutDown)
    return make_error<LSPError>("after `shutdown` only `exit` is answered",
                                ErrorCode::InvalidRequest);
  return Error::success();
}

void Server::initialize(const InitializeRequest &params, Answer reply) {
  if (state != New)
    return reply(make_error<LSPError>("`initialize` was sent twice",
                                      ErrorCode::InvalidRequest));
  state = Running;
  client = params;
  for (const std::string &folder : client.folders)
    records.addRoot(folder);
  reply(json::Object{
      {"serverInfo",
       json::Object{{"name", "plumb-lsp-server"},
                    {"version", plumb::execution::versionText()}}},
      {"capabilities",
       json::Object{
           {"positionEncoding", "utf-16"},
           {"textDocumentSync",
            json::Object{
                {"openClose", true},
                {"change", int(lsp::TextDocumentSyncKind::Incremental)},
                {"save", true}}},
           {"hoverProvider", true},
           {"definitionProvider", true},
           {"declarationProvider", true},
           {"referencesProvider", true},
           {"documentSymbolProvider", true},
           {"completionProvider",
            json::Object{{"triggerCharacters",
                          json::Array{"@", "\"", ".", "%", "!", "^", "#"}}}},
       }}});
}

void Server::shutdown(const lsp::NoParams &, Answer reply) {
  if (Error refused = whyRefused())
    return reply(std::move(refused));
  state = ShutDown;
  documents.clear();
  reply(nullptr);
}

void Server::didOpen(const lsp::DidOpenTextDocumentParams &params) {
  if (state != Running)
    return;
  refreshFamilies();
  Document &document = documents[params.textDocument.uri.uri()];
  document.uri = params.textDocument.uri;
  document.text = Text(params.textDocument.text);
  document.version = params.textDocument.version;
  analyse(document);
}

void Server::didChange(const lsp::DidChangeTextDocumentParams &params) {
  auto it = documents.find(params.textDocument.uri.uri());
  if (it == documents.end())
    return;
  for (const auto &change : params.contentChanges)
    it->second.text.change(change.range, change.text);
  it->second.version = params.textDocument.version;
  refreshFamilies();
  analyse(it->second);
}

void Server::didClose(const lsp::DidCloseTextDocumentParams &params) {
  // Its diagnostics are not to stay.
  if (documents.erase(params.textDocument.uri.uri()))
    publish(lsp::PublishDiagnosticsParams(params.textDocument.uri, 0));
}

void Server::refreshFamilies() {
  std::string problem;
  if (state == Running && known.refresh(problem))
    for (auto &entry : documents)
      analyse(entry.second);
  if (!problem.empty())
    show({lsp::MessageType::Error,
          problem + "\nThe families stay as they were."});
}

void Server::analyse(Document &document) {
  document.analysis = Analysis::of(document.text.str(), document.uri.file(),
                                   known.getDialects());
  lsp::PublishDiagnosticsParams params(document.uri, document.version);
  auto rangeOf = [&](const Finding &finding) {
    return document.text.rangeOf(finding.span.begin, finding.span.end);
  };
  for (const Finding &finding : document.analysis.findings) {
    lsp::Diagnostic diagnostic;
    diagnostic.range = rangeOf(finding);
    diagnostic.severity = finding.severity;
    diagnostic.source = "plumb";
    diagnostic.message = finding.message;
    std::vector<lsp::DiagnosticRelatedInformation> related;
    for (const Finding &note : finding.notes) {
      if (client.relatedInformation)
        related.emplace_back(lsp::Location(document.uri, rangeOf(note)),
                             note.message);
      else
        diagnostic.message += "\nnote: " + note.message;
    }
    if (!related.empty())
      diagnostic.relatedInformation = std::move(related);
    params.diagnostics.push_back(std::move(diagnostic));
  }
  publish(params);
}
