//===- Impl.h - What is behind the opaque structs ---------------*- C++ -*-===//

#ifndef PLUMB_CAPI_IMPL_H
#define PLUMB_CAPI_IMPL_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "plumb-c/Plumb.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/IR/LLVMContext.h"
#include <cstring>
#include <deque>
#include <memory>
#include <optional>

namespace plumb::capi {

/// The number in an enum that C passed, which may be none of its values: to
/// read such a one as the enum is undefined in C++.
template <typename EnumT> unsigned numberOf(const EnumT &value) {
  unsigned number;
  static_assert(sizeof(number) == sizeof(value));
  std::memcpy(&number, &value, sizeof(number));
  return number;
}

/// Numbers of a table that belongs to one owner, so that any other number is
/// found out: the owner's serial number above, the position from 1 below.
template <typename T> class Table {
public:
  uint64_t add(T item) {
    items.push_back(item);
    return uint64_t(serial) << 32 | items.size();
  }
  /// Null for a number that is not of this table.
  T lookup(uint64_t id) const {
    size_t index = uint32_t(id);
    if (uint32_t(id >> 32) != serial || !index || index > items.size())
      return T();
    return items[index - 1];
  }
  /// All numbers so far are refused from now on.
  void clear(uint32_t newSerial) {
    items.clear();
    serial = newSerial;
  }

private:
  std::vector<T> items;
  uint32_t serial = 0;
};

/// Different for each owner of a process.
uint32_t nextSerial();

/// Modules keep it alive.
struct Context {
  Context();

  PlumbStatus fail(PlumbStatus status, const llvm::Twine &message,
                   std::optional<mlir::Location> loc = std::nullopt);
  uint64_t idOf(mlir::Type type);
  mlir::Type lookup(PlumbType type) const { return types.lookup(type.id); }
  /// Tells the handler what LLVM's code generation says.
  void forwardFrom(llvm::LLVMContext &llvmContext);

  plumb::execution::Families families;
  mlir::MLIRContext mlir;
  PlumbDiagnosticHandler handler = nullptr;
  void *user = nullptr;
  Table<mlir::Type> types;
  llvm::DenseMap<mlir::Type, uint64_t> typeIds;
  llvm::DenseMap<mlir::Type, const char *> typeTexts;
  std::deque<std::string> texts;
};

/// Why `text` cannot be given to MLIR's parser, which recurses; "" when it can.
std::string whyTooDeep(llvm::StringRef text);

PlumbText makeText(llvm::StringRef text);

/// Sets what a function gives through a pointer to zero.
template <typename T> void clear(T *out) {
  if (out)
    *out = T();
}

} // namespace plumb::capi

struct PlumbContext {
  std::shared_ptr<plumb::capi::Context> state =
      std::make_shared<plumb::capi::Context>();
};

struct PlumbModule {
  PlumbModule(std::shared_ptr<plumb::capi::Context> state,
              mlir::OwningOpRef<mlir::ModuleOp> op, llvm::StringRef name);

  PlumbStatus fail(PlumbStatus status, const llvm::Twine &message) {
    return state->fail(status, message, loc);
  }
  /// For defects of the front end: the message begins with the function.
  PlumbStatus misuse(const char *function, const llvm::Twine &message) {
    return fail(PLUMB_STATUS_MISUSE, llvm::Twine(function) + ": " + message);
  }
  PlumbStatus misuse(const char *function, const char *message) {
    return misuse(function, llvm::Twine(message));
  }
  /// Refuses all numbers that were given out.
  void forget();

  uint64_t idOf(mlir::Value value) { return values.add(value); }
  /// The value, usable where the next operation goes; null after an error.
  mlir::Value use(const char *function, PlumbValue value);
  bool useAll(const char *function, const PlumbValue *ids, size_t num,
              llvm::SmallVectorImpl<mlir::Value> &found);
  bool typesOf(const char *function, const PlumbType *ids, size_t num,
               llvm::SmallVectorImpl<mlir::Type> &found);
  /// Whether an operation can be added; false after an error.
  bool canBuild(const char *function);
  /// The new operation's one result, as a number.
  PlumbStatus give(mlir::Operation *op, PlumbValue *value);
  /// All results; `op` is erased when they do not fit or it is not valid.
  PlumbStatus giveAll(const char *function, mlir::Operation *op,
                      PlumbValue *results, size_t num);

  std::shared_ptr<plumb::capi::Context> state;
  mlir::OwningOpRef<mlir::ModuleOp> op;
  std::string name;
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::Block *block = nullptr;               ///< where operations go
  std::unique_ptr<mlir::SymbolTable> symbols; ///< none while passes run
  plumb::capi::Table<mlir::func::FuncOp> functions;
  plumb::capi::Table<mlir::Block *> blocks;
  plumb::capi::Table<mlir::Value> values;
};

#endif // PLUMB_CAPI_IMPL_H
