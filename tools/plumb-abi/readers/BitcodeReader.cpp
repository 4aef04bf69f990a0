//===- BitcodeReader.cpp - Signatures out of LLVM IR ----------------------===//
//
// From debug metadata where a function has it, else from its IR type and
// attributes.
//
//===----------------------------------------------------------------------===//

#include "tools/plumb-abi/readers/HeaderReader.h"
#include "tools/plumb-abi/readers/MetadataNode.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace plumb::abi;

/// DW_LANG_*; 0 when it is not known.
static unsigned languageOf(const DICompileUnit &unit) {
  DISourceLanguageName language = unit.getSourceLanguage();
  if (!language.hasVersionedName())
    return language.getUnversionedName();
  std::optional<dwarf::SourceLanguage> known = dwarf::toDW_LANG(
      dwarf::SourceLanguageName(language.getName()), language.getVersion());
  return known ? unsigned(*known) : 0;
}

namespace {
class ModuleReader {
public:
  ModuleReader(const Module &module, StringRef name, Runtime &runtime)
      : module(module), name(name), runtime(runtime), types(runtime.types) {}

  void read() {
    for (const GlobalVariable &variable : module.globals())
      note(variable.getName(), "no function, but a variable, in ");
    for (const Function &function : module)
      if (function.isDeclaration())
        note(function.getName(), "used, but not defined, in ");
      else
        readGlobal(function, function);
    for (const GlobalAlias &alias : module.aliases())
      if (auto *function = dyn_cast_or_null<Function>(alias.getAliaseeObject()))
        readGlobal(alias, *function);
  }

private:
  void note(StringRef symbol, const char *what) {
    runtime.others.try_emplace(symbol, (what + name).str());
  }

  void readGlobal(const GlobalValue &symbol, const Function &function) {
    if (symbol.hasLocalLinkage())
      return note(symbol.getName(), "local (static) in ");
    RuntimeFunction &made =
        runtime.add(symbol.getName(), name, symbol.hasDefaultVisibility());
    if (made.signature)
      return;
    const DISubprogram *debug = function.getSubprogram();
    bool hasTypes = debug && areTypesOf(*debug);
    if (debug) {
      made.file = debug->getFilename().str();
      made.line = debug->getLine();
    }
    made.source = hasTypes ? TypeSource::DebugMetadata : TypeSource::Ir;
    CSignature &signature =
        hasTypes ? const_cast<CSignature &>(types.signature(
                       MetadataNode(debug, languageOf(*debug->getUnit()))))
                 : lowered(function);
    nameParams(signature, function);
    setConvention(signature, function.getCallingConv());
    made.signature = &signature;
  }

  /// -gline-tables-only has no types, nor has rustc's debuginfo=1, and those of
  /// other languages are not what a call passes.
  static bool areTypesOf(const DISubprogram &debug) {
    return debug.getUnit() &&
           debug.getUnit()->getEmissionKind() == DICompileUnit::FullDebug &&
           isReadLanguage(languageOf(*debug.getUnit())) &&
           MetadataNode(&debug, languageOf(*debug.getUnit())).hasTypes();
  }

  /// From the variables of the body, where the metadata has left them.
  static void nameParams(CSignature &signature, const Function &function) {
    auto name = [&](unsigned position, StringRef text) {
      if (position < signature.params.size() &&
          signature.params[position].name.empty())
        signature.params[position].name = text.str();
    };
    if (signature.isLowered)
      for (const Argument &argument : function.args())
        name(argument.getArgNo(), argument.getName());
    for (const Instruction &instruction : function.getEntryBlock())
      for (const DbgVariableRecord &record :
           filterDbgVars(instruction.getDbgRecordRange()))
        if (record.getVariable()->getArg() &&
            !record.getDebugLoc().getInlinedAt())
          name(record.getVariable()->getArg() - 1,
               record.getVariable()->getName());
  }

  static void setConvention(CSignature &signature, CallingConv::ID convention) {
    switch (convention) {
    case CallingConv::C:
      return; // what the metadata says, if anything
    case CallingConv::PreserveMost:
      signature.cc = PLUMB_INTR_CC_PRESERVE_MOST;
      return;
    case CallingConv::PreserveAll:
      signature.cc = PLUMB_INTR_CC_PRESERVE_ALL;
      return;
    case CallingConv::Win64:
      signature.cc = PLUMB_INTR_CC_MS_ABI;
      return;
    case CallingConv::X86_64_SysV:
      signature.cc = PLUMB_INTR_CC_SYSV_ABI;
      return;
    case CallingConv::Swift:
      signature.cc = PLUMB_INTR_CC_SWIFT;
      return;
    case CallingConv::AArch64_VectorCall:
      signature.cc = PLUMB_INTR_CC_VECTOR;
      return;
    default:
      signature.otherConvention =
          "LLVM's convention " + std::to_string(convention);
    }
  }

