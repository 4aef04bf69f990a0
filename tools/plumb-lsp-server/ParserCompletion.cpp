//===- ParserCompletion.cpp - What MLIR's parser expects ------------------===//

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/AsmParser/CodeComplete.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Support/DebugStringHelper.h"
#include "tools/plumb-lsp-server/Collect.h"
#include "tools/plumb-lsp-server/Completion.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace plumb::lspserver;
using lsp::CompletionItem;
using lsp::CompletionItemKind;

namespace {
/// Gathers items as the parser comes to the cursor.
class Gather : public mlir::AsmParserCodeCompleteContext {
public:
  Gather(SMLoc location, mlir::MLIRContext &context, lsp::Range replaced,
         std::vector<CompletionItem> &items)
      : AsmParserCodeCompleteContext(location), context(context),
        replaced(replaced), items(items) {}

  void completeDialectName(StringRef prefix) override {
    for (StringRef dialect : context.getAvailableDialects())
      add(prefix + dialect, CompletionItemKind::Module);
  }

  void completeOperationName(StringRef dialectName) override {
    mlir::Dialect *dialect = context.getOrLoadDialect(dialectName);
    if (!dialect)
      return;
    for (mlir::RegisteredOperationName name : context.getRegisteredOperations())
      if (&name.getDialect() == dialect)
        add(name.getStringRef(), CompletionItemKind::Function);
  }

  void appendSSAValueCompletion(StringRef name, std::string type) override {
    add("%" + name.ltrim('%'), CompletionItemKind::Variable, std::move(type));
  }

  void appendBlockCompletion(StringRef name) override {
    add("^" + name.ltrim('^'), CompletionItemKind::Field);
  }

  void completeExpectedTokens(ArrayRef<StringRef> tokens, bool) override {
    for (StringRef token : tokens)
      add(token, CompletionItemKind::Keyword);
  }

  void completeAttribute(const StringMap<mlir::Attribute> &aliases) override {
    for (StringRef name :
         {"affine_map", "affine_set", "array", "dense", "dense_resource",
          "false", "loc", "sparse", "true", "unit"})
      add(name, CompletionItemKind::Keyword);
    completeDialectAttributeOrAlias(aliases);
  }

  void completeDialectAttributeOrAlias(
      const StringMap<mlir::Attribute> &aliases) override {
    for (const auto &alias : aliases)
      add("#" + alias.first(), CompletionItemKind::Field,
          mlir::debugString(alias.second));
    completeDialectName("#");
  }

  void completeType(const StringMap<mlir::Type> &aliases) override {
    for (StringRef name :
         {"bf16", "complex", "f16", "f32", "f64", "i1", "i16", "i32", "i64",
          "i8", "index", "memref", "none", "tensor", "tuple", "vector"})
      add(name, CompletionItemKind::Keyword);
    completeDialectTypeOrAlias(aliases);
  }

  void
  completeDialectTypeOrAlias(const StringMap<mlir::Type> &aliases) override {
    for (const auto &alias : aliases)
      add("!" + alias.first(), CompletionItemKind::Field,
          mlir::debugString(alias.second));
    completeDialectName("!");
  }

private:
  void add(const Twine &label, CompletionItemKind kind,
           std::string detail = "") {
    CompletionItem item(label, kind, ("1" + label).str());
    item.detail = std::move(detail);
    item.filterText = item.label;
    item.textEdit = lsp::TextEdit{replaced, item.label};
    items.push_back(std::move(item));
  }

  mlir::MLIRContext &context;
  lsp::Range replaced;
  std::vector<CompletionItem> &items;
};
} // namespace

/// Where the parser is asked: behind the dialect's name, or behind the
/// character that says what kind of name it is. It offers nothing within a
/// name.
static size_t askedAt(size_t offset, StringRef typed) {
  size_t dot = typed.rfind('.');
  if (dot != StringRef::npos && !is_contained("@%^", typed.front()))
    return offset - typed.size() + dot + 1;
  bool hasSigil = !typed.empty() && is_contained("@%^!#", typed.front());
  return offset - typed.size() + hasSigil;
}

std::vector<CompletionItem> plumb::lspserver::completeByParser(
    const Text &text, size_t offset, StringRef path,
    const mlir::DialectRegistry &registry, const lsp::Range &replaced,
    StringRef typed) {
  std::vector<CompletionItem> items;
  if (tooDeepAt(text.str()) != text.str().size())
    return items;
  auto run = [&] {
    for (Span part : partsOf(text.str())) {
      if (offset < part.begin || offset > part.end)
        continue;
      mlir::MLIRContext context(registry,
                                mlir::MLIRContext::Threading::DISABLED);
      mlir::ScopedDiagnosticHandler quiet(
          &context, [](mlir::Diagnostic &) { return mlir::success(); });
      // Without the rest of the name, which the lexer would not part with.
      part.end = askedAt(offset, typed);
      Source source(text.str(), part, path);
      Gather gather(source.locationOf(part.end), context, replaced, items);
      // The parser completes values only when it keeps track of them.
      mlir::AsmParserState state;
      mlir::Block block;
      mlir::ParserConfig config(&context, /*verifyAfterParse=*/false);
      (void)mlir::parseAsmSourceFile(source.getManager(), &block, config,
                                     &state, &gather);
      return;
    }
  };
  if (!runDeep(run))
    items.clear();
  return items;
}
