//===- Family.h - A family that was built and checked -----------*- C++ -*-===//

#ifndef PLUMB_MODEL_FAMILY_H
#define PLUMB_MODEL_FAMILY_H

#include "plumb/Model/Views.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"
#include <string>
#include <vector>

namespace plumb::model {

/// A type of a family's file, by the name that the file gives it.
struct NamedType {
  const char *id; ///< "Str": the record's name
  const char *summary;
  bool isOwn; ///< of the family, not shared by all
  const plumb_intr_type *type;
};

/// A callback's documentation beyond the descriptor.
struct CallbackDoc {
  const char *description, *resultName;
};

/// A descriptor, the memory that it is in, and what the file says that only
/// generators ask for. What is built never changes.
class Family {
public:
  Family() : strings(memory) { descriptor.name = ""; }
  Family(const Family &) = delete;

  const plumb_intr_family &get() const { return descriptor; }

  /// All types, enums and structs that the file mentions, those of other
  /// families too. Types are in the order of their ids.
  std::vector<NamedType> types;
  std::vector<const plumb_intr_enum *> enums;
  std::vector<const plumb_intr_struct *> structs;
  /// Of callbacks(get()), in their order.
  std::vector<CallbackDoc> callbackDocs;

  /// "Str" of one of `types`.
  const char *idOf(const plumb_intr_type &type) const;
  const char *summaryOf(const plumb_intr_type &type) const;

  /// What generated C and C++ needs; empty when the file was no record file.
  std::string symbolPrefix, macroPrefix, cppNamespace, preamble, dialectClass;
  std::string version; ///< of the family's project; empty when not known

  /// For the builder, which alone writes: all pointers lead here.
  plumb_intr_family descriptor = {};
  llvm::BumpPtrAllocator memory;
  llvm::UniqueStringSaver strings;
};

/// In C, of a choice: "plumb_ws_queue_policy", an enum.
std::string choiceEnum(const Family &family, const plumb_intr_option &option);
/// "PLUMB_WS_QUEUE_POLICY_DROP_OLDEST"
std::string choiceName(const plumb_intr_option &option, llvm::StringRef choice);

} // namespace plumb::model

#endif // PLUMB_MODEL_FAMILY_H
