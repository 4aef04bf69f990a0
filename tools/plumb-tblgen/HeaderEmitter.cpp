//===- HeaderEmitter.cpp - The C header of a family -----------------------===//

#include "Emitters.h"
#include "plumb/Model/Layout.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <map>
#include <set>

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

static void emitDoc(StringRef text, StringRef indent, raw_ostream &os) {
  SmallVector<StringRef> lines;
  text.trim().split(lines, '\n');
  for (StringRef line : lines)
    os << indent << (line.trim().empty() ? "///" : "/// ") << line.trim()
       << "\n";
}

static void emitParamDocs(ArrayRef<plumb_intr_param> params, raw_ostream &os) {
  for (const plumb_intr_param &p : params)
    if (*p.doc)
      os << "/// \\param " << p.name << " " << p.doc
         << (p.passing == PLUMB_INTR_PASS_OPTIONS
                 ? " (NAME=VALUE and a zero byte for each option given)"
             : p.is_optional ? " (may be null)"
             : p.is_consumed ? " (the caller's reference is taken over)"
                             : "")
         << "\n";
}

static void emitStatuses(const Family &family, raw_ostream &os) {
  for (const plumb_intr_status &status : statuses(family.get()))
    os << "/// " << status.message << "\n#define " << status.c_name
       << " (INT64_C(" << status.code << "))\n";
  if (!family.get().num_statuses)
    return;
  os << "\n/// X(code, name, message) for each status code of this family.\n"
     << "#define " << family.macroPrefix << "STATUSES(X)";
  for (const plumb_intr_status &status : statuses(family.get()))
    os << " \\\n  X(" << status.c_name << ", " << cString(status.name) << ", "
       << cString(status.message) << ")";
  os << "\n\n";
}

static void emitChoices(const Family &family, const plumb_intr_option &o,
                        raw_ostream &os) {
  emitDoc(o.doc, "", os);
  os << "typedef enum " << choiceEnum(family, o) << " {\n";
  for (StringRef choice : choices(o))
    os << "  " << choiceName(o, choice) << ",\n";
  os << "} " << choiceEnum(family, o) << ";\n\n";
}

static void emitOptions(const Family &family, raw_ostream &os) {
  if (!family.get().num_options)
    return;
  for (const plumb_intr_option &o : options(family.get()))
    if (o.kind == PLUMB_INTR_OPTION_CHOICE)
      emitChoices(family, o, os);
  os << "/// The options of this family's runtime:\n"
        "/// INTEGER(name, environment variable, default, min, max, unit)\n"
        "/// TEXT(name, environment variable, default)\n"
        "/// CHOICE(name, environment variable, default, its enum, its words "
        "between |)\n#define "
     << family.macroPrefix << "OPTIONS(INTEGER, TEXT, CHOICE)";
  for (const plumb_intr_option &o : options(family.get())) {
    os << " \\\n  " << infoOf(o.kind).macro << "(" << o.name << ", "
       << cString(o.environment) << ", ";
    if (o.kind == PLUMB_INTR_OPTION_INTEGER)
      os << cInteger(o.integer) << ", " << cInteger(o.min) << ", "
         << cInteger(o.max) << ", " << cString(o.unit) << ")";
    else if (o.kind == PLUMB_INTR_OPTION_TEXT)
      os << cString(o.text) << ")";
    else
      os << choiceName(o, o.text) << ", " << choiceEnum(family, o) << ", "
         << cString(join(choices(o), "|")) << ")";
  }
  os << "\n\n";
}

static void emitEnum(const plumb_intr_enum &e, raw_ostream &os) {
  emitDoc(std::string(e.name) + (e.is_flags ? ": flags, or-ed." : "."), "", os);
  os << "typedef " << e.type->c << " " << e.c_name << ";\n";
  for (const plumb_intr_case &c : cases(e)) {
    emitDoc(*c.doc ? std::string(c.doc)
                   : std::string(e.name) + " '" + c.name + "'",
            "", os);
    os << "#define " << c.c_name << " ((" << e.c_name << ")"
       << cInteger(c.value) << ")\n";
  }
  os << "\n";
}

