//===- ReferenceEmitter.cpp - The reference page, Markdown ----------------===//

#include "Emitters.h"
#include "plumb/Model/Layout.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

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
static std::string signature(const plumb_intr_row &row, bool hasNames) {
  std::vector<std::string> params;
  for (const plumb_intr_param &p : plumb::model::params(row)) {
    if (p.passing == PLUMB_INTR_PASS_OUT)
      continue;
    std::string name = p.name + std::string(p.is_optional ? "?: " : ": ");
    if (p.passing == PLUMB_INTR_PASS_OPTIONS) {
      // No argument of a call by name.
      if (hasNames)
        params.push_back(name + "{...}");
      continue;
    }
    params.push_back(
        (hasNames ? name : "") +
        (p.callback ? describeType(row, p) : std::string(p.type->mlir)));
  }
  if (isVariadic(row) && hasNames)
    params.push_back("...");
  std::string results = join(map_range(resultTypes(row),
                                       [](const plumb_intr_type *type) {
                                         return StringRef(type->mlir);
                                       }),
                             ", ");
  if (resultTypes(row).size() > 1)
    results = "(" + results + ")";
  if (results.empty() && !hasNames)
    results = "()";
  return wrapped(hasNames ? std::string(row.name) + "("
                          : std::string("func.func private @\"") +
                                row.source_name + "\"(",
                 params, results.empty() ? ")" : ") -> " + results);
}

static std::string prototype(const plumb_intr_row &row) {
  SmallVector<StringRef> params;
  std::string list = cParams(row);
  StringRef(list).split(params, ", ");
  std::vector<std::string> texts(params.begin(), params.end());
  return wrapped(cResult(row.result) + cConvention(row) + row.symbol + "(",
                 texts, ");");
}

static std::string code(StringRef text) { return ("`" + text + "`").str(); }

/// A link to what the family says of the type, if it says anything.
static std::string typeLink(const plumb_intr_family &family,
                            const plumb_intr_type &type) {
  std::string name = code(isErased(&type) ? schemeOf(type) : type.mlir);
  std::string of;
  if (type.enumeration)
    of = type.enumeration->name;
  else if (type.structure)
    of = type.structure->name;
  else
    return name;
  return (type.enumeration ? name + ", " : "") +
         (isOf(family, of) ? "[" + code(of) + "](#" + of + ")" : code(of));
}

static std::string paramKind(const plumb_intr_family &family,
                             const plumb_intr_param &p) {
  std::string text;
  if (p.callback)
    text = std::string("[callback `") + p.callback->name + "`](#callback-" +
           p.callback->name + ")";
  else if (p.passing == PLUMB_INTR_PASS_OPTIONS)
    text = "dictionary of [options](#options)";
  else
    text = typeLink(family, *p.type);
  if (p.is_optional)
    text += ", optional";
  if (p.is_kept)
    text += ", kept";
  if (p.is_consumed)
    text += ", consumed";
  return text;
}

static void emitParams(const plumb_intr_family &family,
                       ArrayRef<plumb_intr_param> params,
                       const plumb_intr_type *result, StringRef resultName,
                       StringRef resultDoc, raw_ostream &os) {
  if (params.empty() && !result)
    return;
  os << "| | type | |\n|---|---|---|\n";
  for (const plumb_intr_param &p : params)
    if (p.passing != PLUMB_INTR_PASS_OUT)
      os << "| " << code(p.name) << " | " << paramKind(family, p) << " | "
         << cell(p.doc) << " |\n";
  if (result)
    os << "| returns " << code(resultName) << " | " << typeLink(family, *result)
       << " | " << cell(resultDoc) << " |\n";
  for (const plumb_intr_param &p : params)
    if (isLeftBehind(p))
      os << "| returns " << code(p.name) << " | " << typeLink(family, *p.type)
         << " | " << cell(p.doc) << " |\n";
  os << "\n";
}

static void emitEffects(const plumb_intr_row &row, raw_ostream &os) {
  os << "Effects: ";
  if (effects(row).empty())
    os << (takesCallback(row)
               ? "those of the program's functions"
               : "none; equal calls may be merged and unused ones dropped");
  ListSeparator comma;
  for (const plumb_intr_effect &effect : effects(row))
    os << comma
       << (effect.reads && effect.writes ? "reads and writes "
           : effect.reads                ? "reads "
                                         : "writes ")
       << code(effect.resource);
  if (takesCallback(row) && !effects(row).empty())
    os << "; calls the program back";
  if (blocks(row))
    os << "; may block";
  if (!comesBack(row))
    os << "; does not come back";
  if (hasFreshResult(row))
    os << "; the result is new memory";
  os << ". Since " << row.since << ".\n\n";
}

