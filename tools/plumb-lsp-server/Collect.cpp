//===- Collect.cpp - Out of the parser's state into plain data ------------===//

#include "tools/plumb-lsp-server/Collect.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Support/DebugStringHelper.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace plumb::lspserver;
using mlir::AsmParserState;

Source::Source(StringRef text, Span part, StringRef path)
    : text(text), part(part), path(path) {
  auto copy =
      MemoryBuffer::getMemBufferCopy(text.slice(part.begin, part.end), path);
  buffer = copy->getBuffer();
  manager.AddNewSourceBuffer(std::move(copy), SMLoc());
}

size_t Source::offsetOf(SMLoc location) const {
  if (location.getPointer() < buffer.begin() ||
      location.getPointer() > buffer.end())
    return part.begin;
  return part.begin + (location.getPointer() - buffer.begin());
}

SMLoc Source::locationOf(size_t offset) const {
  offset = std::clamp(offset, part.begin, part.end);
  return SMLoc::getFromPointer(buffer.begin() + (offset - part.begin));
}

Span Source::spanOf(SMRange range) const {
  return {offsetOf(range.Start), offsetOf(range.End)};
}

Span Source::spanOf(mlir::Location location) const {
  auto place = location->findInstanceOf<mlir::FileLineColLoc>();
  if (place && place.getFilename() == path) {
    // Zero for an unknown line or column, which LLVM does not expect.
    SMLoc start = const_cast<SourceMgr &>(manager).FindLocForLineAndColumn(
        manager.getMainFileID(), std::max(1u, place.getLine()),
        std::max(1u, place.getColumn()));
    if (start.isValid()) {
      Span span = spanOf(AsmParserState::convertIdLocToRange(start));
      if (span.end <= span.begin)
        span.end = std::min(span.begin + 1, text.size());
      return span;
    }
  }
  return {part.begin, std::min(text.find('\n', part.begin), text.size())};
}

static std::vector<Span> spansOf(ArrayRef<SMRange> ranges,
                                 const Source &source) {
  std::vector<Span> spans;
  for (SMRange range : ranges)
    if (range.isValid())
      spans.push_back(source.spanOf(range));
  return spans;
}

static void add(const AsmParserState::SMDefinition &definition,
                std::string description, const Source &source,
                Analysis &analysis) {
  if (definition.loc.isValid())
    analysis.entities.push_back({source.spanOf(definition.loc),
                                 spansOf(definition.uses, source),
                                 std::move(description)});
}

static std::string code(const Twine &text) {
  return ("```mlir\n" + text + "\n```\n").str();
}

static std::string typeText(mlir::Type type) { return mlir::debugString(type); }

/// Where the operation's symbol stands; the operation's name otherwise.
static Span symbolSpan(const AsmParserState::OperationDefinition &definition,
                       StringRef name, const Source &source) {
  Span op = source.spanOf(definition.loc);
  StringRef rest = source.getText().substr(op.begin);
  StringRef line = rest.take_until([](char c) { return c == '\n'; });
  for (const Word &word : wordsOf(line))
    if (word.kind == Word::Symbol && word.text == name)
      return {op.begin + word.begin, op.begin + word.end};
  return op;
}

/// "func.func @f : (i64) -> ()".
static std::string headOf(mlir::Operation *op, StringRef name) {
  std::string text = (op->getName().getStringRef() + " @" + name).str();
  if (auto function = dyn_cast<mlir::FunctionOpInterface>(op))
    text += " : " + typeText(function.getFunctionType());
  return text;
}

void plumb::lspserver::collectEntities(const AsmParserState &state,
                                       const Source &source,
                                       Analysis &analysis) {
  for (const auto &op : state.getOpDefs()) {
    for (const auto &group : op.resultGroups) {
      std::string types;
      for (mlir::Value result :
           op.op->getResults().drop_front(group.startIndex)) {
        types += (types.empty() ? "" : ", ") + typeText(result.getType());
        if (op.resultGroups.size() > 1)
          break;
      }
      add(group.definition,
          code(types) + "Result of `" + op.op->getName().getStringRef().str() +
              "`.",
          source, analysis);
    }
    auto name = op.op->getAttrOfType<mlir::StringAttr>(
        mlir::SymbolTable::getSymbolAttrName());
    if (name)
      analysis.entities.push_back({symbolSpan(op, name, source),
                                   spansOf(op.symbolUses, source),
                                   code(headOf(op.op, name))});
  }
  for (const auto &block : state.getBlockDefs()) {
    add(block.definition, "", source, analysis);
    for (auto [index, argument] : enumerate(block.arguments))
      if (index < block.block->getNumArguments())
        add(argument,
            code(typeText(block.block->getArgument(index).getType())) +
                "Argument " + std::to_string(index) +
                (block.block->isEntryBlock() ? "." : " of the block."),
            source, analysis);
  }
  for (const auto &alias : state.getAttributeAliasDefs())
    add(alias.definition, code(mlir::debugString(alias.value)), source,
        analysis);
  for (const auto &alias : state.getTypeAliasDefs())
    add(alias.definition, code(typeText(alias.value)), source, analysis);
}

void plumb::lspserver::collectOutline(mlir::Block &block,
                                      const AsmParserState &state,
                                      const Source &source,
                                      std::vector<Outline> &outline) {
  for (mlir::Operation &op : block) {
    auto name = op.getAttrOfType<mlir::StringAttr>(
        mlir::SymbolTable::getSymbolAttrName());
    const auto *definition = state.getOpDef(&op);
    bool isTable = op.hasTrait<mlir::OpTrait::SymbolTable>();
    if (!definition || (!name && !isTable))
      continue;
    Outline item;
    item.name = name ? name.str() : op.getName().getStringRef().str();
    auto function = dyn_cast<mlir::FunctionOpInterface>(op);
    item.isFunction = bool(function);
    if (function)
      item.detail = typeText(function.getFunctionType());
    item.whole = source.spanOf(definition->scopeLoc);
    item.selection = symbolSpan(*definition, item.name, source);
    // As the protocol demands.
    item.whole.end = std::max(item.whole.end, item.selection.end);
    if (isTable && op.getNumRegions() == 1 && op.getRegion(0).hasOneBlock())
      collectOutline(op.getRegion(0).front(), state, source, item.children);
    outline.push_back(std::move(item));
  }
}