/// "struct tm" of a tag, and of a typedef's name that has one of its own.
static std::string tagOf(const plumb_intr_struct &s) {
  StringRef name = s.c_name;
  bool isTag = name.starts_with("struct ") || name.starts_with("union ");
  return isTag ? name.str() : (s.is_union ? "union " : "struct ") + name.str();
}

/// Callbacks and structs may point to any of them.
static void emitNames(const Family &family, raw_ostream &os) {
  for (const plumb_intr_struct *s : structs(family.get()))
    if (std::string tag = tagOf(*s); tag == s->c_name)
      os << tag << ";\n";
    else
      os << "typedef " << tag << " " << s->c_name << ";\n";
  if (family.get().num_structs)
    os << "\n";
}

static void emitStruct(const plumb_intr_struct &s, raw_ostream &os) {
  emitDoc(std::string(s.name) + ".", "", os);
  os << tagOf(s) << " {\n";
  for (const plumb_intr_field &f : fields(s)) {
    if (*f.doc)
      emitDoc(f.doc, "  ", os);
    os << "  " << declare(f) << ";\n";
  }
  os << "};\n\n";
}

static void emitConstants(const Family &family, raw_ostream &os) {
  for (const plumb_intr_constant &c : constants(family.get())) {
    if (*c.doc)
      emitDoc(c.doc, "", os);
    os << "#define " << c.c_name << " ";
    Kind kind = kindOf(*c.type);
    if (c.text)
      os << cString(c.text);
    else if (kind == Kind::Float32 || kind == Kind::Float64)
      os << "((" << c.type->c << ")" << format("%a", c.number) << ")";
    else
      os << "((" << c.type->c << ")"
         << (kind == Kind::Pointer ? "(intptr_t)" : "") << cInteger(c.integer)
         << ")";
    os << "\n";
  }
  if (family.get().num_constants)
    os << "\n";
}

/// " __attribute__((nonnull(1, 3)))" for handles that are never null.
static std::string nonNull(const plumb_intr_row &row) {
  std::string list;
  unsigned index = 0;
  for (const plumb_intr_param &p : params(row)) {
    if (p.passing == PLUMB_INTR_PASS_DIRECT &&
        infoOf(*p.type)->may(MayBeNull) &&
        p.type->arg_attrs & PLUMB_INTR_ATTR_NONNULL)
      list += (list.empty() ? "" : ", ") + std::to_string(index + 1);
    index += infoOf(p.passing).parts.size();
  }
  std::string text;
  if (!list.empty())
    text = " __attribute__((nonnull(" + list + ")))";
  if (row.result && infoOf(*row.result)->may(MayBeNull) &&
      row.result->result_attrs & PLUMB_INTR_ATTR_NONNULL)
    text += " __attribute__((returns_nonnull))";
  return text;
}

static void emitHandles(const Family &family, raw_ostream &os) {
  for (const plumb_intr_type *type : types(family.get())) {
    // One that is no identifier is a type that the preamble brings.
    if (kindOf(type) != Kind::Handle || !all_of(StringRef(type->c), [](char c) {
          return isAlnum(c) || c == '_';
        }))
      continue;
    emitDoc(std::string(family.summaryOf(*type)) +
                ". An opaque token, never a pointer to memory.",
            "", os);
    os << "typedef struct " << type->c << "_s *" << type->c << ";\n\n";
  }
}

static void emitCallback(const plumb_intr_callback &cb, StringRef description,
                         raw_ostream &os) {
  emitDoc(std::string(cb.summary) + ".", "", os);
  if (!description.empty())
    emitDoc(description, "", os);
  emitParamDocs(params(cb), os);
  if (hasEnvironment(cb))
    os << "/// \\param env the environment given beside the function\n";
  os << "typedef " << cResult(cb.result) << "(*" << cb.c_name << ")("
     << cParams(cb) << ");\n\n";
}

