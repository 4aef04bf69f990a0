//===- DialectHandles.cpp - The dialects for MLIR's C API -----------------===//

#include "execution/AddFamily.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/IR/MLIRContext.h"
#include "plumb-c/Dialects.h"

using namespace mlir;
using namespace plumb;

template <typename DialectT>
static Dialect *load(MLIRContext &context, const plumb_intr_family &family) {
  DialectRegistry registry;
  execution::addBuiltin<DialectT>(registry, family);
  context.appendDialectRegistry(registry);
  return context.getOrLoadDialect<DialectT>();
}

#define PLUMB_FAMILY(NAME, STEM)                                               \
  MlirDialectHandle mlirGetDialectHandle__##NAME##__() {                       \
    static const MlirDialectRegistrationHooks hooks = {                        \
        [](MlirDialectRegistry registry) {                                     \
          execution::addBuiltin<NAME::STEM##Dialect>(*unwrap(registry),        \
                                                     plumb_family_##NAME);     \
        },                                                                     \
        [](MlirContext context) {                                              \
          return wrap(load<NAME::STEM##Dialect>(*unwrap(context),              \
                                                plumb_family_##NAME));         \
        },                                                                     \
        [] { return wrap(NAME::STEM##Dialect::getDialectNamespace()); }};      \
    return {&hooks};                                                           \
  }
#include "execution/Families.def"

void mlirRegisterPlumbPasses() { registerPlumbPasses(); }
