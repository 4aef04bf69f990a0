//===- Describe.cpp - What a family's names mean, as Markdown -------------===//

#include "tools/plumb-lsp-server/Describe.h"
#include "plumb/Intrinsic/Registry.h"
#include "plumb/Model/Layout.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::lspserver;
using plumb::intr::Registry;

static ArrayRef<plumb_intr_param> paramsOf(const plumb_intr_row &row) {
  return {row.params, row.num_params};
}

static std::string typeOf(const plumb_intr_row &row,
                          const plumb_intr_param &param) {
  if (param.passing == PLUMB_INTR_PASS_OPTIONS)
    return "{...}";
  return param.type ? param.type->mlir : intr::describeType(row, param);
}

std::string plumb::lspserver::functionTypeOf(const plumb_intr_row &row) {
  std::string text = "(";
  ListSeparator comma;
  for (const plumb_intr_param &param : paramsOf(row))
    if (intr::isArgument(param))
      text += StringRef(comma).str() + typeOf(row, param);
  return text + ") -> " + intr::describeResults(row);
}

static std::string mlirBlock(StringRef text) {
  return ("```mlir\n" + text + "\n```\n\n").str();
}

static void addDoc(StringRef doc, std::string &text) {
  if (!doc.empty())
    text += " - " + doc.str();
  text += "\n";
}

/// `type` as MLIR spells it.
static void addParam(const plumb_intr_param &param, const std::string &type,
                     std::string &text) {
  text += std::string(param.passing == PLUMB_INTR_PASS_OUT ? "- returns `"
                                                           : "- `") +
          param.name + "`: `" + type + "`";
  if (param.callback)
    text += ", callback `" + std::string(param.callback->name) + "`";
  if (param.is_optional)
    text += ", optional";
  if (param.is_consumed)
    text += ", consumed: the caller's reference is taken over";
  if (param.is_kept)
    text += ", kept: called after this has returned too";
  if (param.passing == PLUMB_INTR_PASS_INOUT)
    text += ", and returns what is left there";
  if (param.type && param.type->enumeration)
    text += ", `" + std::string(param.type->enumeration->name) + "`";
  addDoc(param.doc, text);
}

static std::string effectsOf(const plumb_intr_row &row) {
  bool callsBack = row.flags & PLUMB_INTR_ROW_CALLS_BACK;
  std::string text = "none; equal calls may be merged, unused ones dropped";
  if (callsBack)
    text = "those of the program's functions";
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
  if (callsBack && row.num_effects)
    text += "; calls the program back";
  return text;
}

std::string plumb::lspserver::describe(const plumb_intr_row &row) {
  std::string text = mlirBlock(intr::describeSignature(row));
  if (model::hasErased(row))
    text += std::string("`") + row.source_name + " : " + model::schemeOf(row) +
            "`\n\n";
  text += std::string("**") + row.summary + ".**\n\n";
  if (*row.description)
    text += std::string(row.description) + "\n\n";
  for (const plumb_intr_param &param : paramsOf(row))
    addParam(param, typeOf(row, param), text);
  if (intr::isVariadic(row))
    text += "- any number of values more\n";
  if (row.result) {
    text += "- returns ";
    if (*row.result_name)
      text += std::string("`") + row.result_name + "`: ";
    text += std::string("`") + row.result->mlir + "`";
    addDoc(row.result_doc, text);
  }
  if (row.num_params || row.result)
    text += "\n";
  text += "Effects: " + effectsOf(row) + ".\n\n";
  return text + "Source name `" + row.source_name + "`, C symbol `" +
         row.symbol + "` in `" + row.family->header + "`, since " + row.since +
         ".";
}

/// `type` is that of the program's function.
static std::string describe(const plumb_intr_callback &callback,
                            StringRef type) {
  std::string text = mlirBlock((callback.name + Twine(": ") + type).str());
  text += std::string("**") + callback.summary + ".**\n\n";
  for (const plumb_intr_param &param :
       ArrayRef(callback.params, callback.num_params))
    addParam(param, param.type->mlir, text);
  if (callback.num_params)
    text += "\n";
  return text + "C type `" + callback.c_name + "`.";
}

std::string plumb::lspserver::describe(const plumb_intr_row &row,
                                       const plumb_intr_param &callback) {
  return ::describe(*callback.callback, intr::describeType(row, callback));
}

