//===- ReferenceEmitter.cpp - The reference page, Markdown ----------------===//

#include "ComesBack.h"
#include "Emitters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static void emitText(StringRef text, raw_ostream &os) {
  if (!text.empty())
    os << text << "\n\n";
}

static std::string cell(StringRef text) {
  std::string result;
  for (char c : text)
    result += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  return result;
}

/// "(!ws.conn, i64) -> i1": the type of the program's function.
static std::string functionType(const Callback &cb, bool hasEnvironment) {
  std::string text = "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + p.type->mlir;
  if (hasEnvironment)
    text += StringRef(comma).str() + "!intr.slot";
  return text + ") -> " + (cb.result ? cb.result->mlir : "()");
}

/// The list between its ends, on one line if it fits.
static std::string wrapped(StringRef before, ArrayRef<std::string> list,
                           StringRef after) {
  std::string line = (before + join(list, ", ") + after).str();
  if (line.size() <= 84 || list.empty())
    return line;
  return (before + "\n    " + join(list, ",\n    ") + after).str();
}

/// As messages spell it: "clock.set(time: i64, on_tick?: (i64) -> ()) -> i1".
/// Without names it is the declaration by which a program may call it.
static std::string signature(const Row &row, bool hasNames) {
  std::vector<std::string> params;
  for (const Param &p : row.params) {
    if (p.passing == Passing::Out)
      continue;
    std::string name = p.name + (p.isOptional ? "?: " : ": ");
    if (p.passing == Passing::Options) {
      // No argument of a call by name.
      if (hasNames)
        params.push_back(name + "{...}");
      continue;
    }
    params.push_back((hasNames ? name : "") +
                     (p.callback
                          ? functionType(*p.callback, row.hasEnvironment())
                          : p.type->mlir));
  }
  if (row.isVariadic && hasNames)
    params.push_back("...");
  std::string results = join(
      map_range(row.results(), [](const Type *type) { return type->mlir; }),
      ", ");
  if (row.results().size() > 1)
    results = "(" + results + ")";
  if (results.empty() && !hasNames)
    results = "()";
  return wrapped(hasNames ? row.opName + "("
                          : "func.func private @\"" + row.sourceName + "\"(",
                 params, results.empty() ? ")" : ") -> " + results);
}

static std::string prototype(const Row &row) {
  SmallVector<StringRef> params;
  std::string list = cParams(row);
  StringRef(list).split(params, ", ");
  std::vector<std::string> texts(params.begin(), params.end());
  return wrapped(
      (cResult(row.result) + cConvention(row) + row.symbol + "(").str(), texts,
      ");");
}

static std::string code(StringRef text) { return ("`" + text + "`").str(); }

/// A link to what the family says of the type, if it says anything.
static std::string typeLink(const Type &type) {
  std::string name = code(type.mlir);
  std::string of;
  if (type.enumeration)
    of = type.enumeration->name;
  else if (type.structure)
    of = type.structure->name;
  else
    return name;
  bool isOwn =
      type.enumeration ? type.enumeration->isOwn : type.structure->isOwn;
  return (type.enumeration ? name + ", " : "") +
         (isOwn ? "[" + code(of) + "](#" + of + ")" : code(of));
}

static std::string paramKind(const Param &p) {
  std::string text = p.callback ? "[callback `" + p.callback->name +
                                      "`](#callback-" + p.callback->name + ")"
                     : p.passing == Passing::Options
                         ? "dictionary of [options](#options)"
                         : typeLink(*p.type);
  if (p.isOptional)
    text += ", optional";
  if (p.isKept)
    text += ", kept";
  return text;
}

static void emitParams(ArrayRef<Param> params, const Type *result,
                       StringRef resultName, StringRef resultDoc,
                       raw_ostream &os) {
  if (params.empty() && !result)
    return;
  os << "| | type | |\n|---|---|---|\n";
  for (const Param &p : params)
    if (p.passing != Passing::Out)
      os << "| " << code(p.name) << " | " << paramKind(p) << " | "
         << cell(p.doc) << " |\n";
  if (result)
    os << "| returns " << code(resultName) << " | " << typeLink(*result)
       << " | " << cell(resultDoc) << " |\n";
  for (const Param &p : params)
    if (p.passing == Passing::Out)
      os << "| returns " << code(p.name) << " | " << typeLink(*p.type) << " | "
         << cell(p.doc) << " |\n";
  os << "\n";
}