  CSignature &lowered(const Function &function) {
    CSignature &made = runtime.types.makeSignature();
    made.isLowered = true;
    made.isVariadic = function.isVarArg();
    AttributeList attributes = function.getAttributes();
    made.result = lowered(function.getReturnType(), attributes.getRetAttrs());
    for (const Argument &argument : function.args())
      made.params.push_back(
          {argument.getName().str(),
           lowered(argument.getType(),
                   attributes.getParamAttrs(argument.getArgNo()))});
    return made;
  }

  const CType *lowered(Type *type, AttributeSet attributes) {
    CTypes &types = runtime.types;
    std::string text;
    raw_string_ostream(text) << *type;
    CSign sign = attributes.hasAttribute(Attribute::SExt)   ? CSign::Signed
                 : attributes.hasAttribute(Attribute::ZExt) ? CSign::Unsigned
                                                            : CSign::Unknown;
    if (sign != CSign::Unknown)
      text += sign == CSign::Signed ? " signext" : " zeroext";
    CType &made = types.make(CKind::Other, text);
    if (type->isVoidTy())
      made.kind = CKind::Void;
    if (type->isIntegerTy()) {
      made.kind = type->isIntegerTy(1) ? CKind::Bool : CKind::Int;
      made.bits = type->getIntegerBitWidth();
      made.sign = sign;
    }
    if (type->isFloatingPointTy()) {
      made.kind = CKind::Float;
      made.bits = type->getPrimitiveSizeInBits();
    }
    // `byval` and `sret` are how the target passes a struct by value.
    if (attributes.hasAttribute(Attribute::ByVal) ||
        attributes.hasAttribute(Attribute::StructRet))
      made.name += " of a struct by value";
    else if (type->isPointerTy())
      made.kind = CKind::Pointer;
    return &made;
  }

  const Module &module;
  StringRef name;
  Runtime &runtime;
  DebugTypes<MetadataNode> types;
};
} // namespace

/// Null, with the reason in `error`, for what is no LLVM IR.
static std::unique_ptr<Module> parse(MemoryBufferRef buffer, StringRef name,
                                     LLVMContext &context, Error &error) {
  ErrorAsOutParameter asOut(&error);
  std::string problem;
  // Without a handler LLVM prints, and ends the process.
  context.setDiagnosticHandlerCallBack(
      [](const DiagnosticInfo *info, void *text) {
        if (info->getSeverity() != DS_Error)
          return;
        raw_string_ostream os(*static_cast<std::string *>(text));
        DiagnosticPrinterRawOStream printer(os);
        info->print(printer);
      },
      &problem);
  SMDiagnostic diagnostic;
  std::unique_ptr<Module> module = parseIR(buffer, diagnostic, context);
  if (!module || !problem.empty()) {
    std::string where =
        diagnostic.getLineNo() > 0
            ? "line " + std::to_string(diagnostic.getLineNo()) + ": "
            : "";
    error = createStringError(
        "'" + name + "' is no LLVM IR that this LLVM can read: " + where +
        (problem.empty() ? diagnostic.getMessage().str() : problem));
    module.reset();
  }
  return module;
}

/// The debug information of a variable's type; null without any.
static const DIType *typeOf(const GlobalVariable &variable) {
  SmallVector<DIGlobalVariableExpression *> debug;
  variable.getDebugInfo(debug);
  return debug.empty() ? nullptr : debug.front()->getVariable()->getType();
}

/// Text that a pointer leads to; none when it is not UTF-8.
static std::optional<std::string> textAt(const Constant &pointer) {
  auto *global = dyn_cast<GlobalVariable>(pointer.stripPointerCasts());
  if (!global || !global->hasInitializer())
    return std::nullopt;
  const Constant *bytes = global->getInitializer();
  auto *array = dyn_cast<ArrayType>(bytes->getType());
  if (!array || !array->getElementType()->isIntegerTy(8))
    return std::nullopt;
  std::string text;
  if (auto *data = dyn_cast<ConstantDataArray>(bytes))
    text = data->getAsString().str();
  else
    text.assign(array->getNumElements(), '\0');
  if (!text.empty() && text.back() == '\0')
    text.pop_back();
  if (!json::isUTF8(text))
    return std::nullopt;
  return text;
}

