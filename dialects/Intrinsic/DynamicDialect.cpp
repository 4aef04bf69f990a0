//===- DynamicDialect.cpp - A dialect without C++ -------------------------===//

#include "plumb/Intrinsic/DynamicDialect.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/ExtensibleDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

using namespace mlir;

static std::unique_ptr<DynamicTypeDefinition>
defineType(StringRef name, ExtensibleDialect *dialect) {
  auto verify = [](function_ref<InFlightDiagnostic()> emitError,
                   ArrayRef<Attribute> params) -> LogicalResult {
    if (params.empty())
      return success();
    return emitError() << "a handle has no parameters";
  };
  return DynamicTypeDefinition::get(
      name, dialect, verify,
      [](AsmParser &, SmallVectorImpl<Attribute> &) { return success(); },
      [](AsmPrinter &, ArrayRef<Attribute>) {});
}

void plumb::intr::addDynamicDialect(DialectRegistry &registry,
                                    const FamilyRef &family) {
  registry.insertDynamic(
      family->name, [family](MLIRContext *context, DynamicDialect *dialect) {
        context->getOrLoadDialect<IntrDialect>();
        for (const plumb_intr_type *type : model::types(*family))
          dialect->registerDynamicType(
              defineType(model::plainName(type->mlir), dialect));
      });
}
