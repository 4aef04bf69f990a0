//===- IntrinsicInterfaces.cpp - What the rows say of an operation --------===//

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Kinds.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Mutex.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

#include "dialects/Intrinsic/IntrinsicInterfaces.cpp.inc"

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool plumb::intr::isHandleType(Type type) {
  StringRef dialect = type.getDialect().getNamespace();
  for (const plumb_intr_family *family :
       getRegistry(type.getContext()).families())
    if (dialect == family->name)
      for (const plumb_intr_type *own :
           ArrayRef(family->types, family->num_types))
        if (plumb::model::kindOf(own) == plumb::model::Kind::Handle &&
            getType(type.getContext(), *own) == type)
          return true;
  return false;
}

Type IntrDialect::getRecordType(const plumb_intr_type &type) {
  {
    llvm::sys::SmartScopedReader<true> lock(mutex);
    if (Type known = recordTypes.lookup(&type))
      return known;
  }
  StringRef text = type.mlir;
  if (text.consume_front("!") &&
      !getContext()->getLoadedDialect(text.split('.').first))
    return {};
  Type parsed = mlir::parseType(type.mlir, getContext());
  llvm::sys::SmartScopedWriter<true> lock(mutex);
  return recordTypes[&type] = parsed;
}

Type plumb::intr::getType(MLIRContext *context, const plumb_intr_type &type) {
  auto *dialect = context->getLoadedDialect<IntrDialect>();
  return dialect ? dialect->getRecordType(type) : Type();
}

bool plumb::intr::isStructType(Type type, StringRef name) {
  auto structType = dyn_cast<StructType>(type);
  return structType && structType.getName() == name;
}

bool plumb::intr::isPointerType(Type type, StringRef pointee) {
  auto pointer = dyn_cast<PointerType>(type);
  return pointer && pointer.getPointee() == pointee;
}

bool plumb::intr::takes(Type expected, Type actual) {
  return expected == actual ||
         (isPointerType(expected, "") && isa<PointerType>(actual));
}

bool plumb::intr::isVariadicOperandType(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.isSignless() && integer.getWidth() <= 64 &&
           llvm::isPowerOf2_32(integer.getWidth());
  return isa<Float32Type, Float64Type, PointerType, SlotType, StrType>(type) ||
         isHandleType(type);
}

FunctionType plumb::intr::getFunctionType(MLIRContext *context,
                                          const plumb_intr_row &row,
                                          const plumb_intr_param &param,
                                          bool withEnvironment) {
  return getFunctionType(context, *param.callback,
                         withEnvironment || getsEnvironment(row, param));
}

FunctionType plumb::intr::getFunctionType(MLIRContext *context,
                                          const plumb_intr_callback &callback,
                                          bool withEnvironment) {
  SmallVector<Type> params, results;
  for (const plumb_intr_param &p :
       ArrayRef(callback.params, callback.num_params))
    params.push_back(getType(context, *p.type));
  if (withEnvironment)
    params.push_back(SlotType::get(context));
  if (callback.result)
    results.push_back(getType(context, *callback.result));
  return FunctionType::get(context, params, results);
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

namespace {
/// A resource whose name is data; rows that name the same one share it.
class NamedResource : public SideEffects::Resource {
public:
  explicit NamedResource(StringRef name)
      : NamedResource(name, std::make_unique<SelfOwningTypeID>()) {}

  StringRef getName() final { return name; }

  static Resource *get(StringRef name) {
    static llvm::sys::SmartMutex<true> mutex;
    static llvm::StringMap<std::unique_ptr<NamedResource>> resources;
    llvm::sys::SmartScopedLock<true> lock(mutex);
    std::unique_ptr<NamedResource> &slot = resources[name];
    if (!slot)
      slot = std::make_unique<NamedResource>(name);
    return slot.get();
  }

private:
  NamedResource(StringRef name, std::unique_ptr<SelfOwningTypeID> id)
      : Resource(*id), name(name), id(std::move(id)) {}

  std::string name;
  std::unique_ptr<SelfOwningTypeID> id;
};
} // namespace

/// One that is kept may be called by whatever blocks later, and some runtimes
/// call it at once: both count as called.
static bool callsBack(const plumb_intr_row &row) {
  return row.flags & (PLUMB_INTR_ROW_CALLS_BACK | PLUMB_INTR_ROW_BLOCKS);
}

static bool isText(const plumb_intr_type *type) {
  model::Kind kind = model::kindOf(type);
  return kind == model::Kind::Text || kind == model::Kind::Bytes ||
         kind == model::Kind::CString;
}

static bool makesText(const plumb_intr_row &row) {
  return isText(row.result) ||
         llvm::any_of(model::params(row), [](const plumb_intr_param &p) {
           return model::isLeftBehind(p) && isText(p.type);
         });
}

/// Whether all regions around the operation, up to its function, run where they
/// stand, and not later or in another thread. A text lives as long as the
/// callback that made it: an equal one of an outer region may be gone when the
/// body of an async.execute runs.
static bool runsInPlace(Operation *op) {
  while ((op = op->getParentOp()) && !isa<FunctionOpInterface>(op))
    if (!llvm::is_contained({"scf", "affine", "memref", "linalg", "builtin"},
                            op->getName().getDialectNamespace()))
      return false;
  return true;
}

void plumb::intr::detail::getIntrinsicEffects(
    Operation *op, const plumb_intr_row *row,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  // A callback, an intrinsic that nobody knows and one that follows an address
  // may do anything.
  if (!row || callsBack(*row) || hasPointer(*row)) {
    effects.emplace_back(MemoryEffects::Read::get());
    effects.emplace_back(MemoryEffects::Write::get());
  }
  if (!row)
    return;
  for (const plumb_intr_effect &effect : model::effects(*row)) {
    SideEffects::Resource *resource = NamedResource::get(effect.resource);
    if (effect.reads)
      effects.emplace_back(MemoryEffects::Read::get(), resource);
    if (effect.writes)
      effects.emplace_back(MemoryEffects::Write::get(), resource);
  }
  if (makesText(*row) && !runsInPlace(op))
    effects.emplace_back(MemoryEffects::Read::get(),
                         NamedResource::get("intr.texts"));
}
