//===- DwarfAlternative.h - Debug information shared by files ---*- C++ -*-===//
//
// dwz moves what several files have in common into one beside them, and leaves
// references into it: DW_FORM_GNU_ref_alt and its siblings.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFALTERNATIVE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFALTERNATIVE_H

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"
#include "llvm/Object/ObjectFile.h"

namespace plumb::abi {

class DwarfAlternative {
public:
  /// Opens the file that the object, itself at `path`, names in
  /// .gnu_debugaltlink or .debug_sup; null when it names none. An error says
  /// which file is missing, and where it was looked for.
  static llvm::Expected<std::unique_ptr<DwarfAlternative>>
  open(const llvm::object::ObjectFile &object, llvm::StringRef path);

  /// Whether a form refers to the other file: to a DIE, or to a string.
  static bool isReference(llvm::dwarf::Form form);
  static bool isString(llvm::dwarf::Form form);

  /// Not valid for an offset at which no DIE begins.
  llvm::DWARFDie die(uint64_t offset) const {
    return context->getDIEForOffset(offset);
  }
  /// Empty for an offset outside the strings.
  llvm::StringRef string(uint64_t offset) const;

private:
  DwarfAlternative() = default;
  llvm::object::OwningBinary<llvm::object::ObjectFile> file;
  std::unique_ptr<llvm::DWARFContext> context;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DWARFALTERNATIVE_H
