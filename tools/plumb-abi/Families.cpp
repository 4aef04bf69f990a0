//===- Families.cpp - The family that the command line names --------------===//

#include "Families.h"
#include "plumb/Execution/LoadFamilies.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;
using namespace plumb::abi;

Expected<const plumb_intr_family *> plumb::abi::findFamily(StringRef name) {
  SmallVector<StringRef> names;
  static const Families builtins;
  for (const plumb_intr_family *family : builtins.getRegistry().families()) {
    if (name == family->name)
      return family;
    names.push_back(family->name);
  }
  if (sys::path::has_extension(name)) {
    Expected<intr::FamilyRef> family = readFamily(name);
    if (!family)
      return family.takeError();
    static SmallVector<intr::FamilyRef> kept;
    return kept.emplace_back(*family).get();
  }
  return createStringError(
      "'" + name + "' is no family: name a built-in one (" + join(names, ", ") +
      ") or give a .td, .json or .so file");
}
