//===- DeclareIntrinsics.h - Records in a module of LLVM IR -----*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_DECLARE_DECLAREINTRINSICS_H
#define PLUMB_TOOLS_PLUMB_DECLARE_DECLAREINTRINSICS_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/Module.h"

namespace plumb {

/// A module with a declaration of each row, for the target of `triple`, as
/// programs are compiled with: the passes' own. Null after an error on stderr,
/// which names the rows that the target cannot call.
std::unique_ptr<llvm::Module>
makeDeclarations(llvm::LLVMContext &context,
                 llvm::ArrayRef<const plumb_intr_row *> rows,
                 llvm::StringRef triple);

/// Compares the module's own declaration or definition of a row's function, and
/// all its calls, with `record`, one of makeDeclarations. Each difference is an
/// error on stderr with both sides; false if there is one.
bool checkUses(const llvm::Function &function, const llvm::Function &record,
               const plumb_intr_row &row);

/// What checkUses calls a function: "'Clock.set' (clock.td:12)".
std::string describe(const plumb_intr_row &row);

/// "i64 (ptr, i1 zeroext)": the type, with the attributes that callers and
/// callees must agree on.
std::string describe(const llvm::Function &function);

} // namespace plumb

#endif // PLUMB_TOOLS_PLUMB_DECLARE_DECLAREINTRINSICS_H