static void emitEffects(const Row &row, raw_ostream &os) {
  os << "Effects: ";
  if (row.effects.empty())
    os << (row.takesCallback()
               ? "those of the program's functions"
               : "none; equal calls may be merged and unused ones dropped");
  ListSeparator comma;
  for (const Effect &effect : row.effects)
    os << comma
       << (effect.reads && effect.writes ? "reads and writes "
           : effect.reads                ? "reads "
                                         : "writes ")
       << code(effect.resource);
  if (row.takesCallback() && !row.effects.empty())
    os << "; calls the program back";
  if (row.blocks)
    os << "; may block";
  if (!comesBack(row))
    os << "; does not come back";
  if (row.freshResult)
    os << "; the result is new memory";
  os << ". Since " << row.since << ".\n\n";
}

static void emitRow(const Row &row, raw_ostream &os) {
  os << "<a id=\"" << row.opName << "\"></a>\n\n### " << code(row.sourceName)
     << "\n\n"
     << row.summary << ".\n\n";
  emitText(row.description, os);
  os << "```mlir\n"
     << signature(row, /*hasNames=*/true) << "\n"
     << signature(row, /*hasNames=*/false) << "\n```\n\n```c\n"
     << prototype(row) << "\n```\n\n";
  emitParams(row.params, row.result, row.resultName, row.resultDoc, os);
  emitEffects(row, os);
}

static void emitCallback(const Callback &cb, raw_ostream &os) {
  os << "### Callback " << code(cb.name) << "\n\n" << cb.summary << ".\n\n";
  emitText(cb.description, os);
  os << "```mlir\n"
     << functionType(cb, /*hasEnvironment=*/false) << "\n```\n\n```c\ntypedef "
     << cResult(cb.result) << "(*" << cb.cName << ")(" << cParams(cb)
     << ");\n```\n\n";
  emitParams(cb.params, cb.result, cb.resultName, "", os);
}

static void emitTypes(const Family &family, raw_ostream &os) {
  std::string rows;
  for (const auto &[name, type] : family.types)
    if (type->isOwn && !type->summary.empty() && !type->enumeration &&
        !type->structure)
      rows += "| " + code(type->mlir) + " | " + code(type->c) + " | " +
              cell(type->summary) + " |\n";
  if (!rows.empty())
    os << "## Types\n\n| in MLIR | in C | |\n|---|---|---|\n" << rows << "\n";
}

/// A record without a summary has its constraint's, which says nothing new.
static std::string ownSummary(StringRef summary, StringRef inherited) {
  return summary == inherited ? "" : (summary + ".\n\n").str();
}

static void emitEnum(const Enum &e, raw_ostream &os) {
  os << "<a id=\"" << e.name << "\"></a>\n\n### "
     << (e.isFlags ? "Flags " : "Enum ") << code(e.name) << "\n\n"
     << ownSummary(e.summary, e.type->summary) << "An " << code(e.type->mlir)
     << ", in C " << code(e.cName) << ".\n\n```mlir\n"
     << "intr.enum \"" << e.name << "\" \""
     << (e.cases.empty() ? "" : e.cases.front().name)
     << (e.isFlags && e.cases.size() > 1 ? "|" + e.cases[1].name : "")
     << "\" : " << e.type->mlir
     << "\n```\n\n| name | value | in C | |\n|---|---|---|---|\n";
  for (const Case &c : e.cases)
    os << "| " << code(c.name) << " | " << c.value << " | " << code(c.cName)
       << " | " << cell(c.doc) << " |\n";
  os << "\n";
}

