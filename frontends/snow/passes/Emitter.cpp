//===- Emitter.cpp - Operations in LLVM's dialect -------------------------===//

#include "frontends/snow/passes/Emitter.h"

using namespace mlir;
using namespace snow::passes;

static_assert(offsetof(plumb_object, count) == 0 &&
              offsetof(plumb_object, tag) == tagOffset &&
              offsetof(plumb_object, type) == typeOffset &&
              offsetof(plumb_data, fields) == fieldsOffset &&
              offsetof(plumb_string, length) == textOffset &&
              offsetof(plumb_fun, code) == codeOffset &&
              offsetof(plumb_fun, captures) == capturesOffset);

Emitter::Emitter(ModuleOp module)
    : context(module.getContext()), module(module),
      atEnd(module.getBodyRegion()) {
  atEnd.setInsertionPointToEnd(module.getBody());
  ptr = LLVM::LLVMPointerType::get(context);
  i8 = atEnd.getI8Type();
  i32 = atEnd.getI32Type();
  i64 = atEnd.getI64Type();
  none = LLVM::LLVMVoidType::get(context);
  header = LLVM::LLVMStructType::getLiteral(context, {i32, i32, ptr});
  frame = LLVM::LLVMStructType::getLiteral(context, {ptr, ptr, i32});
  for (Operation &op : *module.getBody())
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      names[symbol.getName()] = 1;
}

std::string Emitter::unique(StringRef stem) {
  std::string name = stem.str();
  while (unsigned number = names[name]++)
    name = (stem + "." + Twine(number)).str();
  return name;
}

Value Emitter::constant(Builder &b, Location loc, Type type, int64_t v) {
  return LLVM::ConstantOp::create(b, loc, type, b.getIntegerAttr(type, v));
}

Value Emitter::null(Builder &b, Location loc) {
  return LLVM::ZeroOp::create(b, loc, ptr);
}

Value Emitter::addressOf(Builder &b, Location loc, StringRef symbol) {
  return LLVM::AddressOfOp::create(b, loc, ptr, symbol);
}

Value Emitter::at(Builder &b, Location loc, Value address, int offset) {
  if (!offset)
    return address;
  return LLVM::GEPOp::create(b, loc, ptr, i8, address,
                             ArrayRef<LLVM::GEPArg>{offset},
                             LLVM::GEPNoWrapFlags::inbounds);
}

Value Emitter::load(Builder &b, Location loc, Type type, Value address,
                    int offset) {
  return LLVM::LoadOp::create(b, loc, type, at(b, loc, address, offset));
}

void Emitter::store(Builder &b, Location loc, Value value, Value address,
                    int offset) {
  LLVM::StoreOp::create(b, loc, value, at(b, loc, address, offset));
}

Value Emitter::toSlot(Builder &b, Location loc, Value value) {
  Type type = value.getType();
  if (type == ptr)
    return LLVM::PtrToIntOp::create(b, loc, i64, value);
  if (type.isInteger(1))
    return LLVM::ZExtOp::create(b, loc, i64, value);
  if (type.isF64())
    return LLVM::BitcastOp::create(b, loc, i64, value);
  return value;
}

Value Emitter::fromSlot(Builder &b, Location loc, Value slot, Type type) {
  if (type == ptr)
    return LLVM::IntToPtrOp::create(b, loc, ptr, slot);
  if (type.isInteger(1))
    return LLVM::TruncOp::create(b, loc, type, slot);
  if (type.isF64())
    return LLVM::BitcastOp::create(b, loc, type, slot);
  return slot;
}

LLVM::LLVMFuncOp Emitter::newFunction(StringRef stem, Type result,
                                      ArrayRef<Type> parameters) {
  auto function = LLVM::LLVMFuncOp::create(
      atEnd, atEnd.getUnknownLoc(), unique(stem),
      LLVM::LLVMFunctionType::get(result, parameters), LLVM::Linkage::Internal);
  function.setSymVisibility("private");
  return function;
}

