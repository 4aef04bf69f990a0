//===- Completion.cpp - What may stand at the cursor ----------------------===//

#include "tools/plumb-lsp-server/Completion.h"
#include "dialects/Intrinsic/Options.h"
#include "plumb/Intrinsic/Registry.h"
#include "tools/plumb-lsp-server/Describe.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::lspserver;
using lsp::CompletionItem;
using lsp::CompletionItemKind;
using plumb::intr::Registry;

static constexpr size_t maxItems = 300;

namespace {
/// The word that is being typed and what surrounds it.
struct Cursor {
  const Registry &registry;
  const Text &text;
  size_t offset;
  std::vector<Word> words; ///< of the line, up to the cursor
  Word word;               ///< ends at the cursor; may be empty
  lsp::Range textRange;    ///< of `word.text`
  /// The rest of the name that the cursor is in is replaced too.
  lsp::Range wholeRange;
};
} // namespace

static Cursor cursorAt(const Text &text, size_t offset,
                       const Registry &registry) {
  size_t begin;
  StringRef line = text.lineAt(offset, begin);
  size_t column = std::min(offset - begin, line.size());
  Cursor cursor{registry, text, offset, wordsOf(line.take_front(column)),
                {},       {},   {}};
  cursor.word = {Word::Name, "", column, column, column};
  if (!cursor.words.empty() && cursor.words.back().end == column &&
      (cursor.words.back().kind != Word::Other)) {
    cursor.word = cursor.words.back();
    cursor.words.pop_back();
  }
  size_t end = column;
  while (end < line.size() &&
         (isAlnum(line[end]) || is_contained("_$.", line[end])))
    ++end;
  cursor.textRange = text.rangeOf(begin + cursor.word.textBegin, begin + end);
  cursor.wholeRange = text.rangeOf(begin + cursor.word.begin, begin + end);
  return cursor;
}

static CompletionItem makeItem(const Twine &label, CompletionItemKind kind,
                               std::string detail, std::string documentation,
                               lsp::Range range, const Twine &newText) {
  // Sorted before what the parser offers.
  CompletionItem item(label, kind, ("0" + label).str());
  item.detail = std::move(detail);
  if (!documentation.empty())
    item.documentation = {lsp::MarkupKind::Markdown, std::move(documentation)};
  item.filterText = newText.str();
  item.textEdit = lsp::TextEdit{range, newText.str()};
  return item;
}

/// Calls the function for the rows whose name begins with what has been typed.
static void forRows(const Registry &registry, const char *plumb_intr_row::*name,
                    StringRef typed,
                    function_ref<void(const plumb_intr_row &)> function) {
  for (const plumb_intr_family *family : registry.families())
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      if (StringRef(row.*name).starts_with_insensitive(typed))
        function(row);
}

/// The edit that declares the source name above the function around the cursor;
/// none when the document has a declaration.
static std::optional<lsp::TextEdit> declaration(const Cursor &cursor,
                                                const plumb_intr_row &row) {
  std::string symbol = ("@\"" + Twine(row.source_name) + "\"").str();
  StringRef text = cursor.text.str();
  size_t begin = cursor.offset;
  StringRef line;
  do {
    line = cursor.text.lineAt(begin, begin);
    StringRef rest = line.ltrim();
    if (rest.starts_with("func.func")) {
      std::string bare = (" @" + Twine(row.source_name) + "(").str();
      if (text.contains(" " + symbol + "(") &&
          text.contains("func.func private " + symbol + "("))
        return std::nullopt;
      if (text.contains("func.func private" + bare))
        return std::nullopt;
      std::string indent = line.drop_back(rest.size()).str();
      return lsp::TextEdit{cursor.text.rangeOf(begin, begin),
                           indent + "func.func private " + symbol +
                               functionTypeOf(row) + "\n"};
    }
  } while (begin-- > 0);
  return std::nullopt;
}

