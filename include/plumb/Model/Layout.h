//===- Layout.h - Structs and unions in memory ------------------*- C++ -*-===//
//
// What follows from a struct's record: sizes, what it is made of, and where a
// path leads. Depends on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_LAYOUT_H
#define PLUMB_MODEL_LAYOUT_H

#include "plumb/Model/Views.h"
#include <optional>

namespace plumb::model {

/// Bytes of a value in memory, and what they are aligned to.
uint32_t sizeOf(const plumb_intr_type &type);
uint32_t alignOf(const plumb_intr_type &type);

/// Whether it has bit-fields or a flexible array member, so that no value of it
/// can be passed, made or copied.
bool isInMemoryOnly(const plumb_intr_struct &structure);
/// Whether it is a union, or has one in it.
bool hasUnion(const plumb_intr_struct &structure);

/// A scalar of a struct, at an offset in bytes.
struct Leaf {
  uint32_t offset;
  plumb_intr_llvm_type type;
};
/// All scalars in the order of the fields, those of unions one over the other.
/// Of a struct that is larger than `maxSize` none: nobody asks.
llvm::SmallVector<Leaf> leavesOf(const plumb_intr_struct &structure,
                                 uint32_t maxSize = 64);

/// Where a path such as "when.year", "days[3]" or "u.reserved[1]" leads.
struct FieldPlace {
  const plumb_intr_field *field; ///< the last of the path
  uint32_t offset = 0;           ///< bytes from the start of the struct
  /// Elements from there on, of an array without an index; otherwise 1.
  uint32_t count = 1;
  bool isWholeArray = false;
  bool isInUnion = false;
  /// Of a struct's fields and an array's elements; of no use in a union.
  llvm::SmallVector<int64_t, 4> indices;
};
/// None, with the reason in `why`, which continues "of struct ...": "has no
/// field 'x'; it has a, b".
std::optional<FieldPlace> findField(const plumb_intr_struct &structure,
                                    llvm::StringRef path, std::string &why);

/// "int64_t days[7]", "uint32_t mode : 3": the field in C.
std::string declare(const plumb_intr_field &field);
/// "i32", "i32 x 7", "i32 : 3": the field in MLIR.
std::string describeType(const plumb_intr_field &field);

} // namespace plumb::model

#endif // PLUMB_MODEL_LAYOUT_H
