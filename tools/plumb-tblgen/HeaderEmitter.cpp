//===- HeaderEmitter.cpp - The C header of a family -----------------------===//

#include "ComesBack.h"
#include "Emitters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static void emitDoc(StringRef text, StringRef indent, raw_ostream &os) {
  SmallVector<StringRef> lines;
  text.trim().split(lines, '\n');
  for (StringRef line : lines)
    os << indent << (line.trim().empty() ? "///" : "/// ") << line.trim()
       << "\n";
}

static void emitParamDocs(ArrayRef<Param> params, raw_ostream &os) {
  for (const Param &p : params)
    if (!p.doc.empty())
      os << "/// \\param " << p.name << " " << p.doc
         << (p.passing == Passing::Options
                 ? " (NAME=VALUE and a zero byte for each option given)"
             : p.isOptional ? " (may be null)"
                            : "")
         << "\n";
}

static void emitStatuses(const Family &family, raw_ostream &os) {
  for (const Status &status : family.statuses)
    os << "/// " << status.message << "\n#define " << status.cName
       << " (INT64_C(" << status.code << "))\n";
  if (family.statuses.empty())
    return;
  os << "\n/// X(code, name, message) for each status code of this family.\n"
     << "#define " << family.macroPrefix << "STATUSES(X)";
  for (const Status &status : family.statuses)
    os << " \\\n  X(" << status.cName << ", " << quoted(status.name) << ", "
       << quoted(status.message) << ")";
  os << "\n\n";
}

static void emitChoices(const Option &o, raw_ostream &os) {
  emitDoc(o.doc, "", os);
  os << "typedef enum " << o.cName << " {\n";
  for (const std::string &choice : o.choices)
    os << "  " << o.choiceName(choice) << ",\n";
  os << "} " << o.cName << ";\n\n";
}

static void emitOptions(const Family &family, raw_ostream &os) {
  if (family.options.empty())
    return;
  for (const Option &o : family.options)
    if (o.kind == Option::Choice)
      emitChoices(o, os);
  os << "/// The options of this family's runtime:\n"
        "/// INTEGER(name, environment variable, default, least, most, unit)\n"
        "/// TEXT(name, environment variable, default)\n"
        "/// CHOICE(name, environment variable, default, its enum, its words "
        "between |)\n#define "
     << family.macroPrefix << "OPTIONS(INTEGER, TEXT, CHOICE)";
  for (const Option &o : family.options) {
    static constexpr StringLiteral macros[] = {"INTEGER", "TEXT", "CHOICE"};
    os << " \\\n  " << macros[o.kind] << "(" << o.name << ", " << quoted(o.env)
       << ", ";
    if (o.kind == Option::Integer)
      os << cInteger(o.integer) << ", " << cInteger(o.least) << ", "
         << cInteger(o.most) << ", " << quoted(o.unit) << ")";
    else if (o.kind == Option::Text)
      os << quoted(o.text) << ")";
    else
      os << o.choiceName(o.text) << ", " << o.cName << ", "
         << quoted(join(o.choices, "|")) << ")";
  }
  os << "\n\n";
}

static void emitEnum(const Enum &e, raw_ostream &os) {
  emitDoc(e.name + (e.isFlags ? ": flags, or-ed." : "."), "", os);
  os << "typedef " << e.type->c << " " << e.cName << ";\n";
  for (const Case &c : e.cases) {
    emitDoc(c.doc.empty() ? e.name + " '" + c.name + "'" : c.doc, "", os);
    os << "#define " << c.cName << " ((" << e.cName << ")" << cInteger(c.value)
       << ")\n";
  }
  os << "\n";
}

static void emitStruct(const Struct &s, raw_ostream &os) {
  emitDoc(s.name + ".", "", os);
  os << "typedef struct " << s.cName << " {\n";
  for (const Field &f : s.fields) {
    if (!f.doc.empty())
      emitDoc(f.doc, "  ", os);
    os << "  " << f.type->declare(f.name) << ";\n";
  }
  os << "} " << s.cName << ";\n\n";
}

/// " __attribute__((nonnull(1, 3)))" for handles that are never null.
static std::string nonNull(const Row &row) {
  std::string list;
  unsigned index = 0;
  for (const Param &p : row.params) {
    ++index;
    if (p.passing == Passing::Direct && p.type->kind == "handle" &&
        is_contained(p.type->argAttrs, "nonnull"))
      list += (list.empty() ? "" : ", ") + std::to_string(index);
    index += p.passing == Passing::Span || p.passing == Passing::Callback;
  }
  std::string text;
  if (!list.empty())
    text = " __attribute__((nonnull(" + list + ")))";
  if (row.result && row.result->kind == "handle" &&
      is_contained(row.result->resultAttrs, "nonnull"))
    text += " __attribute__((returns_nonnull))";
  return text;
}

void plumb::tblgen::emitCHeader(const Family &family, raw_ostream &os) {
  std::string guard =
      "PLUMB_GENERATED_" + StringRef(family.name).upper() + "_H";
  emitBanner(family, "//", "the C interface of its runtime", os);
  os << "#ifndef " << guard << "\n#define " << guard << "\n\n";
  if (family.preamble.empty())
    os << "#include \"plumb/intr.h\"\n\n";
  else
    os << StringRef(family.preamble).trim() << "\n\n";
  emitStatuses(family, os);
  emitOptions(family, os);

  for (const auto &[name, type] : family.types) {
    // One that is no identifier is a type that the preamble brings.
    if (!type->isOwn || !type->isHandle ||
        !all_of(type->c, [](char c) { return isAlnum(c) || c == '_'; }))
      continue;
    emitDoc(type->summary + ". An opaque token, never a pointer to memory.", "",
            os);
    os << "typedef struct " << type->c << "_s *" << type->c << ";\n\n";
  }
  for (const Enum &e : family.enums)
    if (e.isOwn)
      emitEnum(e, os);
  for (const Struct &s : family.structs)
    if (s.isOwn)
      emitStruct(s, os);
  for (const Callback &cb : family.callbacks) {
    emitDoc(cb.summary + ".", "", os);
    if (!cb.description.empty())
      emitDoc(cb.description, "", os);
    emitParamDocs(cb.params, os);
    if (cb.environment >= 0)
      os << "/// \\param env the environment given beside the function\n";
    os << "typedef " << cResult(cb.result) << "(*" << cb.cName << ")("
       << cParams(cb) << ");\n\n";
  }

  os << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  for (const Row &row : family.rows) {
    emitDoc(row.summary + ".", "", os);
    if (!row.description.empty())
      emitDoc(row.description, "", os);
    emitParamDocs(row.params, os);
    if (row.result)
      os << "/// \\returns " << row.resultName
         << (row.resultDoc.empty() ? "" : ": " + row.resultDoc) << " ("
         << row.result->kind << ")\n";
    os << (comesBack(row) ? "" : "PLUMB_NORETURN ") << "PLUMB_API "
       << cResult(row.result) << cConvention(row) << row.symbol << "("
       << cParams(row) << ") PLUMB_NOEXCEPT" << nonNull(row) << ";\n\n";
  }
  os << "#ifdef __cplusplus\n}\n#endif\n\n#endif // " << guard << "\n";
}