/// What LLVM may know of a function of plumb/object.h.
static void describe(LLVM::LLVMFuncOp function) {
  StringRef name = function.getSymName();
  MLIRContext *context = function.getContext();
  auto unit = UnitAttr::get(context);
  function.setNoUnwind(true);
  if (name == "plumb_fail") {
    function.setPassthroughAttr(
        ArrayAttr::get(context, {StringAttr::get(context, "noreturn"),
                                 StringAttr::get(context, "cold")}));
  } else if (name == "plumb_frames") {
    // The same address as long as the thread lives.
    auto no = LLVM::ModRefInfo::NoModRef;
    function.setMemoryEffectsAttr(
        LLVM::MemoryEffectsAttr::get(context, {no, no, no, no, no, no}));
    function.setWillReturn(true);
  } else if (name == "plumb_new" || name == "plumb_new_closure") {
    function.setResultAttr(0, LLVM::LLVMDialect::getNoAliasAttrName(), unit);
    function.setResultAttr(0, LLVM::LLVMDialect::getNonNullAttrName(), unit);
  }
}

Type Emitter::typeOf(CValue value) const {
  switch (value) {
  case CValue::None:
    return none;
  case CValue::Pointer:
    return ptr;
  case CValue::Int32:
    return i32;
  case CValue::Int64:
    return i64;
  }
  llvm_unreachable("all kinds are handled");
}

Value Emitter::callRuntime(Builder &b, Location loc,
                           const RuntimeFunction &callee, Values arguments) {
  LLVM::LLVMFuncOp &function = runtime[callee.name];
  if (!function)
    function = module.lookupSymbol<LLVM::LLVMFuncOp>(callee.name);
  if (!function) {
    SmallVector<Type> types;
    for (CValue parameter : callee.parameters)
      types.push_back(typeOf(parameter));
    function = LLVM::LLVMFuncOp::create(
        atEnd, atEnd.getUnknownLoc(), callee.name,
        LLVM::LLVMFunctionType::get(typeOf(callee.result), types));
    function.setSymVisibility("private");
    describe(function);
  }
  auto call = LLVM::CallOp::create(b, loc, function, arguments);
  return call.getNumResults() ? call.getResult() : Value();
}

/// What plumb_object_retain and plumb_object_release are in C: LLVM puts them
/// where they are called.
LLVM::LLVMFuncOp Emitter::countFunction(Count what) {
  StringRef name = what == Count::Retain    ? "snow.retain"
                   : what == Count::Release ? "snow.release"
                                            : "snow.release_shared";
  LLVM::LLVMFuncOp &function = runtime[name];
  if (function)
    return function;
  function = newFunction(name, none, {ptr});
  function.setNoUnwind(true);
  LLVM::LLVMFuncOp made = function; // What is called here adds to the map.
  Block *entry = made.addEntryBlock(atEnd);
  OpBuilder b = OpBuilder::atBlockEnd(entry);
  Location loc = b.getUnknownLoc();
  Block *counted = b.createBlock(&made.getBody());
  Block *end = b.createBlock(&made.getBody(), made.getBody().end());
  Value object = entry->getArgument(0);
  b.setInsertionPointToEnd(entry);
  Value count = load(b, loc, i32, object, 0);
  Value zero = constant(b, loc, i32, 0);
  Value isCounted =
      LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::sgt, count, zero);
  LLVM::CondBrOp::create(b, loc, isCounted, counted, end);
  b.setInsertionPointToEnd(counted);
  Value next = LLVM::AddOp::create(
      b, loc, count, constant(b, loc, i32, what == Count::Retain ? 1 : -1));
  store(b, loc, next, object, 0);
  if (what != Count::Release) {
    LLVM::BrOp::create(b, loc, end);
  } else {
    Block *dead = b.createBlock(end);
    b.setInsertionPointToEnd(counted);
    Value isDead =
        LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, next, zero);
    LLVM::CondBrOp::create(b, loc, isDead, dead, end);
    b.setInsertionPointToEnd(dead);
    callRuntime(b, loc, SNOW_RUNTIME(plumb_free_object), {object});
    LLVM::BrOp::create(b, loc, end);
  }
  b.setInsertionPointToEnd(end);
  LLVM::ReturnOp::create(b, loc, ValueRange());
  return made;
}

void Emitter::retain(Builder &b, Location loc, Value object) {
  LLVM::CallOp::create(b, loc, countFunction(Count::Retain),
                       ValueRange(object));
}

void Emitter::release(Builder &b, Location loc, Value object) {
  LLVM::CallOp::create(b, loc, countFunction(Count::Release),
                       ValueRange(object));
}

void Emitter::releaseShared(Builder &b, Location loc, Value object) {
  LLVM::CallOp::create(b, loc, countFunction(Count::ReleaseShared),
                       ValueRange(object));
}