/// What languages make of it: `List.map : (List<A>, Fun(A) -> B) -> List<B>`.
static void emitScheme(const plumb_intr_row &row, raw_ostream &os) {
  auto list = [](ArrayRef<const char *> words) {
    return join(map_range(words, code), ", ");
  };
  if (hasErased(row))
    os << code(std::string(row.source_name) + " : " + schemeOf(row)) << "\n\n";
  if (row.num_aliases)
    os << "Also called " << list(aliases(row)) << ".\n\n";
  if (row.num_operators)
    os << "Languages write it as " << list(operators(row)) << ".\n\n";
}

static void emitRow(const plumb_intr_row &row, raw_ostream &os) {
  os << "<a id=\"" << row.name << "\"></a>\n\n### " << code(row.source_name)
     << "\n\n"
     << row.summary << ".\n\n";
  emitText(row.description, os);
  emitScheme(row, os);
  os << "```mlir\n" << signature(row, /*hasNames=*/true) << "\n";
  // A generic one is declared with the types of each program.
  if (!row.num_variables)
    os << signature(row, /*hasNames=*/false) << "\n";
  os << "```\n\n```c\n" << prototype(row) << "\n```\n\n";
  emitParams(*row.family, params(row), row.result, row.result_name,
             row.result_doc, os);
  emitEffects(row, os);
}

static void emitCallback(const plumb_intr_family &family,
                         const plumb_intr_callback &cb, const CallbackDoc &doc,
                         raw_ostream &os) {
  os << "### Callback " << code(cb.name) << "\n\n" << cb.summary << ".\n\n";
  emitText(doc.description, os);
  os << "```mlir\n"
     << describeType(cb) << "\n```\n\n```c\ntypedef " << cResult(cb.result)
     << "(*" << cb.c_name << ")(" << cParams(cb) << ");\n```\n\n";
  emitParams(family, params(cb), cb.result, doc.resultName, "", os);
}

static void emitTypes(const Family &family, raw_ostream &os) {
  std::string rows;
  for (const NamedType &named : family.types) {
    const plumb_intr_type &type = *named.type;
    if (named.isOwn && *named.summary && !type.enumeration && !type.structure)
      rows += "| " + code(type.mlir) + " | " + code(type.c) + " | " +
              cell(named.summary) + " |\n";
  }
  if (!rows.empty())
    os << "## Types\n\n| in MLIR | in C | |\n|---|---|---|\n" << rows << "\n";
}

/// A record without a summary has its constraint's, which says nothing new.
static std::string ownSummary(StringRef summary, StringRef inherited) {
  return summary == inherited ? "" : (summary + ".\n\n").str();
}

static void emitEnum(const Family &family, const plumb_intr_enum &e,
                     raw_ostream &os) {
  os << "<a id=\"" << e.name << "\"></a>\n\n### "
     << (e.is_flags ? "Flags " : "Enum ") << code(e.name) << "\n\n"
     << ownSummary(e.summary, family.summaryOf(*e.type)) << "An "
     << code(e.type->mlir) << ", in C " << code(e.c_name) << ".\n\n```mlir\n"
     << "intr.enum \"" << e.name << "\" \"" << cases(e).front().name
     << (e.is_flags && e.num_cases > 1 ? std::string("|") + cases(e)[1].name
                                       : "")
     << "\" : " << e.type->mlir
     << "\n```\n\n| name | value | in C | |\n|---|---|---|---|\n";
  for (const plumb_intr_case &c : cases(e))
    os << "| " << code(c.name) << " | " << c.value << " | " << code(c.c_name)
       << " | " << cell(c.doc) << " |\n";
  os << "\n";
}

static void emitStruct(const Family &family, const plumb_intr_struct &s,
                       raw_ostream &os) {
  os << "<a id=\"" << s.name << "\"></a>\n\n### "
     << (s.is_union ? "Union " : "Struct ") << code(s.name) << "\n\n"
     << ownSummary(s.summary, std::string("struct ") + s.name)
     << code(std::string("!intr.struct<\"") + s.name + "\">") << ", in C "
     << code(s.c_name) << ", " << s.size
     << " bytes.\n\n| field | type | in C | |\n"
     << "|---|---|---|---|\n";
  for (const plumb_intr_field &f : fields(s)) {
    std::string more = StringRef(describeType(f))
                           .drop_front(StringRef(f.type->mlir).size())
                           .str();
    os << "| " << code(f.name) << " | " << typeLink(family.get(), *f.type)
       << more << " | " << code(declare(f)) << " | " << cell(f.doc) << " |\n";
  }
  os << "\n";
}

