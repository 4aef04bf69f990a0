//===- RowSignature.cpp - A row as the registry will see it ---------------===//
//
// Signatures are written from descriptors, here and in the loader, so that both
// sides agree on what the ABI depends on.
//
//===----------------------------------------------------------------------===//

#include "Model.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

namespace {
/// Owns what the descriptor of one row points to.
class RowDescriptor {
public:
  explicit RowDescriptor(const Row &row);
  const plumb_intr_row &get() const { return row; }

private:
  const plumb_intr_type *lower(const Type *type);
  const plumb_intr_enum *lower(const Enum *e);
  const plumb_intr_struct *lower(const Struct *s);
  const plumb_intr_callback *lower(const Callback *cb);
  plumb_intr_param lower(const Param &param);

  plumb_intr_row row = {};
  std::deque<plumb_intr_type> types;
  std::deque<plumb_intr_enum> enums;
  std::deque<plumb_intr_struct> structs;
  std::deque<plumb_intr_callback> callbacks;
  std::deque<std::vector<plumb_intr_param>> params;
  std::deque<std::vector<plumb_intr_case>> cases;
  std::deque<std::vector<plumb_intr_field>> fields;
};
} // namespace

static uint32_t attrBits(ArrayRef<std::string> attrs) {
  uint32_t bits = 0;
  for (const std::string &attr : attrs)
    bits |= plumb::intr::parseAttribute(attr);
  return bits;
}

static plumb_intr_llvm_type llvmType(StringRef name) {
  for (int type = PLUMB_INTR_LLVM_VOID; type <= PLUMB_INTR_LLVM_STRUCT; ++type)
    if (plumb::intr::spell(plumb_intr_llvm_type(type)) == name)
      return plumb_intr_llvm_type(type);
  return PLUMB_INTR_LLVM_VOID; // the reader has refused it
}

static plumb_intr_cc callingConvention(StringRef name) {
  for (int cc = PLUMB_INTR_CC_C; cc <= PLUMB_INTR_CC_VECTOR; ++cc)
    if (plumb::intr::spell(plumb_intr_cc(cc)) == name)
      return plumb_intr_cc(cc);
  return PLUMB_INTR_CC_C;
}

const plumb_intr_enum *RowDescriptor::lower(const Enum *e) {
  if (!e)
    return nullptr;
  std::vector<plumb_intr_case> &list = cases.emplace_back();
  for (const Case &c : e->cases)
    list.push_back({c.name.c_str(), c.cName.c_str(), c.value, c.doc.c_str()});
  plumb_intr_enum &lowered = enums.emplace_back();
  lowered.name = e->name.c_str();
  lowered.cases = list.data();
  lowered.num_cases = list.size();
  return &lowered;
}

const plumb_intr_struct *RowDescriptor::lower(const Struct *s) {
  if (!s)
    return nullptr;
  std::vector<plumb_intr_field> &list = fields.emplace_back();
  for (const Field &f : s->fields)
    list.push_back({f.name.c_str(), f.doc.c_str(), lower(f.type), f.offset});
  plumb_intr_struct &lowered = structs.emplace_back();
  lowered.name = s->name.c_str();
  lowered.fields = list.data();
  lowered.num_fields = list.size();
  lowered.size = s->size;
  lowered.align = s->align;
  return &lowered;
}

const plumb_intr_type *RowDescriptor::lower(const Type *type) {
  if (!type)
    return nullptr;
  types.push_back({type->kind.c_str(), type->mlir.c_str(), type->c.c_str(),
                   llvmType(type->llvm), attrBits(type->argAttrs),
                   attrBits(type->resultAttrs), lower(type->enumeration),
                   lower(type->structure)});
  return &types.back();
}

const plumb_intr_callback *RowDescriptor::lower(const Callback *cb) {
  std::vector<plumb_intr_param> &list = params.emplace_back();
  for (const Param &p : cb->params)
    list.push_back(lower(p));
  plumb_intr_callback &lowered = callbacks.emplace_back();
  lowered.params = list.data();
  lowered.num_params = list.size();
  lowered.result = lower(cb->result);
  lowered.environment =
      cb->environment < 0 ? PLUMB_INTR_NO_ENVIRONMENT : cb->environment;
  return &lowered;
}

plumb_intr_param RowDescriptor::lower(const Param &param) {
  return {param.name.c_str(),
          param.doc.c_str(),
          lower(param.type),
          param.callback ? lower(param.callback) : nullptr,
          plumb_intr_passing(param.passing),
          param.isOptional,
          param.isKept};
}

RowDescriptor::RowDescriptor(const Row &from) {
  std::vector<plumb_intr_param> &list = params.emplace_back();
  for (const Param &p : from.params)
    list.push_back(lower(p));
  row.symbol = from.symbol.c_str();
  row.params = list.data();
  row.num_params = list.size();
  row.result = lower(from.result);
  row.cc = callingConvention(from.callingConvention);
  row.flags = (from.isVariadic ? PLUMB_INTR_ROW_VARIADIC : 0) |
              (from.freshResult ? PLUMB_INTR_ROW_FRESH_RESULT : 0);
}

std::string Row::signature() const {
  return plumb::intr::abiSignature(RowDescriptor(*this).get());
}
