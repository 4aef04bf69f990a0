//===- AddFamily.h - One built-in family into a registry --------*- C++ -*-===//

#ifndef PLUMB_EXECUTION_ADDFAMILY_H
#define PLUMB_EXECUTION_ADDFAMILY_H

#include "execution/FamilyDialects.h"
#include "execution/Inlining.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Passes/Passes.h"

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_family plumb_family_##NAME;
#include "execution/Families.def"

namespace plumb::execution {

/// The dialect and the family, with all that other passes ask of them.
template <typename DialectT>
void addBuiltin(mlir::DialectRegistry &registry,
                const plumb_intr_family &family) {
  registry.insert<DialectT>();
  intr::addFamily(registry, intr::borrowFamily(family));
  registerConvertIntrinsicsToLLVMInterface(registry, family);
  addInlining(registry, DialectT::getDialectNamespace());
}

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_ADDFAMILY_H
