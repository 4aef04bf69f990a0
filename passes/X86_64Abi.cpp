//===- X86_64Abi.cpp - x86-64: System V, and Microsoft's convention -------===//

#include "mlir/IR/BuiltinTypes.h"
#include "passes/TargetAbi.h"
#include "plumb/Model/Names.h"

using namespace mlir;
using namespace plumb;

namespace {

/// What an eightbyte of a struct is passed in.
enum class Class { Sse, Integer };

bool isFloat(plumb_intr_llvm_type type) {
  return type == PLUMB_INTR_LLVM_F32 || type == PLUMB_INTR_LLVM_F64;
}

/// A struct of at most two eightbytes.
class SmallStruct {
public:
  SmallStruct(MLIRContext *context, const plumb_intr_struct &structure)
      : context(context), structure(structure) {}

  unsigned size() const { return (structure.size + 7) / 8; }
  Class classOf(unsigned eightbyte) const {
    for (const plumb_intr_field &f : fields())
      if (f.offset / 8 == eightbyte && !isFloat(f.type->llvm))
        return Class::Integer;
    return Class::Sse;
  }
  Type typeOf(unsigned eightbyte) const {
    return classOf(eightbyte) == Class::Sse ? sseType(8 * eightbyte)
                                            : integerType(8 * eightbyte);
  }

private:
  ArrayRef<plumb_intr_field> fields() const {
    return ArrayRef(structure.fields, structure.num_fields);
  }
  const plumb_intr_field *at(unsigned offset) const {
    for (const plumb_intr_field &f : fields())
      if (f.offset == offset)
        return &f;
    return nullptr;
  }
  /// clang keeps a field's own type when nothing but padding follows it.
  Type integerType(unsigned start) const {
    const plumb_intr_field *first = at(start);
    unsigned end = start + (first ? model::sizeInMemory(first->type->llvm) : 0);
    bool isAlone = llvm::none_of(fields(), [&](const plumb_intr_field &f) {
      return f.offset >= end && f.offset < start + 8;
    });
    if (first && isAlone && !isFloat(first->type->llvm))
      return first->type->llvm == PLUMB_INTR_LLVM_I1
                 ? IntegerType::get(context, 8)
                 : getScalarType(context, first->type->llvm);
    unsigned bytes = std::min(structure.size - start, 8u);
    return IntegerType::get(context, 8 * bytes);
  }
  Type sseType(unsigned start) const {
    if (at(start)->type->llvm == PLUMB_INTR_LLVM_F64)
      return Float64Type::get(context);
    Type single = Float32Type::get(context);
    return at(start + 4) ? Type(VectorType::get({2}, single)) : single;
  }

  MLIRContext *context;
  const plumb_intr_struct &structure;
};

/// One signature; arguments use registers up in order.
class SysV {
public:
  SysV(MLIRContext *context, Prototype &prototype)
      : context(context), prototype(prototype) {}

  void classifyResult(const CValue &value) {
    AbiPassing &result = prototype.result;
    if (!value.structure)
      return (void)(result = scalar(value));
    if (value.structure->size <= 16)
      return (void)(result = inRegisters(*value.structure));
    result.kind = AbiPassing::Memory;
    --integers; // its address
  }

  void classifyParam(const CValue &value) {
    if (!value.structure) {
      unsigned &registers = isFloat(value.type) ? floats : integers;
      registers -= registers > 0;
      prototype.params.push_back(scalar(value));
      return;
    }
    if (value.structure->size <= 16) {
      SmallStruct small(context, *value.structure);
      unsigned needed[2] = {0, 0}; // SSE, integer
      for (unsigned i = 0; i < small.size(); ++i)
        ++needed[unsigned(small.classOf(i))];
      if (needed[0] <= floats && needed[1] <= integers) {
        floats -= needed[0];
        integers -= needed[1];
        prototype.params.push_back(inRegisters(*value.structure));
        return;
      }
    }
    prototype.params.push_back(onStack(*value.structure));
  }

private:
  AbiPassing scalar(const CValue &value) const {
    AbiPassing passing;
    passing.parts.push_back(getScalarType(context, value.type));
    bool extends = value.type == PLUMB_INTR_LLVM_I1 ||
                   value.type == PLUMB_INTR_LLVM_I8 ||
                   value.type == PLUMB_INTR_LLVM_I16;
    passing.zeroExtends = extends && value.attrs & PLUMB_INTR_ATTR_ZEROEXT;
    passing.signExtends = extends && value.attrs & PLUMB_INTR_ATTR_SIGNEXT;
    return passing;
  }
  AbiPassing inRegisters(const plumb_intr_struct &structure) const {
    SmallStruct small(context, structure);
    AbiPassing passing;
    passing.kind = AbiPassing::Coerced;
    for (unsigned i = 0; i < small.size(); ++i)
      passing.parts.push_back(small.typeOf(i));
    return passing;
  }
  /// All of it, even when a part would still fit into a register.
  AbiPassing onStack(const plumb_intr_struct &structure) const {
    AbiPassing passing;
    // An integer that finds no register takes the same eight bytes of stack.
    if (!integers && structure.size <= 8) {
      passing.kind = AbiPassing::Coerced;
      passing.parts.push_back(IntegerType::get(context, 8 * structure.size));
      return passing;
    }
    passing.kind = AbiPassing::ByVal;
    passing.parts.push_back(LLVM::LLVMPointerType::get(context));
    return passing;
  }

  MLIRContext *context;
  Prototype &prototype;
  unsigned integers = 6, floats = 8;
};

} // namespace

void plumb::target::classifySysV(MLIRContext *context,
                                 const CallSignature &signature,
                                 Prototype &prototype) {
  SysV rules(context, prototype);
  rules.classifyResult(signature.result);
  for (const CValue &value : signature.params)
    rules.classifyParam(value);
}

/// A struct of 1, 2, 4 or 8 bytes is an integer; others go by reference.
static AbiPassing classifyWin64(MLIRContext *context, const CValue &value) {
  AbiPassing passing;
  if (!value.structure) {
    passing.parts.push_back(getScalarType(context, value.type));
    passing.zeroExtends = value.type == PLUMB_INTR_LLVM_I1;
    return passing;
  }
  unsigned size = value.structure->size;
  if (size <= 8 && llvm::isPowerOf2_32(size)) {
    passing.kind = AbiPassing::Coerced;
    passing.parts.push_back(IntegerType::get(context, 8 * size));
    return passing;
  }
  passing.kind = AbiPassing::Memory;
  passing.parts.push_back(LLVM::LLVMPointerType::get(context));
  return passing;
}

void plumb::target::classifyWin64(MLIRContext *context,
                                  const CallSignature &signature,
                                  Prototype &prototype) {
  prototype.result = ::classifyWin64(context, signature.result);
  for (const CValue &value : signature.params)
    prototype.params.push_back(::classifyWin64(context, value));
}
