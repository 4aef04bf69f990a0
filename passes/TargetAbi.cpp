//===- TargetAbi.cpp - Which rules, and the LLVM function they make -------===//

#include "passes/TargetAbi.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "plumb/Model/Names.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;
using namespace plumb;

TargetAbi::TargetAbi(StringRef triple)
    : triple(triple.empty() ? llvm::sys::getDefaultTargetTriple()
                            : llvm::Triple::normalize(triple)) {}

TargetAbi TargetAbi::of(ModuleOp module, StringRef fallback) {
  StringRef name = LLVM::LLVMDialect::getTargetTripleAttrName();
  for (Operation *op = module; op; op = op->getParentOp())
    if (auto triple = op->getAttrOfType<StringAttr>(name))
      return TargetAbi(triple.getValue());
  return TargetAbi(fallback);
}

/// "x86-64" of Linux and other systems with ELF.
static bool isSysV(const llvm::Triple &triple) {
  return triple.getArch() == llvm::Triple::x86_64 &&
         triple.isOSBinFormatELF() && !triple.isX32();
}

static bool isAapcs(const llvm::Triple &triple) {
  return triple.getArch() == llvm::Triple::aarch64 &&
         triple.isOSBinFormatELF() &&
         triple.getEnvironment() != llvm::Triple::GNUILP32;
}

