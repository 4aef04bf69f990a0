//===- RuntimeDeclaration.cpp ---------------------------------------------===//

#include "passes/RuntimeDeclaration.h"

using namespace mlir;
using namespace plumb;

Type plumb::getLLVMType(MLIRContext *context, const plumb_intr_type *type) {
  if (!type)
    return LLVM::LLVMVoidType::get(context);
  switch (type->llvm) {
  case PLUMB_INTR_LLVM_VOID:
    return LLVM::LLVMVoidType::get(context);
  case PLUMB_INTR_LLVM_PTR:
    return LLVM::LLVMPointerType::get(context);
  case PLUMB_INTR_LLVM_I1:
    return IntegerType::get(context, 1);
  case PLUMB_INTR_LLVM_I8:
    return IntegerType::get(context, 8);
  case PLUMB_INTR_LLVM_I16:
    return IntegerType::get(context, 16);
  case PLUMB_INTR_LLVM_I32:
    return IntegerType::get(context, 32);
  case PLUMB_INTR_LLVM_I64:
    return IntegerType::get(context, 64);
  case PLUMB_INTR_LLVM_F32:
    return Float32Type::get(context);
  case PLUMB_INTR_LLVM_F64:
    return Float64Type::get(context);
  case PLUMB_INTR_LLVM_STRUCT: {
    SmallVector<Type> fields;
    for (const plumb_intr_field &field :
         ArrayRef(type->structure->fields, type->structure->num_fields))
      fields.push_back(getLLVMType(context, field.type));
    return LLVM::LLVMStructType::getLiteral(context, fields);
  }
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

LLVM::LLVMFunctionType plumb::getLLVMType(MLIRContext *context,
                                          const plumb_intr_row &row) {
  SmallVector<Type> params;
  Type pointer = LLVM::LLVMPointerType::get(context);
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (p.type)
      params.push_back(getLLVMType(context, p.type));
    else
      params.append(2, pointer);
  }
  return LLVM::LLVMFunctionType::get(getLLVMType(context, row.result), params);
}

LLVM::LLVMFunctionType plumb::getLLVMType(MLIRContext *context,
                                          const plumb_intr_callback &callback) {
  SmallVector<Type> params;
  for (const plumb_intr_param &p :
       ArrayRef(callback.params, callback.num_params))
    params.push_back(getLLVMType(context, p.type));
  params.push_back(LLVM::LLVMPointerType::get(context));
  return LLVM::LLVMFunctionType::get(getLLVMType(context, callback.result),
                                     params);
}

DictionaryAttr plumb::getParamAttrs(MLIRContext *context, uint32_t attrs) {
  static constexpr std::pair<uint32_t, llvm::StringLiteral> names[] = {
      {PLUMB_INTR_ATTR_NONNULL, "llvm.nonnull"},
      {PLUMB_INTR_ATTR_READONLY, "llvm.readonly"},
      {PLUMB_INTR_ATTR_NOCAPTURE, "llvm.nocapture"},
      {PLUMB_INTR_ATTR_ZEROEXT, "llvm.zeroext"},
      {PLUMB_INTR_ATTR_SIGNEXT, "llvm.signext"},
      {PLUMB_INTR_ATTR_NOUNDEF, "llvm.noundef"},
      {PLUMB_INTR_ATTR_NOALIAS, "llvm.noalias"}};
  SmallVector<NamedAttribute> result;
  for (auto [bit, name] : names)
    if (attrs & bit)
      result.emplace_back(StringAttr::get(context, name),
                          UnitAttr::get(context));
  return DictionaryAttr::get(context, result);
}

/// What a call may touch, from the row's effects. `inaccessibleMem` stands for
/// the runtime's own memory; a write may read as well (join looks before it
/// writes), and making a fresh result changes the arena.
static LLVM::MemoryEffectsAttr getMemoryEffects(MLIRContext *context,
                                                const plumb_intr_row &row) {
  using LLVM::ModRefInfo;
  bool readsArguments = false;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    readsArguments |= p.type && (p.type->arg_attrs & PLUMB_INTR_ATTR_READONLY);
  ModRefInfo state = row.num_effects ? ModRefInfo::Ref : ModRefInfo::NoModRef;
  for (const plumb_intr_effect &effect : ArrayRef(row.effects, row.num_effects))
    if (effect.writes)
      state = ModRefInfo::ModRef;
  if (row.flags & PLUMB_INTR_ROW_FRESH_RESULT)
    state = ModRefInfo::ModRef;
  ModRefInfo none = ModRefInfo::NoModRef;
  return LLVM::MemoryEffectsAttr::get(
      context, none, readsArguments ? ModRefInfo::Ref : none, state,
      /*errnoMem: the guard around a body keeps errno=*/none, none, none);
}

LLVM::LLVMFuncOp plumb::declareRuntimeFunction(OpBuilder &builder, Location loc,
                                               const plumb_intr_row &row,
                                               bool visible) {
  MLIRContext *context = builder.getContext();
  SmallVector<DictionaryAttr> argAttrs;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (p.type) {
      argAttrs.push_back(getParamAttrs(context, p.type->arg_attrs));
      continue;
    }
    argAttrs.push_back(getParamAttrs(
        context, PLUMB_INTR_ATTR_NOUNDEF |
                     (p.is_optional ? 0 : PLUMB_INTR_ATTR_NONNULL)));
    argAttrs.push_back(getParamAttrs(context, PLUMB_INTR_ATTR_NOUNDEF));
  }
  auto function = LLVM::LLVMFuncOp::create(
      builder, loc, row.symbol, getLLVMType(context, row),
      LLVM::Linkage::External, /*dsoLocal=*/false, LLVM::CConv::C,
      /*comdat=*/{}, /*attrs=*/{}, argAttrs);
  function.setSymVisibility("private");
  if (row.result) {
    uint32_t attrs = row.result->result_attrs;
    if (row.flags & PLUMB_INTR_ROW_FRESH_RESULT)
      attrs |= PLUMB_INTR_ATTR_NOALIAS;
    function.setResAttrsAttr(
        builder.getArrayAttr({getParamAttrs(context, attrs)}));
  }
  // The C functions are noexcept, and a callback cannot throw either.
  function.setNoUnwind(true);
  bool blocks = row.flags & PLUMB_INTR_ROW_BLOCKS;
  if (!blocks)
    function.setWillReturn(true);
  // What runs an event loop runs the callbacks that others left there.
  if (blocks || (row.flags & PLUMB_INTR_ROW_CALLS_BACK))
    return function;
  SmallVector<Attribute> passthrough = {builder.getStringAttr("nocallback")};
  if (!row.num_effects)
    passthrough.push_back(builder.getStringAttr("nosync"));
  function.setPassthroughAttr(builder.getArrayAttr(passthrough));
  if (!visible)
    function.setMemoryEffectsAttr(getMemoryEffects(context, row));
  return function;
}
