//===- TypeTable.h - Makes the types of a program ---------------*- C++ -*-===//

#ifndef SNOW_CORE_TYPETABLE_H
#define SNOW_CORE_TYPETABLE_H

#include "frontends/snow/core/Type.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

namespace snow::core {

/// Owns the types that it makes; equal ones are one object. One thread.
class TypeTable {
public:
  TypeTable();
  TypeTable(const TypeTable &) = delete;
  TypeTable &operator=(const TypeTable &) = delete;

  const Type *named(llvm::StringRef name,
                    llvm::ArrayRef<const Type *> arguments = {});
  const Type *function(llvm::ArrayRef<const Type *> parameters,
                       const Type *result);
  const Type *parameter(unsigned index);
  /// `type` with `arguments` in the places of the Parameters, by their index.
  const Type *substitute(const Type *type,
                         llvm::ArrayRef<const Type *> arguments);

  const Type *integer() const { return theInteger; }
  const Type *real() const { return theReal; }
  const Type *boolean() const { return theBoolean; }
  const Type *string() const { return theString; }
  const Type *unit() const { return theUnit; }

private:
  struct Node : llvm::FoldingSetNode {
    explicit Node(Type type) : type(type) {}
    void Profile(llvm::FoldingSetNodeID &id) const;
    Type type;
  };
  const Type *get(Type::Kind kind, llvm::StringRef name,
                  llvm::ArrayRef<const Type *> parts, unsigned number);

  llvm::BumpPtrAllocator memory;
  llvm::StringSaver names{memory};
  llvm::FoldingSet<Node> nodes;
  const Type *theInteger, *theReal, *theBoolean, *theString, *theUnit;
};

} // namespace snow::core

#endif // SNOW_CORE_TYPETABLE_H
