//===- CallSignature.cpp - Records as C and as LLVM see them --------------===//

#include "passes/CallSignature.h"
#include "mlir/IR/BuiltinTypes.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace plumb;

//===----------------------------------------------------------------------===//
// C signatures
//===----------------------------------------------------------------------===//

static CValue pointer(uint32_t attrs) {
  return {PLUMB_INTR_LLVM_PTR, nullptr, PLUMB_INTR_ATTR_NOUNDEF | attrs};
}

static CValue direct(const plumb_intr_type *type, uint32_t attrs) {
  return {type->llvm, type->structure, attrs};
}

static CValue valueOf(const plumb_intr_param &p, model::Part part) {
  switch (part) {
  case model::Part::Value:
    return direct(p.type, p.type->arg_attrs);
  case model::Part::Data:
    return pointer(p.type->arg_attrs);
  case model::Part::Length:
    return {PLUMB_INTR_LLVM_I64, nullptr, PLUMB_INTR_ATTR_NOUNDEF};
  case model::Part::ConstPointer:
    return pointer(PLUMB_INTR_ATTR_NONNULL | PLUMB_INTR_ATTR_READONLY |
                   PLUMB_INTR_ATTR_NOCAPTURE);
  case model::Part::ResultPointer:
    // Not writeonly: a function may well look at the zero in it.
    return pointer(PLUMB_INTR_ATTR_NONNULL | PLUMB_INTR_ATTR_NOCAPTURE);
  case model::Part::Function:
    return pointer(p.is_optional ? 0 : PLUMB_INTR_ATTR_NONNULL);
  case model::Part::Environment:
    // Not nocapture: what a callback is given, the program may keep.
    return pointer(0);
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

CallSignature plumb::getSignature(const plumb_intr_row &row) {
  CallSignature signature;
  for (const plumb_intr_param &p : model::params(row))
    for (const model::CPart &part : model::infoOf(p.passing).parts)
      signature.params.push_back(valueOf(p, part.part));
  for (uint32_t i = 0; i != row.num_variables; ++i)
    signature.params.push_back(
        {PLUMB_INTR_LLVM_I32, nullptr,
         PLUMB_INTR_ATTR_NOUNDEF | PLUMB_INTR_ATTR_SIGNEXT});
  if (row.result) {
    signature.result = direct(row.result, row.result->result_attrs);
    if (row.flags & PLUMB_INTR_ROW_FRESH_RESULT)
      signature.result.attrs |= PLUMB_INTR_ATTR_NOALIAS;
  }
  signature.cc = row.cc;
  signature.isVariadic = row.flags & PLUMB_INTR_ROW_VARIADIC;
  return signature;
}

CallSignature plumb::getSignature(const plumb_intr_callback &callback) {
  CallSignature signature;
  for (const plumb_intr_param &p :
       ArrayRef(callback.params, callback.num_params))
    signature.params.push_back(direct(p.type, p.type->result_attrs));
  if (callback.environment != PLUMB_INTR_NO_ENVIRONMENT)
    signature.params.insert(signature.params.begin() + callback.environment,
                            pointer(0));
  if (callback.result)
    signature.result = direct(callback.result, callback.result->result_attrs);
  return signature;
}

bool plumb::isEnvironment(const plumb_intr_type &type) {
  return type.llvm == PLUMB_INTR_LLVM_PTR &&
         model::kindOf(type) == model::Kind::Environment;
}

//===----------------------------------------------------------------------===//
// LLVM types
//===----------------------------------------------------------------------===//

/// Types keep the struct's name: it is all that tells what its fields are.
static constexpr llvm::StringLiteral structPrefix = "plumb.";

Type plumb::getScalarType(MLIRContext *context, plumb_intr_llvm_type type) {
  switch (type) {
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
  case PLUMB_INTR_LLVM_STRUCT:
    return {};
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

static Type inMemory(MLIRContext *context, const plumb_intr_field &f) {
  Type type = f.type->structure ? Type(getLLVMType(context, *f.type->structure))
              : f.type->llvm == PLUMB_INTR_LLVM_I1
                  ? Type(IntegerType::get(context, 8))
                  : getScalarType(context, f.type->llvm);
  return f.is_array ? Type(LLVM::LLVMArrayType::get(type, f.count)) : type;
}

/// All bytes of it, whichever field they are; the largest field where all are
/// floats, since registers of floats carry it on AArch64.
static Type inUnion(MLIRContext *context, const plumb_intr_struct &s) {
  auto leaves = model::leavesOf(s);
  auto isFloat = [&](plumb_intr_llvm_type type) {
    return llvm::all_of(
        leaves, [&](const model::Leaf &leaf) { return leaf.type == type; });
  };
  if (!leaves.empty() &&
      (isFloat(PLUMB_INTR_LLVM_F32) || isFloat(PLUMB_INTR_LLVM_F64)))
    for (const plumb_intr_field &f : model::fields(s))
      if (model::sizeOf(*f.type) * f.count == s.size)
        return inMemory(context, f);
  Type unit = IntegerType::get(context, 8 * s.align);
  return LLVM::LLVMArrayType::get(unit, s.size / s.align);
}

LLVM::LLVMStructType plumb::getLLVMType(MLIRContext *context,
                                        const plumb_intr_struct &structure) {
  SmallVector<Type> fields;
  // Of bit-fields there is no value, only memory.
  if (structure.is_union || model::isInMemoryOnly(structure))
    fields.push_back(inUnion(context, structure));
  else
    for (const plumb_intr_field &f : model::fields(structure))
      fields.push_back(inMemory(context, f));
  auto type = LLVM::LLVMStructType::getIdentified(
      context, (structPrefix + structure.name).str());
  // Only a program that has a type of this name can make it fail, and then its
  // fields have no record.
  if (failed(type.setBody(fields, /*isPacked=*/false)))
    return LLVM::LLVMStructType::getLiteral(context, fields);
  return type;
}

const plumb_intr_struct *plumb::getStruct(Type type) {
  auto structure = dyn_cast<LLVM::LLVMStructType>(type);
  StringRef name =
      structure && structure.isIdentified() ? structure.getName() : "";
  if (!name.consume_front(structPrefix))
    return nullptr;
  return intr::getRegistry(type.getContext()).lookupStruct(name);
}

Type plumb::getLLVMType(MLIRContext *context, const plumb_intr_type *type) {
  if (!type)
    return LLVM::LLVMVoidType::get(context);
  if (type->structure)
    return getLLVMType(context, *type->structure);
  if (isEnvironment(*type))
    return IntegerType::get(context, 64);
  return getScalarType(context, type->llvm);
}
