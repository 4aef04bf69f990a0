//===- TargetAbi.h - How a target's C compilers pass values -----*- C++ -*-===//
//
// What clang does for a prototype, for the kinds that records have. A target
// that is not known here passes only what no C compiler could pass in another
// way: 64-bit integers, floats and pointers.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_PASSES_TARGETABI_H
#define PLUMB_PASSES_TARGETABI_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/CallSignature.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"

namespace mlir {
class ModuleOp;
}

namespace plumb {

/// How one value crosses the call.
struct AbiPassing {
  enum Kind {
    Direct,  ///< as it is
    Coerced, ///< its bytes as values of `parts`, at offsets 0 and 8
    ByVal,   ///< in memory that LLVM copies: `byval`
    Memory   ///< a pointer to the caller's copy, or to the result: `sret`
  };
  Kind kind = Direct;
  /// The LLVM parameters, one or two. A result of two is their struct.
  llvm::SmallVector<mlir::Type, 2> parts;
  /// `alignstack` of the parameter in bytes; 0 for none.
  unsigned stackAlign = 0;
  bool zeroExtends = false, signExtends = false;
};

/// A C signature as the target has it.
struct Prototype {
  mlir::LLVM::LLVMFunctionType type;
  mlir::LLVM::CConv cconv = mlir::LLVM::CConv::C;
  /// One for each C parameter.
  llvm::SmallVector<AbiPassing, 8> params;
  AbiPassing result;
  /// One for each LLVM parameter, the result's pointer before all others.
  llvm::SmallVector<mlir::DictionaryAttr, 8> argAttrs;
  mlir::DictionaryAttr resultAttrs; ///< null for no result
  bool hasStructReturn() const { return result.kind == AbiPassing::Memory; }
};

class TargetAbi {
public:
  explicit TargetAbi(llvm::StringRef triple);
  /// For the triple of the module or of one around it, then for `fallback`,
  /// then for this machine.
  static TargetAbi of(mlir::ModuleOp module, llvm::StringRef fallback = "");

  /// Fails when the signature needs something that is not known of the target.
  /// The message continues a sentence: "its struct 'clock.date' ...".
  llvm::Expected<Prototype> classify(mlir::MLIRContext *context,
                                     const CallSignature &signature) const;

  const llvm::Triple &getTriple() const { return triple; }

private:
  /// The rules that a call follows.
  enum class Rules { Unknown, SysV, Win64, Aapcs, Swift };
  llvm::Expected<Rules> chooseRules(plumb_intr_cc cc,
                                    mlir::LLVM::CConv &cconv) const;

  llvm::Triple triple;
};

/// Where each set of rules is. All fill `params` and `result` of a prototype.
namespace target {
void classifySysV(mlir::MLIRContext *context, const CallSignature &signature,
                  Prototype &prototype);
void classifyWin64(mlir::MLIRContext *context, const CallSignature &signature,
                   Prototype &prototype);
void classifyAapcs(mlir::MLIRContext *context, const CallSignature &signature,
                   Prototype &prototype);
} // namespace target

} // namespace plumb

#endif // PLUMB_PASSES_TARGETABI_H