static void addSourceNames(const Cursor &cursor,
                           std::vector<CompletionItem> &items) {
  forRows(cursor.registry, &plumb_intr_row::source_name, cursor.word.text,
          [&](const plumb_intr_row &row) {
            items.push_back(makeItem(row.source_name,
                                     CompletionItemKind::Function,
                                     functionTypeOf(row), describe(row),
                                     cursor.textRange, row.source_name));
            if (auto edit = declaration(cursor, row))
              items.back().additionalTextEdits.push_back(*edit);
          });
}

static void addOperations(const Cursor &cursor,
                          std::vector<CompletionItem> &items) {
  forRows(cursor.registry, &plumb_intr_row::name, cursor.word.text,
          [&](const plumb_intr_row &row) {
            items.push_back(makeItem(row.name, CompletionItemKind::Function,
                                     plumb::intr::describeSignature(row),
                                     describe(row), cursor.textRange,
                                     row.name));
          });
}

static void addTypes(const Cursor &cursor, std::vector<CompletionItem> &items) {
  for (const plumb_intr_family *family : cursor.registry.families())
    for (const plumb_intr_type *type :
         ArrayRef(family->types, family->num_types))
      if (StringRef(type->mlir).starts_with(("!" + cursor.word.text).str()))
        items.push_back(makeItem(type->mlir, CompletionItemKind::Class,
                                 type->kind, "", cursor.wholeRange,
                                 type->mlir));
}

/// Whether the cursor is within the innermost braces of `param = {`.
static bool isWithin(const Cursor &cursor, StringRef param) {
  int depth = 0;
  for (size_t i = cursor.words.size(); i-- > 2;) {
    depth += cursor.words[i].text == "}";
    if (cursor.words[i].text == "{" && depth-- == 0)
      return cursor.words[i - 1].text == "=" &&
             cursor.words[i - 2].text == param;
  }
  return false;
}

static void addOptions(const Cursor &cursor, const plumb_intr_family &family,
                       std::vector<CompletionItem> &items) {
  for (const plumb_intr_option &option :
       ArrayRef(family.options, family.num_options))
    if (StringRef(option.name).starts_with(cursor.word.text))
      items.push_back(makeItem(option.name, CompletionItemKind::Property,
                               plumb::intr::describeValues(option), option.doc,
                               cursor.textRange, option.name + Twine(" = ")));
}

/// The parameters that are attributes, within the braces of an operation.
static void addAttributes(const Cursor &cursor,
                          std::vector<CompletionItem> &items) {
  const plumb_intr_row *row = nullptr;
  for (size_t i = 0; i < cursor.words.size() && !row; ++i)
    row = rowNamedBy(cursor.registry, cursor.words, i);
  if (!row)
    return;
  for (const plumb_intr_param &param : ArrayRef(row->params, row->num_params)) {
    if (param.passing == PLUMB_INTR_PASS_OPTIONS) {
      if (isWithin(cursor, param.name)) {
        items.clear();
        return addOptions(cursor, *row->family, items);
      }
      if (StringRef(param.name).starts_with(cursor.word.text))
        items.push_back(makeItem(param.name, CompletionItemKind::Property,
                                 "options", param.doc, cursor.textRange,
                                 param.name + Twine(" = {")));
    }
    if (param.callback && StringRef(param.name).starts_with(cursor.word.text))
      items.push_back(makeItem(param.name, CompletionItemKind::Property,
                               plumb::intr::describeType(*row, param),
                               describe(*row, param), cursor.textRange,
                               param.name + Twine(" = @")));
  }
}

static void addName(const Cursor &cursor, const char *name, const char *detail,
                    CompletionItemKind kind,
                    std::vector<CompletionItem> &items) {
  if (StringRef(name).starts_with_insensitive(cursor.word.text))
    items.push_back(makeItem(name, kind, detail, "", cursor.textRange, name));
}

