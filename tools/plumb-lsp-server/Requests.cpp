//===- Requests.cpp - Answers about a document ----------------------------===//

#include "tools/plumb-lsp-server/Completion.h"
#include "tools/plumb-lsp-server/Describe.h"
#include "tools/plumb-lsp-server/Server.h"

using namespace llvm;
using namespace plumb::lspserver;
using lsp::ErrorCode;
using lsp::LSPError;

template <typename Params, json::Value (Server::*function)(
                               const Server::Document &, const Params &)>
void Server::answer(const Params &params, Answer reply) {
  if (Error refused = whyRefused())
    return reply(std::move(refused));
  auto it = documents.find(params.textDocument.uri.uri());
  if (it == documents.end())
    return reply(make_error<LSPError>(
        ("the document is not open: " + params.textDocument.uri.uri()).str(),
        ErrorCode::InvalidParams));
  reply((this->*function)(it->second, params));
}

void Server::registerRequests() {
  handler.method("textDocument/hover", this,
                 &Server::answer<Position, &Server::hover>);
  handler.method("textDocument/definition", this,
                 &Server::answer<Position, &Server::definition>);
  handler.method("textDocument/declaration", this,
                 &Server::answer<Position, &Server::declaration>);
  handler.method("textDocument/references", this,
                 &Server::answer<lsp::ReferenceParams, &Server::references>);
  handler.method("textDocument/documentSymbol", this,
                 &Server::answer<lsp::DocumentSymbolParams, &Server::symbols>);
  handler.method("textDocument/completion", this,
                 &Server::answer<lsp::CompletionParams, &Server::completion>);
}

namespace {
/// The line that a position is in.
struct Line {
  size_t offset, begin = 0;
  std::vector<Word> words;
  std::optional<size_t> word;

  Line(const Text &text, const lsp::Position &position)
      : offset(text.offsetOf(position)),
        words(wordsOf(text.lineAt(offset, begin))),
        word(wordAt(words, offset - begin)) {}

  lsp::Range rangeOf(const Text &text, size_t word) const {
    return text.rangeOf(begin + words[word].begin, begin + words[word].end);
  }
};
} // namespace

/// With a copy of the URI: LLVM's conversion refers to it.
static json::Value toJSON(const lsp::URIForFile &uri, const lsp::Range &range) {
  return json::Object{{"uri", uri.uri().str()}, {"range", toJSON(range)}};
}

json::Value Server::hover(const Document &document, const Position &params) {
  const Text &text = document.text;
  Line line(text, params.position);
  if (line.word) {
    lsp::Hover hover(line.rangeOf(text, *line.word));
    hover.contents.value =
        describeWord(known.getFamilies(), line.words, *line.word);
    if (!hover.contents.value.empty())
      return toJSON(hover);
  }
  const Entity *entity = document.analysis.entityAt(line.offset);
  if (!entity || entity->description.empty())
    return nullptr;
  lsp::Hover hover(line.word ? line.rangeOf(text, *line.word)
                             : lsp::Range(params.position));
  hover.contents.value = entity->description;
  return toJSON(hover);
}

json::Value Server::definition(const Document &document,
                               const Position &params) {
  Line line(document.text, params.position);
  if (line.word)
    if (const plumb_intr_row *row =
            rowNamedBy(known.getFamilies(), line.words, *line.word))
      if (auto record = records.find(row->location, document.uri.file()))
        return toJSON(record->uri, record->range);
  return declaration(document, params);
}

json::Value Server::declaration(const Document &document,
                                const Position &params) {
  const Entity *entity =
      document.analysis.entityAt(document.text.offsetOf(params.position));
  if (!entity)
    return nullptr;
  return toJSON(document.uri, document.text.rangeOf(entity->definition.begin,
                                                    entity->definition.end));
}

json::Value Server::references(const Document &document,
                               const lsp::ReferenceParams &params) {
  json::Array found;
  const Entity *entity =
      document.analysis.entityAt(document.text.offsetOf(params.position));
  if (!entity)
    return found;
  auto add = [&](const Span &span) {
    found.push_back(
        toJSON(document.uri, document.text.rangeOf(span.begin, span.end)));
  };
  if (params.context.includeDeclaration)
    add(entity->definition);
  for (const Span &use : entity->uses)
    add(use);
  return found;
}

static lsp::SymbolKind kindOf(const Outline &item) {
  return item.isFunction         ? lsp::SymbolKind::Function
         : item.children.empty() ? lsp::SymbolKind::Variable
                                 : lsp::SymbolKind::Module;
}

static lsp::DocumentSymbol toSymbol(const Outline &item, const Text &text) {
  lsp::DocumentSymbol symbol(
      item.name, kindOf(item), text.rangeOf(item.whole.begin, item.whole.end),
      text.rangeOf(item.selection.begin, item.selection.end));
  symbol.detail = item.detail;
  for (const Outline &child : item.children)
    symbol.children.push_back(toSymbol(child, text));
  return symbol;
}

/// For clients that know no tree.
static void flatten(const Outline &item, const lsp::URIForFile &uri,
                    const Text &text, json::Array &found) {
  found.push_back(json::Object{
      {"name", item.name},
      {"kind", int(kindOf(item))},
      {"location",
       toJSON(uri, text.rangeOf(item.whole.begin, item.whole.end))}});
  for (const Outline &child : item.children)
    flatten(child, uri, text, found);
}

json::Value Server::symbols(const Document &document,
                            const lsp::DocumentSymbolParams &) {
  json::Array found;
  for (const Outline &item : document.analysis.outline) {
    if (client.hierarchicalSymbols)
      found.push_back(toJSON(toSymbol(item, document.text)));
    else
      flatten(item, document.uri, document.text, found);
  }
  return found;
}

json::Value Server::completion(const Document &document,
                               const lsp::CompletionParams &params) {
  return toJSON(complete(document.text, document.text.offsetOf(params.position),
                         document.uri.file(), known));
}