static void emitStruct(const Struct &s, raw_ostream &os) {
  os << "<a id=\"" << s.name << "\"></a>\n\n### Struct " << code(s.name)
     << "\n\n"
     << ownSummary(s.summary, "struct " + s.name)
     << code("!intr.struct<\"" + s.name + "\">") << ", in C " << code(s.cName)
     << ", " << s.size << " bytes.\n\n| field | type | in C | |\n"
     << "|---|---|---|---|\n";
  for (const Field &f : s.fields)
    os << "| " << code(f.name) << " | " << typeLink(*f.type) << " | "
       << code(f.type->c) << " | " << cell(f.doc) << " |\n";
  os << "\n";
}

static void emitStatuses(const Family &family, raw_ostream &os) {
  if (family.statuses.empty())
    return;
  os << "## Status codes\n\n| code | name | in C | meaning "
        "|\n|---|---|---|---|\n";
  for (const Status &s : family.statuses)
    os << "| " << s.code << " | " << code(s.name) << " | " << code(s.cName)
       << " | " << cell(s.message) << " |\n";
  os << "\n";
}

/// "from 1 to 256 threads", "a text", "one of `a`, `b`".
static std::string optionRange(const Option &o) {
  if (o.kind == Option::Text)
    return "a text";
  if (o.kind == Option::Choice)
    return "one of " + join(map_range(o.choices, code), ", ");
  return std::to_string(o.least) + " to " + std::to_string(o.most) +
         (o.unit.empty() ? "" : " " + o.unit);
}

static void emitOptions(const Family &family, raw_ostream &os) {
  if (family.options.empty())
    return;
  std::vector<std::string> takers;
  for (const Row &row : family.rows)
    for (const Param &p : row.params)
      if (p.passing == Passing::Options)
        takers.push_back(code(p.name) + " of " + code(row.sourceName));
  os << "## Options\n\n"
     << (takers.empty()
             ? "Set by environment variables.\n\n"
             : "Set by the program, in the dictionary " + join(takers, ", ") +
                   ",\nand by environment variables, which win.\n\n");
  const std::string *section = nullptr;
  for (const Option &o : family.options) {
    if (!section || *section != o.section) {
      if (section)
        os << "\n";
      section = &o.section;
      if (!section->empty())
        os << "### " << *section << "\n\n";
      os << "| option | variable | default | may be | |\n"
            "|---|---|---|---|---|\n";
    }
    os << "| " << code(o.name) << " | " << code(o.env) << " | "
       << (o.value().empty() ? "" : code(o.value())) << " | " << optionRange(o)
       << " | " << cell(o.doc) << " |\n";
  }
}

void plumb::tblgen::emitReference(const Family &family, raw_ostream &os) {
  os << "<!-- Generated by plumb-tblgen; change the record instead. -->\n# "
     << code(family.name) << ": " << family.summary << "\n\n";
  emitText(family.description, os);
  os << "Source module " << code(family.module) << ", C header "
     << code(family.header) << ".\n\n";
  if (!family.rows.empty())
    os << "| intrinsic | |\n|---|---|\n";
  for (const Row &row : family.rows)
    os << "| [" << code(row.sourceName) << "](#" << row.opName << ") | "
       << cell(row.summary) << " |\n";
  os << (family.rows.empty() ? "" : "\n");
  emitTypes(family, os);
  if (!family.rows.empty())
    os << "## Intrinsics\n\n"
          "Each with its operation, the declaration by which a front end may "
          "call it, and\nits C function.\n\n";
  for (const Row &row : family.rows)
    emitRow(row, os);
  if (!family.callbacks.empty())
    os << "## Callbacks\n\n";
  for (const Callback &cb : family.callbacks)
    emitCallback(cb, os);
  if (any_of(family.enums, [](const Enum &e) { return e.isOwn; }))
    os << "## Enums\n\n";
  for (const Enum &e : family.enums)
    if (e.isOwn)
      emitEnum(e, os);
  if (any_of(family.structs, [](const Struct &s) { return s.isOwn; }))
    os << "## Structs\n\n";
  for (const Struct &s : family.structs)
    if (s.isOwn)
      emitStruct(s, os);
  emitStatuses(family, os);
  emitOptions(family, os);
}
