//===- DwarfNode.h - DWARF, as nodes ----------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFNODE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFNODE_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "tools/plumb-abi/readers/DwarfAlternative.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace plumb::abi {

/// The language of a unit, DW_LANG_*; 0 when it does not say.
unsigned languageOf(llvm::DWARFDie unit);

/// A DIE as DebugTypes.h wants it. `language` is that of the function that led
/// here: units of what several languages share have none.
class DwarfNode {
public:
  DwarfNode() = default;
  /// `alternative` may be null, and outlives the node.
  DwarfNode(llvm::DWARFDie die, unsigned language,
            const DwarfAlternative *alternative);

  bool isValid() const { return die.isValid() || why; }
  const char *missing() const { return why; }
  uint64_t key() const {
    return reinterpret_cast<uintptr_t>(die.getDebugInfoEntry());
  }
  unsigned tag() const { return die.getTag(); }
  std::string name() const { return text(llvm::dwarf::DW_AT_name); }
  std::string scope() const;
  DwarfNode type() const { return refer(llvm::dwarf::DW_AT_type); }
  uint64_t size() const;
  uint64_t align() const { return number(llvm::dwarf::DW_AT_alignment); }
  unsigned bitSize() const { return number(llvm::dwarf::DW_AT_bit_size); }
  unsigned encoding() const { return number(llvm::dwarf::DW_AT_encoding); }
  bool isDeclaration() const { return number(llvm::dwarf::DW_AT_declaration); }
  bool isVector() const { return number(llvm::dwarf::DW_AT_GNU_vector); }
  unsigned getLanguage() const { return language; }
  std::optional<CPassing> passing() const;
  uint64_t offset() const {
    return number(llvm::dwarf::DW_AT_data_member_location);
  }
  bool isBitField() const {
    return die.find(llvm::dwarf::DW_AT_bit_size) ||
           die.find(llvm::dwarf::DW_AT_data_bit_offset);
  }
  unsigned fieldBits() const { return number(llvm::dwarf::DW_AT_bit_size); }
  std::optional<uint64_t> firstBit() const {
    return die.find(llvm::dwarf::DW_AT_data_bit_offset)
               ? std::optional(number(llvm::dwarf::DW_AT_data_bit_offset))
               : std::nullopt; // as DWARF 3 had it
  }
  std::optional<int64_t> value(unsigned bits, CSign sign) const;
  uint64_t count() const;
  unsigned convention() const {
    return number(llvm::dwarf::DW_AT_calling_convention);
  }
  void children(llvm::function_ref<void(DwarfNode)> visit) const;

  /// Of a function, or a function's type.
  DwarfNode result() const;
  void parameters(llvm::function_ref<void(std::string, DwarfNode)> visit,
                  bool &variadic) const;
  bool isPrototyped() const;

  /// A string, also one that dwz moved; empty when there is none.
  std::string text(llvm::dwarf::Attribute attribute) const;
  uint64_t number(llvm::dwarf::Attribute attribute) const;
  /// What this is an instance of, as deep as it goes; missing when that is not
  /// in the file.
  DwarfNode whole() const;
  /// The attribute's string here, or at what this is an instance of.
  std::string inheritedText(llvm::dwarf::Attribute attribute) const;
  llvm::DWARFDie getDie() const { return die; }

private:
  DwarfNode refer(llvm::dwarf::Attribute attribute) const;
  DwarfNode origin() const;
  /// The type here, or of what this is an instance of.
  DwarfNode inheritedType() const;
  static DwarfNode makeMissing(const char *why) {
    DwarfNode node;
    node.why = why;
    return node;
  }

  llvm::DWARFDie die;
  unsigned language = 0;
  const DwarfAlternative *alternative = nullptr;
  const char *why = nullptr;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFNODE_H