/// The first word on the line before `end` that names an operation's row.
static const plumb_intr_row *rowOfLine(const Registry &registry,
                                       ArrayRef<Word> line) {
  for (size_t i = 0; i < line.size(); ++i)
    if (const plumb_intr_row *row = rowNamedBy(registry, line, i))
      return row;
  return nullptr;
}

const plumb_intr_row *plumb::lspserver::rowNamedBy(const Registry &registry,
                                                   ArrayRef<Word> line,
                                                   size_t word) {
  const Word &it = line[word];
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

static std::string describeType(const Registry &registry, StringRef name) {
  for (const plumb_intr_family *family : registry.families())
    for (const plumb_intr_type *type :
         ArrayRef(family->types, family->num_types))
      if (StringRef(type->mlir).drop_front() == name)
        return mlirBlock(type->mlir) + "A " + type->kind + " of family `" +
               family->name + "`, in C `" + type->c + "`.";
  return "";
}

static std::string describeStatus(const Registry &registry, StringRef name) {
  for (const plumb_intr_family *family : registry.families())
    for (const plumb_intr_status &status :
         ArrayRef(family->statuses, family->num_statuses))
      if (status.name == name)
        return ("Status `" + name + "`, code " + Twine(status.code) +
                ", in C `" + status.c_name + "`: " + status.message + ".")
            .str();
  return "";
}

static std::string describeEnum(const plumb_intr_enum &enumeration) {
  std::string text = mlirBlock((Twine("intr.enum \"") + enumeration.name +
                                "\" \"...\" : " + enumeration.type->mlir)
                                   .str());
  text += std::string("**") + enumeration.summary + ".**";
  text += enumeration.is_flags ? " Flags: write `a|b` for both.\n\n" : "\n\n";
  for (const plumb_intr_case &c :
       ArrayRef(enumeration.cases, enumeration.num_cases)) {
    text += (Twine("- `") + c.name + "` = " + Twine(c.value)).str();
    addDoc(c.doc, text);
  }
  return text + "\nIn C `" + enumeration.c_name + "`.";
}

static std::string describeStruct(const plumb_intr_struct &structure) {
  std::string text =
      mlirBlock((Twine("!intr.struct<\"") + structure.name + "\">").str());
  text += std::string("**") + structure.summary + ".**\n\n";
  for (const plumb_intr_field &field :
       ArrayRef(structure.fields, structure.num_fields)) {
    text += std::string("- `") + field.name + "`: `" +
            model::describeType(field) + "`";
    addDoc(field.doc, text);
  }
  return text + "\nIn C `" + structure.c_name + "`, " +
         std::to_string(structure.size) + " bytes.";
}

static std::string describeConstant(const plumb_intr_constant &constant) {
  std::string text = mlirBlock(
      (Twine("intr.named \"") + constant.name + "\" : " + constant.type->mlir)
          .str());
  text +=
      "`" + model::spellValue(constant) + "`, in C `" + constant.c_name + "`";
  if (*constant.spelling)
    text +=
        std::string("; `") + constant.spelling + "` of the runtime's header";
  text += ".";
  addDoc(constant.doc, text);
  return text;
}

static std::string describeString(const Registry &registry, StringRef name) {
  if (const plumb_intr_constant *constant = registry.lookupConstant(name))
    return describeConstant(*constant);
  if (const plumb_intr_callback *callback = registry.lookupCallback(name))
    return ::describe(
        *callback,
        model::describeType(*callback, model::hasEnvironment(*callback)));
  if (const plumb_intr_enum *enumeration = registry.lookupEnum(name))
    return describeEnum(*enumeration);
  if (const plumb_intr_struct *structure = registry.lookupStruct(name))
    return describeStruct(*structure);
  return describeStatus(registry, name);
}

std::string plumb::lspserver::describeWord(const Registry &registry,
                                           ArrayRef<Word> line, size_t word) {
  if (const plumb_intr_row *row = rowNamedBy(registry, line, word))
    return describe(*row);
  const Word &it = line[word];
  if (it.kind == Word::Type)
    return describeType(registry, it.text);
  if (it.kind == Word::String)
    return describeString(registry, it.text);
  if (it.kind != Word::Name)
    return "";
  if (const plumb_intr_row *row = rowOfLine(registry, line.take_front(word)))
    for (const plumb_intr_param &param : paramsOf(*row))
      if (param.callback && param.name == it.text)
        return plumb::lspserver::describe(*row, param);
  return "";
}
