//===- RuntimeDeclaration.cpp ---------------------------------------------===//

#include "passes/RuntimeDeclaration.h"
#include "mlir/IR/Builders.h"
#include "model/Memory.h"
#include "plumb/Intrinsic/Control.h"
#include "plumb/Intrinsic/Registry.h"
#include "plumb/Model/Scheme.h"

using namespace mlir;
using namespace plumb;

//===----------------------------------------------------------------------===//
// What the program can reach
//===----------------------------------------------------------------------===//

/// A runtime that hands out or takes addresses shares its memory with the
/// program: none of it is inaccessible.
static bool sharesMemory(const plumb_intr_row &row) {
  return llvm::any_of(
      ArrayRef(row.family->rows, row.family->num_rows),
      [](const plumb_intr_row &r) { return intr::hasPointer(r); });
}

//===----------------------------------------------------------------------===//
// Function attributes
//===----------------------------------------------------------------------===//

/// Whether code of the program may run before the call returns. What runs an
/// event loop runs the callbacks that others left there; and what keeps one may
/// call it at once.
static bool callsBack(const plumb_intr_row &row) {
  return row.flags & (PLUMB_INTR_ROW_BLOCKS | PLUMB_INTR_ROW_CALLS_BACK);
}

/// What a call that does not call back does to what is not its arguments. A
/// write may read as well (join looks before it writes), and making a fresh
/// result changes the arena.
static LLVM::ModRefInfo getStateAccess(const plumb_intr_row &row) {
  bool writes =
      row.flags & PLUMB_INTR_ROW_FRESH_RESULT ||
      llvm::any_of(ArrayRef(row.effects, row.num_effects),
                   [](const plumb_intr_effect &e) { return e.writes; });
  if (writes)
    return LLVM::ModRefInfo::ModRef;
  return row.num_effects ? LLVM::ModRefInfo::Ref : LLVM::ModRefInfo::NoModRef;
}

/// What it does to memory that its arguments point to.
static LLVM::ModRefInfo getArgumentAccess(const plumb_intr_row &row) {
  LLVM::ModRefInfo access = LLVM::ModRefInfo::NoModRef;
  for (const plumb_intr_param &p : model::params(row)) {
    if (model::writesThrough(p))
      return LLVM::ModRefInfo::ModRef;
    if (model::readsThrough(p))
      access = LLVM::ModRefInfo::Ref;
  }
  if (row.result && row.result->structure)
    return LLVM::ModRefInfo::ModRef;
  return access;
}

/// The stronger of the two.
static LLVM::ModRefInfo merge(LLVM::ModRefInfo a, LLVM::ModRefInfo b) {
  return static_cast<LLVM::ModRefInfo>(static_cast<uint64_t>(a) |
                                       static_cast<uint64_t>(b));
}

static LLVM::MemoryEffectsAttr getMemoryEffects(MLIRContext *context,
                                                const plumb_intr_row &row) {
  LLVM::ModRefInfo none = LLVM::ModRefInfo::NoModRef;
  LLVM::ModRefInfo state = getStateAccess(row);
  // The runtime's memory is the program's too, then.
  LLVM::ModRefInfo other = state != none && sharesMemory(row) ? state : none;
  return LLVM::MemoryEffectsAttr::get(
      context, other, merge(getArgumentAccess(row), other), state,
      /*errnoMem: the guard around a body keeps errno=*/none,
      /*targetMem0=*/other, /*targetMem1=*/other);
}

static void addFunctionAttrs(LLVM::LLVMFuncOp function,
                             const plumb_intr_row &row, bool visible) {
  MLIRContext *context = function.getContext();
  // The C functions are noexcept, and a callback cannot throw either.
  function.setNoUnwind(true);
  if (!intr::comesBack(row)) {
    // What the program has written until then may be read by others.
    function.setPassthroughAttr(
        ArrayAttr::get(context, {StringAttr::get(context, "cold"),
                                 StringAttr::get(context, "noreturn")}));
    return;
  }
  // Objects are the program's memory, too, whose counts compiled code changes;
  // comparing them may call its functions.
  if (callsBack(row) || model::hasErased(row))
    return;
  // One that fails ends what called it.
  if (!model::mayFail(row))
    function.setWillReturn(true);
  SmallVector<Attribute> passthrough = {StringAttr::get(context, "nocallback")};
  // What is behind an address is not in the record.
  bool isOpen = intr::hasPointer(row);
  if (!row.num_effects && !isOpen)
    passthrough.push_back(StringAttr::get(context, "nosync"));
  function.setPassthroughAttr(ArrayAttr::get(context, passthrough));
  if (!visible && !isOpen)
    function.setMemoryEffectsAttr(getMemoryEffects(context, row));
}

LLVM::LLVMFuncOp plumb::declareRuntimeFunction(OpBuilder &builder, Location loc,
                                               const plumb_intr_row &row,
                                               const Prototype &prototype,
                                               bool visible) {
  auto function = LLVM::LLVMFuncOp::create(
      builder, loc, row.symbol, prototype.type, LLVM::Linkage::External,
      /*dsoLocal=*/false, prototype.cconv, /*comdat=*/{}, /*attrs=*/{},
      prototype.argAttrs);
  function.setSymVisibility("private");
  if (prototype.resultAttrs)
    function.setResAttrsAttr(builder.getArrayAttr({prototype.resultAttrs}));
  addFunctionAttrs(function, row, visible);
  return function;
}

//===----------------------------------------------------------------------===//
// Declarations that a module has already
//===----------------------------------------------------------------------===//

/// Attributes that decide where a value is; the others are promises.
static bool isAbiAttr(StringRef name) {
  return llvm::is_contained({"llvm.zeroext", "llvm.signext", "llvm.byval",
                             "llvm.sret", "llvm.align", "llvm.alignstack"},
                            name);
}

void plumb::completeAbi(FunctionOpInterface declaration,
                        const Prototype &prototype) {
  for (auto [index, attrs] : llvm::enumerate(prototype.argAttrs))
    for (NamedAttribute attr : attrs)
      if (isAbiAttr(attr.getName()))
        declaration.setArgAttr(index, attr.getName(), attr.getValue());
  if (prototype.resultAttrs)
    for (NamedAttribute attr : prototype.resultAttrs)
      if (isAbiAttr(attr.getName()))
        declaration.setResultAttr(0, attr.getName(), attr.getValue());
}
