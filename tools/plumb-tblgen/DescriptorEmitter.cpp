//===- DescriptorEmitter.cpp - The family descriptor ----------------------===//

#include "Emitters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <algorithm>

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// "enum_clock_day" of "clock.day".
static std::string identifier(StringRef prefix, std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return (prefix + name).str();
}

static std::string attrMask(uint32_t bits) {
  std::string mask = "0";
  for (const AttributeInfo &info : allAttributes())
    if (bits & info.bit)
      mask += " | " + info.enumerator.str();
  return mask;
}

static std::string listRef(StringRef prefix, StringRef owner, size_t size) {
  return (size ? (prefix + owner).str() : "nullptr") + ", " +
         std::to_string(size);
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

/// Texts that a row has, each in a list of its own.
static void emitWords(StringRef name, ArrayRef<const char *> words,
                      raw_ostream &os) {
  if (!words.empty())
    os << "const char *const " << name << "[] = {"
       << join(map_range(words, cString), ", ") << "};\n";
}

namespace {
/// Writes a family's tables; types are named by their records.
class Descriptor {
public:
  Descriptor(const Family &family, raw_ostream &os) : family(family), os(os) {}
  void emit();

private:
  std::string typeRef(const plumb_intr_type *type) {
    return type ? std::string("&type_") + family.idOf(*type) : "nullptr";
  }
  void emit(const plumb_intr_enum &e);
  void emit(const plumb_intr_struct &s);
  void emit(const NamedType &named);
  void emit(const plumb_intr_callback &cb);
  void emit(const plumb_intr_row &row);
  void emitParams(StringRef owner, ArrayRef<plumb_intr_param> params);
  void emitOptions(ArrayRef<plumb_intr_option> options);
  void emitRows();
  void emitStatuses();
  void emitConstants();

  const Family &family;
  raw_ostream &os;
};
} // namespace

void Descriptor::emit(const NamedType &named) {
  const plumb_intr_type &type = *named.type;
  std::vector<std::string> args;
  for (const plumb_intr_type *argument : arguments(type))
    args.push_back(std::string("type_") + family.idOf(*argument));
  emitPointerList("plumb_intr_type", std::string("arguments_") + named.id, args,
                  os);
  os << "const plumb_intr_type type_" << named.id << " = {"
     << cString(type.kind) << ", " << cString(type.mlir) << ", "
     << cString(type.c) << ", " << infoOf(type.llvm).enumerator << ", "
     << attrMask(type.arg_attrs) << ", " << attrMask(type.result_attrs) << ", "
     << (type.enumeration ? "&" + identifier("enum_", type.enumeration->name)
                          : "nullptr")
     << ", "
     << (type.structure ? "&" + identifier("struct_", type.structure->name)
                        : "nullptr")
     << ", " << (type.name ? cString(type.name) : "nullptr") << ", "
     << listRef("arguments_", named.id, type.num_arguments) << ", "
     << (type.release ? cString(type.release) : "nullptr") << "};\n";
}

void Descriptor::emit(const plumb_intr_enum &e) {
  std::string cases = identifier("cases_", e.name);
  os << "const plumb_intr_case " << cases << "[] = {\n";
  for (const plumb_intr_case &c : plumb::model::cases(e))
    os << "    {" << cString(c.name) << ", " << cString(c.c_name)
       << ", static_cast<int64_t>(" << uint64_t(c.value) << "ull), "
       << cString(c.doc) << "},\n";
  os << "};\nconst plumb_intr_enum " << identifier("enum_", e.name) << " = {"
     << cString(e.name) << ", " << cString(e.c_name) << ", "
     << cString(e.summary) << ", " << bool(e.is_flags) << ", "
     << typeRef(e.type) << ", " << cases << ", " << e.num_cases << "};\n";
}

void Descriptor::emit(const plumb_intr_struct &s) {
  std::string fields = identifier("fields_", s.name);
  os << "const plumb_intr_field " << fields << "[] = {\n";
  for (const plumb_intr_field &f : plumb::model::fields(s))
    os << "    {" << cString(f.name) << ", " << cString(f.doc) << ", "
       << typeRef(f.type) << ", " << f.offset << ", " << f.count << ", "
       << bool(f.is_array) << ", " << unsigned(f.bits) << ", "
       << unsigned(f.first_bit) << "},\n";
  os << "};\nconst plumb_intr_struct " << identifier("struct_", s.name)
     << " = {" << cString(s.name) << ", " << cString(s.c_name) << ", "
     << cString(s.summary) << ", " << fields << ", " << s.num_fields << ", "
     << s.size << ", " << s.align << ", " << bool(s.is_union) << "};\n";
}

void Descriptor::emitParams(StringRef owner,
                            ArrayRef<plumb_intr_param> params) {
  if (params.empty())
    return;
  os << "const plumb_intr_param params_" << owner << "[] = {\n";
  for (const plumb_intr_param &p : params)
    os << "    {" << cString(p.name) << ", " << cString(p.doc) << ", "
       << typeRef(p.type) << ", "
       << (p.callback ? std::string("&callback_") + p.callback->name
                      : "nullptr")
       << ", " << infoOf(p.passing).enumerator << ", " << bool(p.is_optional)
       << ", " << bool(p.is_kept) << ", " << bool(p.is_consumed) << "},\n";
  os << "};\n";
}

void Descriptor::emit(const plumb_intr_row &row) {
  std::string flags = "0";
  if (blocks(row))
    flags += " | PLUMB_INTR_ROW_BLOCKS";
  if (hasFreshResult(row))
    flags += " | PLUMB_INTR_ROW_FRESH_RESULT";
  if (takesCallback(row))
    flags += " | PLUMB_INTR_ROW_CALLS_BACK";
  if (isVariadic(row))
    flags += " | PLUMB_INTR_ROW_VARIADIC";
  StringRef mnemonic = plainName(row.name);
  os << "    {&plumb_family_" << family.get().name << ", " << cString(row.name)
     << ", " << cString(row.source_name) << ",\n     " << cString(row.symbol)
     << ", " << cString(row.summary) << ",\n     " << cString(row.description)
     << ", " << cString(row.since) << ", " << cString(row.location)
     << ",\n     " << listRef("params_", mnemonic, row.num_params) << ", "
     << typeRef(row.result) << ", " << cString(row.result_name) << ", "
     << cString(row.result_doc) << ", "
     << listRef("effects_", mnemonic, row.num_effects) << ", " << flags << ", "
     << infoOf(row.cc).enumerator << ",\n     " << cString(row.signature)
     << ", 0x" << utohexstr(row.hash) << "ull,\n     "
     << listRef("variables_", mnemonic, row.num_variables) << ", "
     << listRef("bounds_", mnemonic, row.num_bounds) << ", "
     << listRef("aliases_", mnemonic, row.num_aliases) << ", "
     << listRef("operators_", mnemonic, row.num_operators) << "},\n";
}

void Descriptor::emitOptions(ArrayRef<plumb_intr_option> options) {
  for (const plumb_intr_option &o : options)
    if (o.num_choices)
      os << "const char *const choices_" << o.name << "[] = {"
         << join(map_range(choices(o), cString), ", ") << "};\n";
  if (options.empty())
    return;
  os << "const plumb_intr_option options[] = {\n";
  for (const plumb_intr_option &o : options)
    os << "    {" << cString(o.name) << ", " << cString(o.environment) << ", "
       << cString(o.section) << ", " << cString(o.doc) << ",\n     "
       << infoOf(o.kind).enumerator << ", " << cInteger(o.integer) << ", "
       << cInteger(o.min) << ", " << cInteger(o.max) << ", " << cString(o.unit)
       << ", " << cString(o.text) << ", "
       << listRef("choices_", o.name, o.num_choices) << "},\n";
  os << "};\n";
}

void Descriptor::emit(const plumb_intr_callback &cb) {
  emitParams(std::string("callback_") + cb.name, params(cb));
  os << "const plumb_intr_callback callback_" << cb.name << " = {"
     << cString(cb.name) << ", " << cString(cb.c_name) << ", "
     << cString(cb.summary) << ", "
     << listRef("params_callback_", cb.name, cb.num_params) << ", "
     << typeRef(cb.result) << ", "
     << (hasEnvironment(cb) ? std::to_string(cb.environment)
                            : "PLUMB_INTR_NO_ENVIRONMENT")
     << "};\n";
}

void Descriptor::emitRows() {
  for (const plumb_intr_row &row : rows(family.get())) {
    StringRef mnemonic = plainName(row.name);
    emitParams(mnemonic, params(row));
    emitWords(("variables_" + mnemonic).str(), variables(row), os);
    emitWords(("aliases_" + mnemonic).str(), aliases(row), os);
    emitWords(("operators_" + mnemonic).str(), operators(row), os);
    if (row.num_bounds) {
      os << "const plumb_intr_bound bounds_" << mnemonic << "[] = {";
      for (const plumb_intr_bound &bound : bounds(row))
        os << "{" << bound.variable << ", " << cString(bound.name) << "}, ";
      os << "};\n";
    }
    if (!row.num_effects)
      continue;
    os << "const plumb_intr_effect effects_" << mnemonic << "[] = {";
    for (const plumb_intr_effect &effect : effects(row))
      os << "{" << cString(effect.resource) << ", " << bool(effect.reads)
         << ", " << bool(effect.writes) << "}, ";
    os << "};\n";
  }
  if (!family.get().num_rows)
    return;
  os << "const plumb_intr_row rows[] = {\n";
  for (const plumb_intr_row &row : rows(family.get()))
    emit(row);
  os << "};\n";
}

void Descriptor::emitConstants() {
  if (!family.get().num_constants)
    return;
  os << "const plumb_intr_constant constants[] = {\n";
  for (const plumb_intr_constant &c : constants(family.get())) {
    os << "    {" << cString(c.name) << ", " << cString(c.c_name) << ", "
       << cString(c.spelling) << ", " << cString(c.doc) << ", "
       << typeRef(c.type) << ", static_cast<int64_t>(" << uint64_t(c.integer)
       << "ull), " << format("%a", c.number) << ", "
       << (c.text ? cString(c.text) : "nullptr") << "},\n";
  }
  os << "};\n";
}

void Descriptor::emitStatuses() {
  if (!family.get().num_statuses)
    return;
  os << "const plumb_intr_status statuses[] = {\n";
  for (const plumb_intr_status &status : statuses(family.get()))
    os << "    {" << cString(status.name) << ", " << cString(status.c_name)
       << ", " << status.code << ", " << cString(status.message) << "},\n";
  os << "};\n";
}

void Descriptor::emit() {
  const plumb_intr_family &made = family.get();
  std::vector<std::string> ownTypes, ownCallbacks, ownEnums, ownStructs;
  for (const NamedType &type : family.types)
    os << "extern const plumb_intr_type type_" << type.id << ";\n";
  for (const plumb_intr_enum *e : family.enums)
    emit(*e);
  for (const plumb_intr_struct *s : family.structs)
    emit(*s);
  for (const NamedType &type : family.types)
    emit(type);
  for (const plumb_intr_callback *cb : callbacks(made)) {
    emit(*cb);
    ownCallbacks.push_back(std::string("callback_") + cb->name);
  }
  for (const plumb_intr_enum *e : enums(made))
    ownEnums.push_back(identifier("enum_", e->name));
  for (const plumb_intr_struct *s : structs(made))
    ownStructs.push_back(identifier("struct_", s->name));
  for (const plumb_intr_type *type : types(made))
    ownTypes.push_back(std::string("type_") + family.idOf(*type));
  emitPointerList("plumb_intr_enum", "enums", ownEnums, os);
  emitPointerList("plumb_intr_struct", "structs", ownStructs, os);
  emitPointerList("plumb_intr_type", "ownTypes", ownTypes, os);
  emitPointerList("plumb_intr_callback", "callbacks", ownCallbacks, os);
  emitRows();
  emitStatuses();
  emitConstants();
  emitOptions(options(made));
}

void plumb::tblgen::emitDescriptor(const Family &family, raw_ostream &os) {
  const plumb_intr_family &made = family.get();
  emitBanner(family, "//", "the family descriptor", os);
  os << "#include \"plumb-c/Descriptor.h\"\n\n"
     << "extern \"C\" const plumb_intr_family plumb_family_" << made.name
     << ";\n\nnamespace {\n";
  Descriptor(family, os).emit();
  os << "} // namespace\n\nconst plumb_intr_family plumb_family_" << made.name
     << " = {\n    PLUMB_INTR_DESCRIPTOR_VERSION, "
        "sizeof(plumb_intr_family), "
     << cString(made.name) << ", " << cString(made.module) << ",\n    "
     << cString(made.header) << ", " << cString(made.summary) << ",\n    "
     << cString(made.description) << ",\n    "
     << listRef("rows", "", made.num_rows) << ", "
     << listRef("callbacks", "", made.num_callbacks) << ", "
     << listRef("ownTypes", "", made.num_types) << ", "
     << listRef("statuses", "", made.num_statuses) << ", "
     << listRef("enums", "", made.num_enums) << ", "
     << listRef("structs", "", made.num_structs) << ", "
     << listRef("options", "", made.num_options) << ", "
     << listRef("constants", "", made.num_constants) << "};\n";
}
