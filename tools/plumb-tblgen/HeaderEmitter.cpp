//===- HeaderEmitter.cpp - The C header of a family -----------------------===//

#include "Emitters.h"
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
         << (p.isOptional ? " (may be null)" : "") << "\n";
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

static void emitOptions(const Family &family, raw_ostream &os) {
  if (family.options.empty())
    return;
  os << "/// X(name, environment variable, type, default, documentation) for "
        "each option; type\n/// is I64 or STR.\n#define "
     << family.macroPrefix << "OPTIONS(X)";
  for (const Option &o : family.options)
    os << " \\\n  X(" << o.name << ", " << quoted(o.env) << ", "
       << StringRef(o.type).upper() << ", " << o.value << ", " << quoted(o.doc)
       << ")";
  os << "\n\n";
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
    if (!type->isOwn || type->kind != "handle")
      continue;
    emitDoc(type->summary + ". An opaque token, never a pointer to memory.", "",
            os);
    os << "typedef struct " << type->c << "_s *" << type->c << ";\n\n";
  }
  for (const Callback &cb : family.callbacks) {
    emitDoc(cb.summary + ".", "", os);
    if (!cb.description.empty())
      emitDoc(cb.description, "", os);
    emitParamDocs(cb.params, os);
    os << "/// \\param env the environment given beside the function\n"
       << "typedef " << cResult(cb.result) << "(*" << cb.cName << ")("
       << (cb.params.empty() ? "" : cParams(cb.params) + ", ")
       << "void *env);\n\n";
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
    os << "PLUMB_API " << cResult(row.result) << row.symbol << "("
       << cParams(row.params) << ") PLUMB_NOEXCEPT;\n\n";
  }
  os << "#ifdef __cplusplus\n}\n#endif\n\n#endif // " << guard << "\n";
}
