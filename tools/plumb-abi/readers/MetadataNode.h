//===- MetadataNode.h - LLVM's debug metadata, as nodes ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_METADATANODE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_METADATANODE_H

#include "tools/plumb-abi/readers/DebugTypes.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"

namespace plumb::abi {

/// A DINode as DebugTypes.h wants it.
class MetadataNode {
public:
  MetadataNode() = default;
  /// Metadata does not lead from a type to its unit, so the language is given.
  MetadataNode(const llvm::DINode *node, bool isOfRust)
      : node(node), isOfRust(isOfRust) {}

  bool isValid() const { return node; }
  uint64_t key() const { return reinterpret_cast<uintptr_t>(node); }
  unsigned tag() const { return node->getTag(); }
  std::string name() const {
    if (auto *type = llvm::dyn_cast<llvm::DIType>(node))
      return type->getName().str();
    if (auto *enumerator = llvm::dyn_cast<llvm::DIEnumerator>(node))
      return enumerator->getName().str();
    return "";
  }
  MetadataNode type() const {
    if (auto *derived = llvm::dyn_cast<llvm::DIDerivedType>(node))
      return make(derived->getBaseType());
    if (auto *composite = llvm::dyn_cast<llvm::DICompositeType>(node))
      return make(composite->getBaseType());
    return MetadataNode();
  }
  uint64_t size() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getSizeInBits() / 8 : 0;
  }
  unsigned encoding() const {
    return llvm::cast<llvm::DIBasicType>(node)->getEncoding();
  }
  bool isDeclaration() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type && (type->isForwardDecl() || type->isStaticMember());
  }
  bool isVector() const { return llvm::cast<llvm::DIType>(node)->isVector(); }
  bool isRust() const { return isOfRust; }
  uint64_t offset() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getOffsetInBits() / 8 : 0;
  }
  bool isBitField() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type && type->isBitField();
  }
  int64_t value() const {
    auto *enumerator = llvm::dyn_cast<llvm::DIEnumerator>(node);
    return enumerator ? enumerator->getValue().trySExtValue().value_or(0) : 0;
  }
  uint64_t count() const {
    uint64_t count = 0;
    children([&](MetadataNode child) {
      if (auto *range = llvm::dyn_cast<llvm::DISubrange>(child.node))
        if (auto *number = llvm::dyn_cast_if_present<llvm::ConstantInt *>(
                range->getCount()))
          count = number->getSExtValue() > 0 ? number->getZExtValue() : 0;
    });
    return count;
  }
  void children(llvm::function_ref<void(MetadataNode)> visit) const {
    if (auto *composite = llvm::dyn_cast<llvm::DICompositeType>(node))
      for (const llvm::DINode *element : composite->getElements())
        if (element)
          visit(make(element));
  }

  /// A DISubprogram, or the type of one.
  unsigned convention() const {
    return subroutine() ? subroutine()->getCC() : 0;
  }
  bool isPrototyped() const {
    auto *function = llvm::dyn_cast<llvm::DISubprogram>(node);
    if (!function || !function->getUnit())
      return true;
    switch (function->getUnit()->getSourceLanguage().getUnversionedName()) {
    case llvm::dwarf::DW_LANG_C:
    case llvm::dwarf::DW_LANG_C89:
    case llvm::dwarf::DW_LANG_C99:
    case llvm::dwarf::DW_LANG_C11:
    case llvm::dwarf::DW_LANG_C17:
      return function->isPrototyped();
    default:
      return true;
    }
  }
  MetadataNode result() const {
    llvm::DITypeRefArray types = typeArray();
    return types && types.size() ? make(types[0]) : MetadataNode();
  }
  void parameters(llvm::function_ref<void(std::string, MetadataNode)> visit,
                  bool &variadic) const {
    llvm::DITypeRefArray types = typeArray();
    llvm::SmallVector<std::string> names = argumentNames();
    for (unsigned i = 1; types && i < types.size(); ++i) {
      // A null at the end is `...`.
      if (!types[i]) {
        variadic = true;
        return;
      }
      visit(i <= names.size() ? names[i - 1] : "", make(types[i]));
    }
  }

private:
  const llvm::DISubroutineType *subroutine() const {
    if (auto *function = llvm::dyn_cast<llvm::DISubprogram>(node))
      return function->getType();
    return llvm::dyn_cast<llvm::DISubroutineType>(node);
  }
  llvm::DITypeRefArray typeArray() const {
    return subroutine() ? subroutine()->getTypeArray()
                        : llvm::DITypeRefArray(nullptr);
  }
  llvm::SmallVector<std::string> argumentNames() const {
    llvm::SmallVector<std::string> names;
    auto *function = llvm::dyn_cast<llvm::DISubprogram>(node);
    if (!function)
      return names;
    for (const llvm::DINode *kept : function->getRetainedNodes())
      if (auto *variable = llvm::dyn_cast_or_null<llvm::DILocalVariable>(kept);
          variable && variable->getArg() && variable->getArg() < 256) {
        if (names.size() < variable->getArg())
          names.resize(variable->getArg());
        names[variable->getArg() - 1] = variable->getName().str();
      }
    return names;
  }

  MetadataNode make(const llvm::DINode *other) const {
    return {other, isOfRust};
  }

  const llvm::DINode *node = nullptr;
  bool isOfRust = false;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_METADATANODE_H