static void emitRow(const plumb_intr_row &row, raw_ostream &os) {
  emitDoc(std::string(row.summary) + ".", "", os);
  if (*row.description)
    emitDoc(row.description, "", os);
  emitParamDocs(params(row), os);
  for (StringRef variable : variables(row))
    os << "/// \\param " << kindParameter(variable) << " plumb_value_kind of "
       << variable << "\n";
  if (row.result)
    os << "/// \\returns " << row.result_name << (*row.result_doc ? ": " : "")
       << row.result_doc << " (" << row.result->kind << ")\n";
  os << (comesBack(row) ? "" : "PLUMB_NORETURN ") << "PLUMB_API "
     << cResult(row.result) << cConvention(row) << row.symbol << "("
     << cParams(row) << ") PLUMB_NOEXCEPT" << nonNull(row) << ";\n\n";
}

/// "tm" of "const struct tm *"; the keyword is "struct " or "union ".
static StringRef tagOf(StringRef c, StringRef keyword) {
  size_t at = c.find(keyword);
  if (at == StringRef::npos)
    return "";
  return c.drop_front(at + keyword.size()).take_while([](char letter) {
    return isAlnum(letter) || letter == '_';
  });
}

/// The runtime's own structs, of which only the names are here: C would take
/// one that a prototype is the first to name for the prototype's own.
static void emitTags(const Family &family, raw_ostream &os) {
  std::set<std::string> lines;
  for (const NamedType &named : family.types)
    for (StringRef keyword : {"struct ", "union "})
      if (StringRef tag = tagOf(named.type->c, keyword); !tag.empty())
        lines.insert((keyword + tag + ";\n").str());
  for (const std::string &line : lines)
    os << line;
  if (!lines.empty())
    os << "\n";
}

namespace {
/// Writes each callback after those that it is given.
class CallbackWriter {
public:
  CallbackWriter(const Family &family, raw_ostream &os) : os(os) {
    for (auto [cb, doc] :
         zip_equal(callbacks(family.get()), family.callbackDocs))
      waiting.insert({cb->c_name, {cb, doc.description}});
  }
  void write(const plumb_intr_callback &callback) {
    auto at = waiting.find(callback.c_name);
    if (at == waiting.end())
      return;
    auto [cb, description] = at->second;
    waiting.erase(at);
    for (const plumb_intr_param &p : params(*cb))
      writeNamed(p.type);
    writeNamed(cb->result);
    emitCallback(*cb, description, os);
  }

private:
  void writeNamed(const plumb_intr_type *type) {
    auto at = type ? waiting.find(type->c) : waiting.end();
    if (at != waiting.end())
      write(*at->second.first);
  }

  std::map<std::string, std::pair<const plumb_intr_callback *, const char *>>
      waiting;
  raw_ostream &os;
};
} // namespace

void plumb::tblgen::emitCHeader(const Family &family, raw_ostream &os) {
  std::string guard =
      "PLUMB_GENERATED_" + StringRef(family.get().name).upper() + "_H";
  emitBanner(family, "//", "the C interface of its runtime", os);
  os << "#ifndef " << guard << "\n#define " << guard << "\n\n";
  if (family.preamble.empty())
    os << "#include \"plumb/intr.h\"\n\n";
  else
    os << StringRef(family.preamble).trim() << "\n\n";
  if (any_of(family.types,
             [](const NamedType &named) { return isErased(named.type); }))
    os << "#include \"plumb/object.h\"\n\n";
  emitStatuses(family, os);
  emitOptions(family, os);

  emitHandles(family, os);
  for (const plumb_intr_enum *e : enums(family.get()))
    emitEnum(*e, os);
  emitConstants(family, os);
  emitNames(family, os);
  emitTags(family, os);
  CallbackWriter writer(family, os);
  for (const plumb_intr_callback *callback : callbacks(family.get()))
    writer.write(*callback);
  for (const plumb_intr_struct *s : structs(family.get()))
    emitStruct(*s, os);
  // Whoever includes it may have packed structs, or compile for 32 bits.
  emitLayouts(family, "PLUMB_STATIC_ASSERT", os);
  os << "\n";

  os << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  for (const plumb_intr_row &row : rows(family.get()))
    emitRow(row, os);
  os << "#ifdef __cplusplus\n}\n#endif\n\n#endif // " << guard << "\n";
}
