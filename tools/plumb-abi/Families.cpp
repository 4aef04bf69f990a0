//===- Families.cpp - The family that the command line names --------------===//

#include "Families.h"
#include "plumb/Execution/LoadFamilies.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;
using namespace plumb::abi;

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_family plumb_family_##NAME;
#include "execution/Families.def"

static SmallVector<const plumb_intr_family *> builtins() {
  return {
#define PLUMB_FAMILY(NAME, STEM) &plumb_family_##NAME,
#include "execution/Families.def"
  };
}

Expected<const plumb_intr_family *> plumb::abi::findFamily(StringRef name) {
  SmallVector<StringRef> names;
  for (const plumb_intr_family *family : builtins()) {
    if (name == family->name)
      return family;
    names.push_back(family->name);
  }
  if (sys::path::has_extension(name))
    return readFamily(name);
  return createStringError(
      "'" + name + "' is no family: name a built-in one (" + join(names, ", ") +
      ") or give a .td, .json or .so file");
}
