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
  MetadataNode(const llvm::DINode *node, unsigned language)
      : node(node), language(language) {}

  bool isValid() const { return node; }
  const char *missing() const { return nullptr; }
  uint64_t key() const { return reinterpret_cast<uintptr_t>(node); }
  unsigned tag() const { return node->getTag(); }
  std::string name() const {
    if (auto *type = llvm::dyn_cast<llvm::DIType>(node))
      return type->getName().str();
    if (auto *enumerator = llvm::dyn_cast<llvm::DIEnumerator>(node))
      return enumerator->getName().str();
    return "";
  }
  std::string scope() const {
    std::string text;
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    const llvm::DIScope *at = type ? type->getScope() : nullptr;
    for (unsigned i = 0; at && i < 64 && !isC(language);
         ++i, at = at->getScope())
      if (!llvm::isa<llvm::DIFile, llvm::DICompileUnit,
                     llvm::DILexicalBlockBase>(at))
        text.insert(
            0, (at->getName().empty() ? "(anonymous)" : at->getName().str()) +
                   "::");
    return text;
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
  uint64_t align() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getAlignInBytes() : 0;
  }
  unsigned bitSize() const { return 0; }
  unsigned encoding() const {
    return llvm::cast<llvm::DIBasicType>(node)->getEncoding();
  }
  bool isDeclaration() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type && (type->isForwardDecl() || type->isStaticMember());
  }
  bool isVector() const { return llvm::cast<llvm::DIType>(node)->isVector(); }
  unsigned getLanguage() const { return language; }
  std::optional<CPassing> passing() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    if (type && type->isTypePassByReference())
      return CPassing::Reference;
    if (!isCxx(language) || (type && type->isTypePassByValue()))
      return CPassing::Value;
    return std::nullopt;
  }
  uint64_t offset() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getOffsetInBits() / 8 : 0;
  }
  bool isBitField() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type && type->isBitField();
  }
  unsigned fieldBits() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getSizeInBits() : 0;
  }
  std::optional<uint64_t> firstBit() const {
    auto *type = llvm::dyn_cast<llvm::DIType>(node);
    return type ? type->getOffsetInBits() : 0;
  }
  std::optional<int64_t> value(unsigned, CSign) const {
    auto *enumerator = llvm::dyn_cast<llvm::DIEnumerator>(node);
    if (!enumerator || enumerator->getValue().getActiveBits() > 64)
      return std::nullopt;
    const llvm::APInt &value = enumerator->getValue();
    return enumerator->isUnsigned() ? int64_t(value.getZExtValue())
                                    : value.trySExtValue();
  }
  uint64_t count() const {
    // `int[2][3]` has two of them.
    uint64_t count = 1;
    bool isKnown = false;
    children([&](MetadataNode child) {
      auto *range = llvm::dyn_cast<llvm::DISubrange>(child.node);
      if (!range)
        return;
      isKnown = true;
      auto *number =
          llvm::dyn_cast_if_present<llvm::ConstantInt *>(range->getCount());
      count *=
          number && number->getSExtValue() > 0 ? number->getZExtValue() : 0;
    });
    return isKnown ? count : 0;
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
    return !function || !isC(language) || function->isPrototyped();
  }
  MetadataNode result() const {
    llvm::DITypeRefArray types = typeArray();
    return types && types.size() ? make(types[0]) : MetadataNode();
  }
  /// Whether it says what the result and the parameters are, if only that there
  /// are none.
  bool hasTypes() const {
    llvm::DITypeRefArray types = typeArray();
    return types && types.size();
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
    return {other, language};
  }

  const llvm::DINode *node = nullptr;
  unsigned language = 0;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_METADATANODE_H
