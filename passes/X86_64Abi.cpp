//===- X86_64Abi.cpp - x86-64: System V, and Microsoft's convention -------===//

#include "mlir/IR/BuiltinTypes.h"
#include "passes/TargetAbi.h"
#include "plumb/Model/Layout.h"

using namespace mlir;
using namespace plumb;

namespace {

/// What an eightbyte of a struct is passed in.
enum class Class { Sse, Integer };

bool isFloat(plumb_intr_llvm_type type) {
  return type == PLUMB_INTR_LLVM_F32 || type == PLUMB_INTR_LLVM_F64;
}

/// What clang has for a struct, which its choice of registers' types goes by: a
/// union is the field that is aligned most, of those the largest, and bytes.
class ClangTypes {
public:
  explicit ClangTypes(MLIRContext *context) : context(context) {}

  Type of(const plumb_intr_struct &structure) const {
    SmallVector<Type> types;
    if (!structure.is_union) {
      for (const plumb_intr_field &f : model::fields(structure))
        types.push_back(of(f));
      return LLVM::LLVMStructType::getLiteral(context, types);
    }
    const plumb_intr_field *storage = nullptr;
    for (const plumb_intr_field &f : model::fields(structure))
      if (!storage ||
          model::alignOf(*f.type) > model::alignOf(*storage->type) ||
          (model::alignOf(*f.type) == model::alignOf(*storage->type) &&
           sizeOf(f) > sizeOf(*storage)))
        storage = &f;
    types.push_back(of(*storage));
    if (unsigned rest = structure.size - sizeOf(*storage))
      types.push_back(
          LLVM::LLVMArrayType::get(IntegerType::get(context, 8), rest));
    return LLVM::LLVMStructType::getLiteral(context, types);
  }

  /// The type at a byte of `type` that is no struct or array, and how far into
  /// it the byte is; null for padding.
  static Type find(Type type, unsigned &offset) {
    while (true) {
      if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
        type = array.getElementType();
        offset %= layoutOf(type).first;
        continue;
      }
      auto structure = dyn_cast<LLVM::LLVMStructType>(type);
      if (!structure)
        return type;
      Type found;
      unsigned start = 0, end = 0;
      for (Type part : structure.getBody()) {
        auto [size, align] = layoutOf(part);
        unsigned at = llvm::alignTo(end, align);
        if (at > offset)
          break;
        found = part;
        start = at;
        end = at + size;
      }
      if (!found || offset >= end)
        return {};
      offset -= start;
      type = found;
    }
  }

  /// Size and alignment.
  static std::pair<unsigned, unsigned> layoutOf(Type type) {
    if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
      auto [size, align] = layoutOf(array.getElementType());
      return {size * array.getNumElements(), align};
    }
    if (auto structure = dyn_cast<LLVM::LLVMStructType>(type)) {
      unsigned size = 0, align = 1;
      for (Type part : structure.getBody()) {
        auto [partSize, partAlign] = layoutOf(part);
        size = llvm::alignTo(size, partAlign) + partSize;
        align = std::max(align, partAlign);
      }
      return {llvm::alignTo(size, align), align};
    }
    unsigned bytes = type.isIntOrFloat() ? type.getIntOrFloatBitWidth() / 8 : 8;
    return {bytes, bytes};
  }

private:
  static unsigned sizeOf(const plumb_intr_field &f) {
    return model::sizeOf(*f.type) * f.count;
  }
  Type of(const plumb_intr_field &f) const {
    Type type = f.type->structure ? of(*f.type->structure)
                : f.type->llvm == PLUMB_INTR_LLVM_I1
                    ? Type(IntegerType::get(context, 8))
                    : getScalarType(context, f.type->llvm);
    return f.is_array ? Type(LLVM::LLVMArrayType::get(type, f.count)) : type;
  }

  MLIRContext *context;
};

/// A struct of at most two eightbytes.
class SmallStruct {
public:
  SmallStruct(MLIRContext *context, const plumb_intr_struct &structure)
      : context(context), structure(structure),
        leaves(model::leavesOf(structure)),
        type(ClangTypes(context).of(structure)) {}

  unsigned size() const { return (structure.size + 7) / 8; }
  Class classOf(unsigned eightbyte) const {
    for (const model::Leaf &leaf : leaves)
      if (leaf.offset / 8 == eightbyte && !isFloat(leaf.type))
        return Class::Integer;
    return Class::Sse;
  }
  Type typeOf(unsigned eightbyte) const {
    return classOf(eightbyte) == Class::Sse ? sseType(8 * eightbyte)
                                            : integerType(8 * eightbyte);
  }

private:
  Type at(unsigned offset, unsigned &into) const {
    into = offset;
    return ClangTypes::find(type, into);
  }
  /// clang keeps a field's own type when nothing but padding follows it.
  Type integerType(unsigned start) const {
    unsigned into;
    Type first = at(start, into);
    if (first && !into && !isa<FloatType>(first)) {
      unsigned end = start + ClangTypes::layoutOf(first).first;
      bool isAlone = llvm::none_of(leaves, [&](const model::Leaf &leaf) {
        return leaf.offset + model::sizeInMemory(leaf.type) > end &&
               leaf.offset < start + 8;
      });
      if (isAlone)
        return first;
    }
    unsigned bytes = std::min(structure.size - start, 8u);
    return IntegerType::get(context, 8 * bytes);
  }
  Type sseType(unsigned start) const {
    unsigned into;
    Type first = at(start, into);
    if (!first || into || !first.isF32())
      return Float64Type::get(context);
    if (structure.size - start <= 4)
      return first;
    Type second = at(start + 4, into);
    if (!second || into || !second.isF32())
      return first;
    return VectorType::get({2}, first);
  }

  MLIRContext *context;
  const plumb_intr_struct &structure;
  SmallVector<model::Leaf> leaves;
  Type type;
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
