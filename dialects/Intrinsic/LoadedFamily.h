//===- LoadedFamily.h - A descriptor under construction ---------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_LOADEDFAMILY_H
#define PLUMB_DIALECTS_INTRINSIC_LOADEDFAMILY_H

#include "dialects/Intrinsic/Descriptor.h"
#include "dialects/Intrinsic/JsonObject.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include <vector>

namespace plumb::intr {

/// Reads the JSON of one family into descriptor structs and owns them.
class LoadedFamily {
public:
  LoadedFamily() : strings(memory) {}

  /// The descriptor is sound when this left no fault.
  void read(const JsonDocument &document, JsonFaults &faults);
  const plumb_intr_family &get() const { return family; }

private:
  void readTypes(const JsonObject &root);
  void readEnums(const JsonObject &root);
  void readStructs(const JsonObject &root);
  void readStatuses(const JsonObject &root);
  void readOptions(const JsonObject &root);
  void readOption(const JsonObject &object, plumb_intr_option &option);
  void readCallbacks(const JsonObject &root);
  void readRows(const JsonObject &root);
  void readRow(const JsonObject &object, plumb_intr_row &row);
  void readParam(const JsonObject &object, plumb_intr_param &param);
  llvm::ArrayRef<plumb_intr_param> readParams(const JsonObject &object);
  void checkCallback(const JsonObject &object, const plumb_intr_callback &cb);
  void checkRow(const JsonObject &object, const plumb_intr_row &row);
  /// "clock.day": the name of something of this family or, when it is not its
  /// own, of another.
  const char *qualifiedName(const JsonObject &object);
  const plumb_intr_type *typeOf(const JsonObject &object);
  uint32_t attributes(const JsonObject &object, llvm::StringRef key);

  template <typename T> llvm::MutableArrayRef<T> allocate(size_t count) {
    return {memory.Allocate<T>(count), count};
  }
  template <typename T> llvm::ArrayRef<T> keep(const std::vector<T> &items) {
    auto kept = allocate<T>(items.size());
    std::copy(items.begin(), items.end(), kept.begin());
    return kept;
  }

  llvm::BumpPtrAllocator memory;
  llvm::UniqueStringSaver strings;
  plumb_intr_family family = {};
  llvm::StringMap<plumb_intr_type *> types;
  llvm::StringMap<plumb_intr_enum *> enums;
  llvm::StringMap<plumb_intr_struct *> structs;
  llvm::StringMap<plumb_intr_callback *> callbacks;
};

/// Faults of a type in itself: its spelling in MLIR and its LLVM type follow
/// from its kind.
void checkType(const JsonObject &object, const plumb_intr_type &type);

/// Where each field has to be, and what is wrong about where it is.
void checkLayout(const JsonObject &object, const plumb_intr_struct &s);

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_LOADEDFAMILY_H
