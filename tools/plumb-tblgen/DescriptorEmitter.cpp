//===- DescriptorEmitter.cpp - The family descriptor ----------------------===//

#include "Emitters.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <algorithm>

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static std::string typeRef(const Type *type) {
  return type ? "&type_" + type->record : "nullptr";
}

/// "enum_clock_day" of "clock.day".
static std::string identifier(StringRef prefix, std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return (prefix + name).str();
}

static std::string attrMask(ArrayRef<std::string> attrs, bool noAlias = false) {
  std::string mask = noAlias ? "PLUMB_INTR_ATTR_NOALIAS" : "0";
  for (const std::string &attr : attrs)
    mask += " | PLUMB_INTR_ATTR_" + StringRef(attr).upper();
  return mask;
}

static void emitType(const Type &type, raw_ostream &os) {
  os << "const plumb_intr_type type_" << type.record << " = {"
     << quoted(type.kind) << ", " << quoted(type.mlir) << ", " << quoted(type.c)
     << ", PLUMB_INTR_LLVM_" << StringRef(type.llvm).upper() << ", "
     << attrMask(type.argAttrs) << ", " << attrMask(type.resultAttrs) << ", "
     << (type.enumeration ? "&" + identifier("enum_", type.enumeration->name)
                          : "nullptr")
     << ", "
     << (type.structure ? "&" + identifier("struct_", type.structure->name)
                        : "nullptr")
     << "};\n";
}

static void emitEnum(const Enum &e, raw_ostream &os) {
  std::string cases = identifier("cases_", e.name);
  os << "const plumb_intr_case " << cases << "[] = {\n";
  for (const Case &c : e.cases)
    os << "    {" << quoted(c.name) << ", " << quoted(c.cName)
       << ", static_cast<int64_t>(" << uint64_t(c.value) << "ull), "
       << quoted(c.doc) << "},\n";
  os << "};\nconst plumb_intr_enum " << identifier("enum_", e.name) << " = {"
     << quoted(e.name) << ", " << quoted(e.cName) << ", " << quoted(e.summary)
     << ", " << e.isFlags << ", " << typeRef(e.type) << ", " << cases << ", "
     << e.cases.size() << "};\n";
}

static void emitStruct(const Struct &s, raw_ostream &os) {
  std::string fields = identifier("fields_", s.name);
  os << "const plumb_intr_field " << fields << "[] = {\n";
  for (const Field &f : s.fields)
    os << "    {" << quoted(f.name) << ", " << quoted(f.doc) << ", "
       << typeRef(f.type) << ", " << f.offset << "},\n";
  os << "};\nconst plumb_intr_struct " << identifier("struct_", s.name)
     << " = {" << quoted(s.name) << ", " << quoted(s.cName) << ", "
     << quoted(s.summary) << ", " << fields << ", " << s.fields.size() << ", "
     << s.size << ", " << s.align << "};\n";
}

static StringRef spell(Passing passing) {
  static constexpr StringLiteral names[] = {
      "DIRECT", "SPAN", "POINTER", "OUT", "CALLBACK", "FUNCTION", "OPTIONS"};
  return names[size_t(passing)];
}

static void emitParams(StringRef owner, ArrayRef<Param> params,
                       raw_ostream &os) {
  if (params.empty())
    return;
  os << "const plumb_intr_param params_" << owner << "[] = {\n";
  for (const Param &p : params)
    os << "    {" << quoted(p.name) << ", " << quoted(p.doc) << ", "
       << typeRef(p.type) << ", "
       << (p.callback ? "&callback_" + p.callback->name : "nullptr") << ", "
       << "PLUMB_INTR_PASS_" << spell(p.passing) << ", " << p.isOptional << ", "
       << p.isKept << "},\n";
  os << "};\n";
}

static std::string listRef(StringRef prefix, StringRef owner, size_t size) {
  return (size ? (prefix + owner).str() : "nullptr") + ", " +
         std::to_string(size);
}

static StringRef conventionRef(const Row &row) {
  return StringSwitch<StringRef>(row.callingConvention)
      .Case("preserve_most", "PLUMB_INTR_CC_PRESERVE_MOST")
      .Case("preserve_all", "PLUMB_INTR_CC_PRESERVE_ALL")
      .Case("ms_abi", "PLUMB_INTR_CC_MS_ABI")
      .Case("sysv_abi", "PLUMB_INTR_CC_SYSV_ABI")
      .Case("swift", "PLUMB_INTR_CC_SWIFT")
      .Case("aarch64_vector_pcs", "PLUMB_INTR_CC_VECTOR")
      .Default("PLUMB_INTR_CC_C");
}

static void emitRow(const Family &family, const Row &row, raw_ostream &os) {
  std::string flags = "0";
  if (row.blocks)
    flags += " | PLUMB_INTR_ROW_BLOCKS";
  if (row.freshResult)
    flags += " | PLUMB_INTR_ROW_FRESH_RESULT";
  if (row.takesCallback())
    flags += " | PLUMB_INTR_ROW_CALLS_BACK";
  if (row.isVariadic)
    flags += " | PLUMB_INTR_ROW_VARIADIC";
  std::string signature = row.signature();
  os << "    {&plumb_family_" << family.name << ", " << quoted(row.opName)
     << ", " << quoted(row.sourceName) << ",\n     " << quoted(row.symbol)
     << ", " << quoted(row.summary) << ",\n     " << quoted(row.description)
     << ", " << quoted(row.since) << ", "
     << quoted(row.file + ":" + std::to_string(row.line)) << ",\n     "
     << listRef("params_", row.mnemonic, row.params.size()) << ", "
     << typeRef(row.result) << ", " << quoted(row.resultName) << ", "
     << quoted(row.resultDoc) << ", "
     << listRef("effects_", row.mnemonic, row.effects.size()) << ", " << flags
     << ", " << conventionRef(row) << ",\n     " << quoted(signature) << ", 0x"
     << utohexstr(plumb::intr::hashSignature(signature)) << "ull},\n";
}