llvm::Expected<TargetAbi::Rules>
TargetAbi::chooseRules(plumb_intr_cc cc, LLVM::CConv &cconv) const {
  bool sysV = isSysV(triple), aapcs = isAapcs(triple);
  Rules usual = sysV ? Rules::SysV : aapcs ? Rules::Aapcs : Rules::Unknown;
  auto only = [&](bool isThere, Rules rules,
                  LLVM::CConv conv) -> llvm::Expected<Rules> {
    if (!isThere)
      return llvm::createStringError(
          "its calling convention " + model::spell(cc) +
          " is not known for target '" + triple.str() + "'");
    cconv = conv;
    return rules;
  };
  bool known = sysV || aapcs;
  switch (cc) {
  case PLUMB_INTR_CC_C:
    return usual;
  case PLUMB_INTR_CC_PRESERVE_MOST:
    return only(known, usual, LLVM::CConv::PreserveMost);
  case PLUMB_INTR_CC_PRESERVE_ALL:
    return only(known, usual, LLVM::CConv::PreserveAll);
  case PLUMB_INTR_CC_MS_ABI:
    return only(sysV, Rules::Win64, LLVM::CConv::Win64);
  case PLUMB_INTR_CC_SYSV_ABI: // the C convention of these systems
    return only(sysV, Rules::SysV, LLVM::CConv::C);
  case PLUMB_INTR_CC_SWIFT:
    return only(known, Rules::Swift, LLVM::CConv::Swift);
  case PLUMB_INTR_CC_VECTOR:
    return only(aapcs, Rules::Aapcs, LLVM::CConv::AArch64_VectorCall);
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

//===----------------------------------------------------------------------===//
// What the rules do not know
//===----------------------------------------------------------------------===//

static bool isNarrow(const CValue &value) {
  switch (value.type) {
  case PLUMB_INTR_LLVM_I1:
  case PLUMB_INTR_LLVM_I8:
  case PLUMB_INTR_LLVM_I16:
  case PLUMB_INTR_LLVM_I32:
    return true;
  default:
    return false;
  }
}

static AbiPassing passDirect(MLIRContext *context, const CValue &value) {
  AbiPassing passing;
  passing.parts.push_back(getScalarType(context, value.type));
  return passing;
}

/// Scalars alone, as they are. `what` names the rules in the message.
static llvm::Error classifyScalars(MLIRContext *context,
                                   const CallSignature &signature,
                                   bool passesNarrow, const llvm::Twine &what,
                                   Prototype &prototype) {
  auto check = [&](const CValue &value) -> llvm::Error {
    if (value.structure)
      return llvm::createStringError(
          llvm::Twine("it passes struct '") + value.structure->name +
          "' by value, and how C compilers do that for " + what +
          " is not known here; pass the struct by pointer");
    if (isNarrow(value) && !passesNarrow)
      return llvm::createStringError(
          "it passes an integer of less than 64 bits, and whether C compilers "
          "extend it for " +
          what + " is not known here; x86-64 and AArch64 with ELF are known");
    return llvm::Error::success();
  };
  for (const CValue &value : signature.params) {
    if (llvm::Error error = check(value))
      return error;
    prototype.params.push_back(passDirect(context, value));
  }
  if (llvm::Error error = check(signature.result))
    return error;
  prototype.result = passDirect(context, signature.result);
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Attributes and the function's type
//===----------------------------------------------------------------------===//

static DictionaryAttr getAttrs(MLIRContext *context, const CValue &value,
                               const AbiPassing &passing, bool isResult) {
  Builder builder(context);
  SmallVector<NamedAttribute> attrs;
  auto add = [&](StringRef name, Attribute attr) {
    attrs.push_back(builder.getNamedAttr(name, attr));
  };
  static constexpr std::pair<uint32_t, llvm::StringLiteral> names[] = {
      {PLUMB_INTR_ATTR_NONNULL, "llvm.nonnull"},
      {PLUMB_INTR_ATTR_READONLY, "llvm.readonly"},
      {PLUMB_INTR_ATTR_NOCAPTURE, "llvm.nocapture"},
      {PLUMB_INTR_ATTR_NOUNDEF, "llvm.noundef"},
      {PLUMB_INTR_ATTR_NOALIAS, "llvm.noalias"}};
  for (auto [bit, name] : names)
    if (value.attrs & bit && !value.structure)
      add(name, builder.getUnitAttr());
  if (passing.zeroExtends)
    add("llvm.zeroext", builder.getUnitAttr());
  if (passing.signExtends)
    add("llvm.signext", builder.getUnitAttr());
  if (passing.stackAlign)
    add("llvm.alignstack", builder.getI64IntegerAttr(passing.stackAlign));
  bool inMemory =
      passing.kind == AbiPassing::ByVal || passing.kind == AbiPassing::Memory;
  if (!inMemory)
    return builder.getDictionaryAttr(attrs);
  auto type = TypeAttr::get(getLLVMType(context, *value.structure));
  if (isResult) {
    add("llvm.sret", type);
    add("llvm.align", builder.getI64IntegerAttr(value.structure->align));
    return builder.getDictionaryAttr(attrs);
  }
  add("llvm.noundef", builder.getUnitAttr());
  if (passing.kind == AbiPassing::ByVal) {
    add("llvm.byval", type);
    // Every stack slot has eight bytes.
    unsigned align = std::max<unsigned>(value.structure->align, 8);
    add("llvm.align", builder.getI64IntegerAttr(align));
  }
  return builder.getDictionaryAttr(attrs);
}

static void finish(MLIRContext *context, const CallSignature &signature,
                   Prototype &prototype) {
  SmallVector<Type> params;
  Type result = LLVM::LLVMVoidType::get(context);
  DictionaryAttr resultAttrs =
      getAttrs(context, signature.result, prototype.result, /*isResult=*/true);
  if (prototype.hasStructReturn()) {
    params.push_back(LLVM::LLVMPointerType::get(context));
    prototype.argAttrs.push_back(resultAttrs);
  } else if (signature.result.type != PLUMB_INTR_LLVM_VOID) {
    ArrayRef<Type> parts = prototype.result.parts;
    result = parts.size() == 1
                 ? parts.front()
                 : LLVM::LLVMStructType::getLiteral(context, parts);
    prototype.resultAttrs = resultAttrs;
  }
  for (auto [value, passing] : llvm::zip(signature.params, prototype.params)) {
    llvm::append_range(params, passing.parts);
    DictionaryAttr attrs = getAttrs(context, value, passing, false);
    prototype.argAttrs.append(passing.parts.size(), attrs);
  }
  prototype.type =
      LLVM::LLVMFunctionType::get(result, params, signature.isVariadic);
}

llvm::Expected<Prototype>
TargetAbi::classify(MLIRContext *context,
                    const CallSignature &signature) const {
  Prototype prototype;
  llvm::Expected<Rules> rules = chooseRules(signature.cc, prototype.cconv);
  if (!rules)
    return rules.takeError();
  switch (*rules) {
  case Rules::SysV:
    target::classifySysV(context, signature, prototype);
    break;
  case Rules::Win64:
    target::classifyWin64(context, signature, prototype);
    break;
  case Rules::Aapcs:
    target::classifyAapcs(context, signature, prototype);
    break;
  case Rules::Swift:
    if (signature.isVariadic)
      return llvm::createStringError(
          "it is variadic, which functions of calling convention swift cannot "
          "be");
    if (llvm::Error error =
            classifyScalars(context, signature, /*passesNarrow=*/true,
                            "calling convention swift", prototype))
      return std::move(error);
    break;
  case Rules::Unknown:
    if (llvm::Error error =
            classifyScalars(context, signature, /*passesNarrow=*/false,
                            "target '" + triple.str() + "'", prototype))
      return std::move(error);
    break;
  }
  finish(context, signature, prototype);
  return prototype;
}
