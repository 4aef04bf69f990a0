//===- Describe.cpp - What a family's names mean, as Markdown -------------===//

#include "tools/plumb-lsp-server/Describe.h"
#include "dialects/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::server;
using plumb::intr::Registry;

static ArrayRef<plumb_intr_param> paramsOf(const plumb_intr_row &row) {
  return {row.params, row.num_params};
}
static ArrayRef<plumb_intr_param> paramsOf(const plumb_intr_callback &cb) {
  return {cb.params, cb.num_params};
}

static std::string typeOf(const plumb_intr_param &param) {
  return param.type ? param.type->mlir : intr::describeType(*param.callback);
}

std::string plumb::server::signatureOf(const plumb_intr_row &row,
                                       StringRef name) {
  std::string text = name.str() + "(";
  text += join(map_range(paramsOf(row),
                         [](const plumb_intr_param &p) {
                           return (p.name + Twine(p.is_optional ? "?: " : ": ") +
                                   typeOf(p))
                               .str();
                         }),
               ", ");
  return text + ")" + (row.result ? Twine(" -> ") + row.result->mlir : "").str();
}

std::string plumb::server::functionTypeOf(const plumb_intr_row &row) {
  return "(" + join(map_range(paramsOf(row), typeOf), ", ") + ") -> " +
         (row.result ? row.result->mlir : "()");
}

static std::string mlirBlock(StringRef text) {
  return ("```mlir\n" + text + "\n```\n\n").str();
}

static void addParam(const plumb_intr_param &param, std::string &text) {
  text += ("- `" + Twine(param.name) + "`: `" + typeOf(param) + "`").str();
  if (param.callback)
    text += ", callback `" + std::string(param.callback->name) + "`";
  if (param.is_optional)
    text += ", optional";
  if (*param.doc)
    text += std::string(" - ") + param.doc;
  text += "\n";
}

static std::string effectsOf(const plumb_intr_row &row) {
  std::string text = "none; equal calls may be merged, unused ones dropped";
  if (row.num_effects)
    text = join(map_range(ArrayRef(row.effects, row.num_effects),
                          [](const plumb_intr_effect &e) {
                            StringRef verb = e.reads && e.writes
                                                 ? "reads and writes"
                                             : e.reads ? "reads"
                                                       : "writes";
                            return (verb + " `" + e.resource + "`").str();
                          }),
                ", ");
  if (row.flags & PLUMB_INTR_ROW_BLOCKS)
    text += "; may block";
  if (row.flags & PLUMB_INTR_ROW_CALLS_BACK)
    text += "; calls back";
  return text;
}

std::string plumb::server::describe(const plumb_intr_row &row) {
  std::string text = mlirBlock(signatureOf(row, row.name));
  text += std::string("**") + row.summary + ".**\n\n";
  if (*row.description)
    text += std::string(row.description) + "\n\n";
  for (const plumb_intr_param &param : paramsOf(row))
    addParam(param, text);
  if (row.result) {
    text += "- returns ";
    if (*row.result_name)
      text += std::string("`") + row.result_name + "`: ";
    text += std::string("`") + row.result->mlir + "`\n";
  }
  if (row.num_params || row.result)
    text += "\n";
  text += "Effects: " + effectsOf(row) + ".\n\n";
  text += std::string("Source name `") + row.source_name + "`, C symbol `" +
          row.symbol + "` in `" + row.family->header + "`, since " + row.since +
          ".";
  return text;
}

std::string plumb::server::describe(const plumb_intr_callback &callback) {
  std::string text = mlirBlock(callback.name + (": " + intr::describeType(callback)));
  text += std::string("**") + callback.summary + ".**\n\n";
  for (const plumb_intr_param &param : paramsOf(callback))
    addParam(param, text);
  if (callback.num_params)
    text += "\n";
  return text + "C type `" + callback.c_name + "`.";
}

/// The first word on the line before `end` that names an operation's row.
static const plumb_intr_row *rowOfLine(ArrayRef<Word> line) {
  for (size_t i = 0; i < line.size(); ++i)
    if (const plumb_intr_row *row = rowNamedBy(line, i))
      return row;
  return nullptr;
}

const plumb_intr_row *plumb::server::rowNamedBy(ArrayRef<Word> line,
                                                size_t word) {
  const Word &it = line[word];
  Registry &registry = Registry::get();
  switch (it.kind) {
  case Word::Name:
    return registry.lookup(it.text);
  case Word::Symbol:
    return registry.lookupSourceName(it.text);
  case Word::String:
    // The carrier's, or an operation in the generic form.
    return registry.lookup(it.text);
  default:
    return nullptr;
  }
}

static std::string describeType(StringRef name) {
  for (const plumb_intr_family *family : Registry::get().families())
    for (const plumb_intr_type *type : ArrayRef(family->types, family->num_types))
      if (StringRef(type->mlir).drop_front() == name)
        return mlirBlock(type->mlir) + "A " + type->kind + " of family `" +
               family->name + "`, in C `" + type->c + "`.";
  return "";
}

static std::string describeStatus(StringRef name) {
  for (const plumb_intr_family *family : Registry::get().families())
    for (const plumb_intr_status &status :
         ArrayRef(family->statuses, family->num_statuses))
      if (status.name == name)
        return ("Status `" + name + "`, code " + Twine(status.code) +
                ", in C `" + status.c_name + "`: " + status.message + ".")
            .str();
  return "";
}

std::string plumb::server::describeWord(ArrayRef<Word> line, size_t word) {
  if (const plumb_intr_row *row = rowNamedBy(line, word))
    return describe(*row);
  const Word &it = line[word];
  if (it.kind == Word::Type)
    return describeType(it.text);
  if (it.kind == Word::String)
    return describeStatus(it.text);
  if (it.kind != Word::Name)
    return "";
  if (const plumb_intr_row *row = rowOfLine(line.take_front(word)))
    for (const plumb_intr_param &param : paramsOf(*row))
      if (param.callback && param.name == it.text)
        return describe(*param.callback);
  return "";
}
