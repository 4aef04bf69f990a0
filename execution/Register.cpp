//===- Register.cpp - What every tool knows -------------------------------===//

#include "plumb/Execution/Register.h"
#include "execution/AddFamily.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/Transforms/InlinerInterfaceImpl.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

void plumb::execution::registerFamilies(DialectRegistry &registry,
                                        const Families &families) {
#define PLUMB_FAMILY(NAME, STEM)                                               \
  addBuiltin<NAME::STEM##Dialect>(registry, plumb_family_##NAME);
#include "execution/Families.def"
  families.addLoadedTo(registry);
}

static void insertUpstreamDialects(DialectRegistry &registry) {
  registry
      .insert<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect,
              index::IndexDialect, LLVM::LLVMDialect, math::MathDialect,
              memref::MemRefDialect, scf::SCFDialect, ub::UBDialect>();
}

bool plumb::execution::isUpstreamDialect(llvm::StringRef name) {
  DialectRegistry upstream;
  insertUpstreamDialects(upstream);
  return name == "builtin" || upstream.getDialectAllocator(name);
}

void plumb::execution::registerPlumb(DialectRegistry &registry) {
  registerPlumb(registry, Families());
}

void plumb::execution::registerPlumb(DialectRegistry &registry,
                                     const Families &families) {
  registerFamilies(registry, families);
  insertUpstreamDialects(registry);

  func::registerInlinerExtension(registry);
  LLVM::registerInlinerInterface(registry);

  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  index::registerConvertIndexToLLVMInterface(registry);
  registerConvertFuncToLLVMInterface(registry);
  registerConvertMathToLLVMInterface(registry);
  registerConvertMemRefToLLVMInterface(registry);
  ub::registerConvertUBToLLVMInterface(registry);

  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}
