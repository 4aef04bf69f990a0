//===- DescriptorEmitter.cpp - The family descriptor ----------------------===//

#include "Emitters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static std::string typeRef(const Type *type) {
  return type ? "&type_" + type->record : "nullptr";
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
     << attrMask(type.argAttrs) << ", " << attrMask(type.resultAttrs) << "};\n";
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
       << p.isOptional << "},\n";
  os << "};\n";
}

static std::string listRef(StringRef prefix, StringRef owner, size_t size) {
  return (size ? (prefix + owner).str() : "nullptr") + ", " +
         std::to_string(size);
}

static void emitRow(const Family &family, const Row &row, raw_ostream &os) {
  std::string flags = "0";
  if (row.blocks)
    flags += " | PLUMB_INTR_ROW_BLOCKS";
  if (row.freshResult)
    flags += " | PLUMB_INTR_ROW_FRESH_RESULT";
  if (row.takesCallback())
    flags += " | PLUMB_INTR_ROW_CALLS_BACK";
  std::string signature = row.signature();
  os << "    {&plumb_family_" << family.name << ", " << quoted(row.opName)
     << ", " << quoted(row.sourceName) << ",\n     " << quoted(row.symbol)
     << ", " << quoted(row.summary) << ",\n     " << quoted(row.description)
     << ", " << quoted(row.since) << ", "
     << quoted(row.file + ":" + std::to_string(row.line)) << ",\n     "
     << listRef("params_", row.mnemonic, row.params.size()) << ", "
     << typeRef(row.result) << ", " << quoted(row.resultName) << ", "
     << listRef("effects_", row.mnemonic, row.effects.size()) << ", " << flags
     << ",\n     " << quoted(signature) << ", 0x"
     << utohexstr(xxh3_64bits(signature)) << "ull},\n";
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
  std::vector<std::string> ownTypes, callbacks;
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
       << typeRef(cb.result) << "};\n";
  }
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
  os << "} // namespace\n\nconst plumb_intr_family plumb_family_" << family.name
     << " = {\n    PLUMB_INTR_DESCRIPTOR_VERSION, "
        "sizeof(plumb_intr_family), "
     << quoted(family.name) << ", " << quoted(family.module) << ",\n    "
     << quoted(family.header) << ", " << quoted(family.summary) << ",\n    "
     << quoted(family.description) << ",\n    "
     << listRef("rows", "", family.rows.size()) << ", "
     << listRef("callbacks", "", callbacks.size()) << ", "
     << listRef("ownTypes", "", ownTypes.size()) << ", "
     << listRef("statuses", "", family.statuses.size()) << "};\n";
}
