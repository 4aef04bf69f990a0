//===- IntrinsicDialect.h - The intr dialect --------------------*- C++ -*-===//
//
// Types, operations and the op interface that every intrinsic implements. The
// generated family dialects include this header.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_INTRINSICDIALECT_H
#define PLUMB_INTRINSIC_INTRINSICDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "plumb/Intrinsic/Registry.h"

namespace plumb::intr {

/// The families of the context; none while it has not loaded the intr dialect.
const Registry &getRegistry(mlir::MLIRContext *context);

/// Adds the family to every context that uses `registry`, once it loads the
/// intr dialect. Adding it again does nothing. A family that clashes with
/// another one there is a fatal error: who loads families from files checks
/// them against a Registry of those before.
void addFamily(mlir::DialectRegistry &registry, FamilyRef family);

/// Whether the type is a handle of a registered family.
bool isHandleType(mlir::Type type);
/// Whether the type is `!intr.struct<"name">`.
bool isStructType(mlir::Type type, llvm::StringRef name);

/// Whether the type is `!intr.ptr<"pointee">`; "" for `!intr.ptr`.
bool isPointerType(mlir::Type type, llvm::StringRef pointee);
/// Whether a value of type `actual` may be an argument or result of type
/// `expected`: they are one, or any pointer where C has `void *`.
bool takes(mlir::Type expected, mlir::Type actual);

/// Whether a value of the type may be what a type variable stands for, and an
/// element of an object.
bool isErasable(mlir::Type type);

/// The type of the record's parameter or result in this context, with
/// `!intr.var` for variables; null when the
/// dialect that has it is not loaded.
mlir::Type getType(mlir::MLIRContext *context, const plumb_intr_type &type);

/// The type of the program's function for callback `param` of `row`;
/// `withEnvironment` says that the call gives it one.
mlir::FunctionType getFunctionType(mlir::MLIRContext *context,
                                   const plumb_intr_row &row,
                                   const plumb_intr_param &param,
                                   bool withEnvironment = false);

/// The attribute with the names of the callbacks that a call gives
/// environments, which are its last operands, in that order.
inline constexpr llvm::StringLiteral environmentNames = "environment_names";

/// How many of the last operands of `op`, a call of `row`, are environments.
unsigned numEnvironments(mlir::Operation *op, const plumb_intr_row &row);
/// Which operand of `op`, a verified call, is the environment of callback
/// `param`; nothing when the call gives it none.
std::optional<unsigned> environmentOperand(mlir::Operation *op,
                                           const plumb_intr_param &param);
/// Whether operations of the name can give environments. `intr.call` can.
bool takesEnvironments(mlir::RegisteredOperationName name);
/// Why a call of `row` cannot give its callback `param` an environment of its
/// own; empty when it can.
std::string whyNoEnvironment(const plumb_intr_row &row,
                             const plumb_intr_param &param);
/// Checks the environments of `op`, a call of the row: names and types. Emits
/// an error for each mistake.
llvm::LogicalResult verifyEnvironments(mlir::Operation *op,
                                       const plumb_intr_row &row);

/// The type of the program's function for a callback that stands alone. With an
/// environment it has one more, last parameter, a slot.
mlir::FunctionType getFunctionType(mlir::MLIRContext *context,
                                   const plumb_intr_callback &callback,
                                   bool withEnvironment);

/// Where intr.address, intr.load and intr.store go: elements of `stride` bytes,
/// and `offset` bytes into one.
struct MemoryPlace {
  uint64_t stride = 1;
  uint64_t offset = 0;
  const plumb_intr_field *field = nullptr; ///< null for the whole element
  bool isWholeArray = false;
  /// Of the value there, to be loaded or stored; null for a whole array, and
  /// for anything when neither a struct nor a type says it.
  mlir::Type type;
};
/// For the struct and the path of the operation, each empty when it has none,
/// and the type of the value, null for intr.address. None, with the reason in
/// `why`.
std::optional<MemoryPlace> findPlace(mlir::MLIRContext *context,
                                     llvm::StringRef structure,
                                     llvm::StringRef path, mlir::Type value,
                                     std::string &why);

/// Whether a value of the type may be a variadic operand: C's default
/// promotions and the target's `...` are defined for it.
bool isVariadicOperandType(mlir::Type type);

/// Checks `symbol` as the function of parameter `param` of `row`: it exists
/// and has the type of getFunctionType(). Emits errors at `op`.
llvm::LogicalResult verifyCallback(mlir::Operation *op,
                                   const plumb_intr_row &row,
                                   const plumb_intr_param &param,
                                   mlir::FlatSymbolRefAttr symbol,
                                   mlir::SymbolTableCollection &symbolTable,
                                   bool withEnvironment = false);

/// Checks the options that `op`, an operation of the row or a call by its
/// source name, has among its attributes: names, types, ranges and choices.
/// Emits an error for each mistake.
llvm::LogicalResult verifyOptions(mlir::Operation *op,
                                  const plumb_intr_row &row);

namespace detail {
/// The default implementations of IntrinsicOpInterface. `row` may be null.
void getIntrinsicEffects(
    mlir::Operation *op, const plumb_intr_row *row,
    llvm::SmallVectorImpl<
        mlir::SideEffects::EffectInstance<mlir::MemoryEffects::Effect>>
        &effects);
mlir::Speculation::Speculatability
getIntrinsicSpeculatability(mlir::Operation *op, const plumb_intr_row *row);
llvm::LogicalResult verifyIntrinsic(mlir::Operation *op);
mlir::ParseResult parseEnvironments(
    mlir::OpAsmParser &parser,
    llvm::SmallVectorImpl<mlir::OpAsmParser::UnresolvedOperand> &values,
    mlir::ArrayAttr &names);
void printEnvironments(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                       mlir::OperandRange values, mlir::ArrayAttr names);
llvm::LogicalResult verifyCallbacks(mlir::Operation *op,
                                    mlir::SymbolTableCollection &symbolTable);
} // namespace detail

} // namespace plumb::intr

#include "plumb/Intrinsic/IntrinsicInterfaces.h.inc"

#include "plumb/Intrinsic/IntrDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "plumb/Intrinsic/IntrTypes.h.inc"

#define GET_OP_CLASSES
#include "plumb/Intrinsic/IntrOps.h.inc"

#endif // PLUMB_INTRINSIC_INTRINSICDIALECT_H