static void emitOptions(ArrayRef<Option> options, raw_ostream &os) {
  for (const Option &o : options)
    if (!o.choices.empty())
      os << "const char *const choices_" << o.name << "[] = {"
         << join(map_range(o.choices, quoted), ", ") << "};\n";
  if (options.empty())
    return;
  static constexpr StringLiteral kinds[] = {"INTEGER", "TEXT", "CHOICE"};
  os << "const plumb_intr_option options[] = {\n";
  for (const Option &o : options)
    os << "    {" << quoted(o.name) << ", " << quoted(o.env) << ", "
       << quoted(o.section) << ", " << quoted(o.doc)
       << ",\n     PLUMB_INTR_OPTION_" << kinds[o.kind] << ", "
       << cInteger(o.integer) << ", " << cInteger(o.least) << ", "
       << cInteger(o.most) << ", " << quoted(o.unit) << ", " << quoted(o.text)
       << ", " << listRef("choices_", o.name, o.choices.size()) << "},\n";
  os << "};\n";
}

template <typename Range>
static void emitPointerList(StringRef type, StringRef name, const Range &items,
                            raw_ostream &os) {
  if (items.empty())
    return;
  os << "const " << type << " *const " << name << "[] = {";
  for (const std::string &item : items)
    os << "&" << item << ", ";
  os << "};\n";
}

void plumb::tblgen::emitDescriptor(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the family descriptor", os);
  os << "#include \"dialects/Intrinsic/Descriptor.h\"\n\n"
     << "extern \"C\" const plumb_intr_family plumb_family_" << family.name
     << ";\n\nnamespace {\n";
  std::vector<std::string> ownTypes, callbacks, enums, structs;
  for (const auto &[name, type] : family.types)
    os << "extern const plumb_intr_type type_" << name << ";\n";
  for (const Enum &e : family.enums) {
    emitEnum(e, os);
    if (e.isOwn)
      enums.push_back(identifier("enum_", e.name));
  }
  for (const Struct &s : family.structs) {
    emitStruct(s, os);
    if (s.isOwn)
      structs.push_back(identifier("struct_", s.name));
  }
  for (const auto &[name, type] : family.types) {
    emitType(*type, os);
    if (type->isOwn)
      ownTypes.push_back("type_" + name);
  }
  for (const Callback &cb : family.callbacks) {
    callbacks.push_back("callback_" + cb.name);
    emitParams("callback_" + cb.name, cb.params, os);
    os << "const plumb_intr_callback callback_" << cb.name << " = {"
       << quoted(cb.name) << ", " << quoted(cb.cName) << ", "
       << quoted(cb.summary) << ", "
       << listRef("params_callback_", cb.name, cb.params.size()) << ", "
       << typeRef(cb.result) << ", "
       << (cb.environment < 0 ? "PLUMB_INTR_NO_ENVIRONMENT"
                              : std::to_string(cb.environment))
       << "};\n";
  }
  emitPointerList("plumb_intr_enum", "enums", enums, os);
  emitPointerList("plumb_intr_struct", "structs", structs, os);
  emitPointerList("plumb_intr_type", "ownTypes", ownTypes, os);
  emitPointerList("plumb_intr_callback", "callbacks", callbacks, os);

  for (const Row &row : family.rows) {
    emitParams(row.mnemonic, row.params, os);
    if (row.effects.empty())
      continue;
    os << "const plumb_intr_effect effects_" << row.mnemonic << "[] = {";
    for (const Effect &effect : row.effects)
      os << "{" << quoted(effect.resource) << ", " << effect.reads << ", "
         << effect.writes << "}, ";
    os << "};\n";
  }
  if (!family.rows.empty()) {
    os << "const plumb_intr_row rows[] = {\n";
    for (const Row &row : family.rows)
      emitRow(family, row, os);
    os << "};\n";
  }
  if (!family.statuses.empty()) {
    os << "const plumb_intr_status statuses[] = {\n";
    for (const Status &status : family.statuses)
      os << "    {" << quoted(status.name) << ", " << quoted(status.cName)
         << ", " << status.code << ", " << quoted(status.message) << "},\n";
    os << "};\n";
  }
  emitOptions(family.options, os);
  os << "} // namespace\n\nconst plumb_intr_family plumb_family_" << family.name
     << " = {\n    PLUMB_INTR_DESCRIPTOR_VERSION, "
        "sizeof(plumb_intr_family), "
     << quoted(family.name) << ", " << quoted(family.module) << ",\n    "
     << quoted(family.header) << ", " << quoted(family.summary) << ",\n    "
     << quoted(family.description) << ",\n    "
     << listRef("rows", "", family.rows.size()) << ", "
     << listRef("callbacks", "", callbacks.size()) << ", "
     << listRef("ownTypes", "", ownTypes.size()) << ", "
     << listRef("statuses", "", family.statuses.size()) << ", "
     << listRef("enums", "", enums.size()) << ", "
     << listRef("structs", "", structs.size()) << ", "
     << listRef("options", "", family.options.size()) << "};\n";
}
