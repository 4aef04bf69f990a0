//===- snow-opt.cpp - Runs Snow's passes ----------------------------------===//
//
// For tests: mlir-opt with Snow's dialect and passes beside Plumb's.
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/passes/Passes.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"
#include "plumb/Passes/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  plumb::execution::Families families;
  plumb::execution::registerPlumb(registry, families);
  snow::passes::registerSnow(registry);
  plumb::registerPlumbPasses();
  snow::passes::registerSnowPasses();
  mlir::registerTransformsPasses();
  static mlir::PassPipelineRegistration<> pipeline(
      "snow-pipeline", "All of Snow's passes, in order",
      snow::passes::buildSnowPipeline);
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Snow's passes\n", registry));
}