/// What the initializer is; false for what is no constant of a record.
static bool readValue(const Constant &value, RuntimeConstant &made) {
  if (auto *integer = dyn_cast<ConstantInt>(&value)) {
    if (integer->getBitWidth() > 64)
      return false;
    made.kind = RuntimeConstant::Integer;
    bool isUnsigned = strip(made.type).sign == CSign::Unsigned ||
                      strip(made.type).kind == CKind::Bool;
    made.integer =
        isUnsigned ? integer->getZExtValue() : integer->getSExtValue();
    return true;
  }
  if (auto *number = dyn_cast<ConstantFP>(&value)) {
    if (!number->getType()->isDoubleTy() && !number->getType()->isFloatTy())
      return false;
    made.kind = RuntimeConstant::Float;
    made.number = number->getType()->isDoubleTy()
                      ? number->getValueAPF().convertToDouble()
                      : number->getValueAPF().convertToFloat();
    return number->getValueAPF().isFinite();
  }
  if (!value.getType()->isPointerTy())
    return false;
  if (std::optional<std::string> text = textAt(value)) {
    made.kind = RuntimeConstant::Text;
    made.text = std::move(*text);
    return true;
  }
  auto *cast = dyn_cast<ConstantExpr>(&value);
  auto *address = cast && cast->getOpcode() == Instruction::IntToPtr
                      ? dyn_cast<ConstantInt>(cast->getOperand(0))
                      : nullptr;
  if (!address && !isa<ConstantPointerNull>(value))
    return false; // of a function or variable
  made.kind = RuntimeConstant::Address;
  made.integer = address ? address->getSExtValue() : 0;
  return true;
}

Error plumb::abi::readProbes(MemoryBufferRef bitcode, Probes probes,
                             Runtime &runtime) {
  LLVMContext context;
  Error error = Error::success();
  std::unique_ptr<Module> module =
      parse(bitcode, bitcode.getBufferIdentifier(), context, error);
  if (!module)
    return error;
  DebugTypes<MetadataNode> types(runtime.types);
  unsigned language = 0;
  for (const DICompileUnit *unit : module->debug_compile_units())
    language = languageOf(*unit);
  // In C++ the symbol of a static variable is not its name.
  StringMap<GlobalVariable *> byName;
  for (GlobalVariable &variable : module->globals()) {
    SmallVector<DIGlobalVariableExpression *> debug;
    variable.getDebugInfo(debug);
    if (!debug.empty())
      byName[debug.front()->getVariable()->getName()] = &variable;
  }
  auto find = [&](const char *kind, size_t i) {
    return byName.lookup(kind + std::to_string(i));
  };
  auto pointeeOf = [&](const GlobalVariable *probe) {
    auto *pointer =
        probe ? dyn_cast_or_null<DIDerivedType>(typeOf(*probe)) : nullptr;
    return pointer ? pointer->getBaseType() : nullptr;
  };
  for (auto [i, function] : enumerate(probes.functions)) {
    // `init_fn init;` declares a function through a typedef of its type.
    const DIType *pointee = pointeeOf(find("plumb_probe_", i));
    while (auto *derived = dyn_cast_or_null<DIDerivedType>(pointee))
      pointee = derived->getBaseType();
    auto *type = dyn_cast_or_null<DISubroutineType>(pointee);
    if (!type)
      continue;
    function->declared = &types.signature(MetadataNode(type, language));
  }
  for (auto [i, type] : enumerate(probes.types))
    if (const DIType *pointee = pointeeOf(find("plumb_type_", i))) {
      type.type = types.type(MetadataNode(pointee, language));
      runtime.declaredTypes.push_back(std::move(type));
    }
  for (auto [i, constant] : enumerate(probes.constants)) {
    GlobalVariable *probe = find("plumb_constant_", i);
    const DIType *type = probe ? typeOf(*probe) : nullptr;
    if (!type || !probe->hasInitializer())
      continue;
    constant.type = types.type(MetadataNode(type, language));
    if (readValue(*probe->getInitializer(), constant))
      runtime.constants.push_back(std::move(constant));
  }
  return error;
}

Error plumb::abi::readBitcode(MemoryBufferRef buffer, StringRef name,
                              Runtime &runtime) {
  LLVMContext context;
  Error error = Error::success();
  std::unique_ptr<Module> module = parse(buffer, name, context, error);
  if (!module)
    return error;
  const Triple &triple = module->getTargetTriple();
  if (triple.getArch() != Triple::UnknownArch)
    if (Error wrong = checkArchitecture(
            Triple::getArchTypeName(triple.getArch()), triple.isArch64Bit(),
            triple.isLittleEndian(), name, runtime))
      return wrong;
  ModuleReader(*module, name, runtime).read();
  return error;
}