/// Within the string of an operation that takes a name of the registry.
static void addStrings(const Cursor &cursor,
                       std::vector<CompletionItem> &items) {
  size_t count = cursor.words.size();
  auto wordBefore = [&](size_t number) {
    return count >= number ? cursor.words[count - number].text : StringRef();
  };
  if (wordBefore(1) == "intr.call")
    return addOperations(cursor, items);
  if (wordBefore(2) == "intr.enum") {
    const plumb_intr_enum *of = cursor.registry.lookupEnum(wordBefore(1));
    // Behind the last `|` of flags.
    Cursor part = cursor;
    size_t bar = cursor.word.text.rfind('|') + 1;
    part.word.text = cursor.word.text.drop_front(bar);
    part.textRange.start.character += bar;
    for (uint32_t i = 0; of && i < of->num_cases; ++i)
      addName(part, of->cases[i].name, of->cases[i].doc,
              CompletionItemKind::EnumMember, items);
    return;
  }
  bool isEnum = wordBefore(1) == "intr.enum";
  bool isStruct = wordBefore(1) == "intr.make" ||
                  wordBefore(1) == "intr.allocate" ||
                  wordBefore(2) == "intr.struct";
  bool isConstant = wordBefore(1) == "intr.named";
  bool isCallback = wordBefore(1) == "intr.function";
  for (const plumb_intr_family *family : cursor.registry.families()) {
    for (uint32_t i = 0; isEnum && i < family->num_enums; ++i)
      addName(cursor, family->enums[i]->name, family->enums[i]->summary,
              CompletionItemKind::Enum, items);
    for (uint32_t i = 0; isStruct && i < family->num_structs; ++i)
      addName(cursor, family->structs[i]->name, family->structs[i]->summary,
              CompletionItemKind::Struct, items);
    for (uint32_t i = 0; isConstant && i < family->num_constants; ++i)
      addName(cursor, family->constants[i].name, family->constants[i].doc,
              CompletionItemKind::Constant, items);
    for (uint32_t i = 0; isCallback && i < family->num_callbacks; ++i)
      addName(cursor,
              (Twine(family->name) + "." + family->callbacks[i]->name)
                  .str()
                  .c_str(),
              family->callbacks[i]->summary, CompletionItemKind::Function,
              items);
  }
}

static void addOurs(const Cursor &cursor, std::vector<CompletionItem> &items) {
  StringRef before = cursor.words.empty() ? "" : cursor.words.back().text;
  switch (cursor.word.kind) {
  case Word::Symbol:
    return addSourceNames(cursor, items);
  case Word::Type:
    return addTypes(cursor, items);
  case Word::String:
    return addStrings(cursor, items);
  case Word::Name:
    if (before.empty() || before == "=")
      addOperations(cursor, items);
    else if (before == "{" || before == ",")
      addAttributes(cursor, items);
    return;
  default:
    return;
  }
}

lsp::CompletionList plumb::lspserver::complete(const Text &text, size_t offset,
                                               StringRef path,
                                               const Known &known) {
  Cursor cursor = cursorAt(text, offset, known.getFamilies());
  lsp::CompletionList list;
  if (any_of(cursor.words, [](Word w) { return w.kind == Word::Comment; }) ||
      cursor.word.kind == Word::Comment)
    return list;
  addOurs(cursor, list.items);
  if (cursor.word.kind != Word::String) {
    size_t begin;
    StringRef line = text.lineAt(offset, begin);
    StringRef typed = line.slice(cursor.word.begin, offset - begin);
    StringSet<> found;
    for (const CompletionItem &item : list.items)
      if (item.textEdit)
        found.insert(item.textEdit->newText);
    for (CompletionItem &item : completeByParser(
             text, offset, path, known.getDialects(), cursor.wholeRange, typed))
      if (StringRef(item.label).starts_with(typed) &&
          found.insert(item.label).second)
        list.items.push_back(std::move(item));
  }
  if (list.items.size() > maxItems) {
    list.items.resize(maxItems, CompletionItem());
    list.isIncomplete = true;
  }
  return list;
}
