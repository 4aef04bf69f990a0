//===- DynamicDialect.cpp - A dialect without C++ -------------------------===//

#include "plumb/Intrinsic/DynamicDialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

using namespace mlir;
using namespace plumb::intr;

namespace {

/// A handle's type. Each has a type id of its own, which its dialect holds:
/// upstream's dynamic types would do, but can have no interfaces.
class RecordType : public Type::TypeBase<RecordType, Type, TypeStorage,
                                         MemRefElementTypeInterface::Trait,
                                         DataLayoutTypeInterface::Trait> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RecordType)
  using Base::Base;

  static bool classof(Type type);

  llvm::TypeSize getTypeSizeInBits(const DataLayout &,
                                   DataLayoutEntryListRef) const {
    return llvm::TypeSize::getFixed(64);
  }
  uint64_t getABIAlignment(const DataLayout &, DataLayoutEntryListRef) const {
    return 8;
  }
};

class FamilyDialect : public Dialect {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FamilyDialect)

  FamilyDialect(FamilyRef family, MLIRContext *context);

  Type parseType(DialectAsmParser &parser) const override;
  void printType(Type type, DialectAsmPrinter &printer) const override;

private:
  FamilyRef family;
  llvm::StringMap<std::unique_ptr<SelfOwningTypeID>> types; ///< by "zone"
};

} // namespace

bool RecordType::classof(Type type) {
  return isa<FamilyDialect>(type.getDialect());
}

static void walkNothing(Type, function_ref<void(Attribute)>,
                        function_ref<void(Type)>) {}
static Type replaceNothing(Type type, ArrayRef<Attribute>, ArrayRef<Type>) {
  return type;
}

FamilyDialect::FamilyDialect(FamilyRef ref, MLIRContext *context)
    : Dialect(ref->name, context, TypeID::get<FamilyDialect>()),
      family(std::move(ref)) {
  for (const plumb_intr_type *type : plumb::model::types(*family)) {
    StringRef name = type->mlir;
    if (!name.consume_front("!") || !plumb::model::isOf(*family, name))
      continue;
    auto [it, isNew] = types.try_emplace(plumb::model::plainName(name));
    if (!isNew)
      continue;
    it->second = std::make_unique<SelfOwningTypeID>();
    TypeID id = it->second->getTypeID();
    addType(id, AbstractType::get(*this, RecordType::getInterfaceMap(),
                                  RecordType::getHasTraitFn(), walkNothing,
                                  replaceNothing, id,
                                  StringAttr::get(context, name).getValue()));
    mlir::detail::TypeUniquer::registerType<RecordType>(context, id);
  }
}

Type FamilyDialect::parseType(DialectAsmParser &parser) const {
  StringRef name;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword(&name))
    return Type();
  auto it = types.find(name);
  if (it != types.end())
    return mlir::detail::TypeUniquer::getWithTypeID<RecordType>(
        getContext(), it->second->getTypeID());
  parser.emitError(loc) << "family '" << getNamespace() << "' has no type '"
                        << name << "'";
  return Type();
}

void FamilyDialect::printType(Type type, DialectAsmPrinter &printer) const {
  printer << plumb::model::plainName(type.getAbstractType().getName());
}

void plumb::intr::addDynamicDialect(DialectRegistry &registry,
                                    const FamilyRef &family) {
  registry.insert(
      TypeID::get<FamilyDialect>(), family->name,
      [family](MLIRContext *context) {
        context->getOrLoadDialect<IntrDialect>();
        return context->getOrLoadDialect(
            family->name, TypeID::get<FamilyDialect>(),
            [&] { return std::make_unique<FamilyDialect>(family, context); });
      });
}