static void emitConstants(const Family &family, raw_ostream &os) {
  if (!family.get().num_constants)
    return;
  os << "## Constants\n\n| name | type | value | in C | |\n"
        "|---|---|---|---|---|\n";
  for (const plumb_intr_constant &c : constants(family.get()))
    os << "| " << code(c.name) << " | " << typeLink(family.get(), *c.type)
       << " | " << cell(code(spellValue(c))) << " | " << code(c.c_name) << " | "
       << cell(c.doc) << " |\n";
  os << "\n";
}

static void emitStatuses(const Family &family, raw_ostream &os) {
  if (statuses(family.get()).empty())
    return;
  os << "## Status codes\n\n| code | name | in C | meaning "
        "|\n|---|---|---|---|\n";
  for (const plumb_intr_status &s : statuses(family.get()))
    os << "| " << s.code << " | " << code(s.name) << " | " << code(s.c_name)
       << " | " << cell(s.message) << " |\n";
  os << "\n";
}

/// "from 1 to 256 threads", "a text", "one of `a`, `b`".
static std::string optionRange(const plumb_intr_option &o) {
  if (o.kind == PLUMB_INTR_OPTION_TEXT)
    return "a text";
  if (o.kind == PLUMB_INTR_OPTION_CHOICE)
    return "one of " + join(map_range(choices(o), code), ", ");
  return std::to_string(o.min) + " to " + std::to_string(o.max) +
         (*o.unit ? std::string(" ") + o.unit : "");
}

static void emitOptions(const Family &family, raw_ostream &os) {
  if (options(family.get()).empty())
    return;
  std::vector<std::string> takers;
  for (const plumb_intr_row &row : rows(family.get()))
    for (const plumb_intr_param &p : params(row))
      if (p.passing == PLUMB_INTR_PASS_OPTIONS)
        takers.push_back(code(p.name) + " of " + code(row.source_name));
  os << "## Options\n\n"
     << (takers.empty()
             ? "Set by environment variables.\n\n"
             : "Set by the program, in the dictionary " + join(takers, ", ") +
                   ",\nand by environment variables, which win.\n\n");
  const char *section = nullptr;
  for (const plumb_intr_option &o : options(family.get())) {
    if (!section || StringRef(section) != o.section) {
      if (section)
        os << "\n";
      section = o.section;
      if (*section)
        os << "### " << section << "\n\n";
      os << "| option | variable | default | may be | |\n"
            "|---|---|---|---|---|\n";
    }
    std::string value = o.kind == PLUMB_INTR_OPTION_INTEGER
                            ? std::to_string(o.integer)
                            : std::string(o.text);
    os << "| " << code(o.name) << " | " << code(o.environment) << " | "
       << (value.empty() ? "" : code(value)) << " | " << optionRange(o) << " | "
       << cell(o.doc) << " |\n";
  }
}

void plumb::tblgen::emitReference(const Family &family, raw_ostream &os) {
  os << "<!-- Generated by plumb-tblgen; change the record instead. -->\n# "
     << code(family.get().name) << ": " << family.get().summary << "\n\n";
  emitText(family.get().description, os);
  os << "Source module " << code(family.get().module) << ", C header "
     << code(family.get().header) << ".\n\n";
  if (!rows(family.get()).empty())
    os << "| intrinsic | |\n|---|---|\n";
  for (const plumb_intr_row &row : rows(family.get()))
    os << "| [" << code(row.source_name) << "](#" << row.name << ") | "
       << cell(row.summary) << " |\n";
  os << (rows(family.get()).empty() ? "" : "\n");
  emitTypes(family, os);
  if (!rows(family.get()).empty())
    os << "## Intrinsics\n\n"
          "Each with its operation, the declaration by which a front end may "
          "call it, and\nits C function.\n\n";
  for (const plumb_intr_row &row : rows(family.get()))
    emitRow(row, os);
  if (!callbacks(family.get()).empty())
    os << "## Callbacks\n\n";
  for (auto [cb, doc] : zip_equal(callbacks(family.get()), family.callbackDocs))
    emitCallback(family.get(), *cb, doc, os);
  if (family.get().num_enums)
    os << "## Enums\n\n";
  for (const plumb_intr_enum *e : enums(family.get()))
    emitEnum(family, *e, os);
  if (family.get().num_structs)
    os << "## Structs\n\n";
  for (const plumb_intr_struct *s : structs(family.get()))
    emitStruct(family, *s, os);
  emitConstants(family, os);
  emitStatuses(family, os);
  emitOptions(family, os);
}
