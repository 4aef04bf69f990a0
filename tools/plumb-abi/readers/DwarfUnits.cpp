//===- DwarfUnits.cpp - What units and files leave out --------------------===//

#include "tools/plumb-abi/readers/DwarfUnits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"

using namespace llvm;
using namespace llvm::dwarf;
using namespace plumb::abi;

/// Whether the compiler says, in its way, that it wrote types.
static bool isOfFullDebug(StringRef producer) {
  // With line tables alone, clang's functions are not even external.
  if (producer.contains("clang version") && !producer.contains("rustc"))
    return true;
  // gcc records its options.
  SmallVector<StringRef> words;
  producer.split(words, ' ');
  return any_of(words,
                [](StringRef word) {
                  return is_contained(
                      {"-g", "-g2", "-g3", "-ggdb", "-ggdb2", "-ggdb3"}, word);
                }) &&
         none_of(words, [](StringRef word) {
           return is_contained({"-g1", "-ggdb1"}, word);
         });
}

static bool findTypes(DWARFUnit &unit) {
  DWARFDie root = unit.getUnitDIE(/*ExtractUnitDIEOnly=*/false);
  if (isOfFullDebug(toString(root.find(DW_AT_producer), "")))
    return true;
  return any_of(unit.dies(), [&](const DWARFDebugInfoEntry &entry) {
    DWARFDie die(&unit, &entry);
    return die.getTag() == DW_TAG_formal_parameter ||
           (die.getTag() == DW_TAG_subprogram &&
            die.find({DW_AT_type, DW_AT_prototyped}));
  });
}

bool DwarfUnits::haveTypes(DWARFUnit &unit) {
  auto [at, isNew] = known.try_emplace(&unit, false);
  if (isNew)
    at->second = findTypes(unit);
  return at->second;
}

bool plumb::abi::mayBeMerged(const object::ObjectFile &object) {
  if (object.isRelocatableObject())
    return false;
  if (!object.isELF())
    return true;
  for (const object::SectionRef &section : object.sections()) {
    Expected<StringRef> name = section.getName();
    Expected<StringRef> text = section.getContents();
    bool isMarked = name && text &&
                    (*name == ".note.gnu.gold-version" ||
                     (*name == ".comment" &&
                      (text->contains("Linker:") || text->contains("mold"))));
    consumeError(name.takeError());
    consumeError(text.takeError());
    if (isMarked)
      return true;
  }
  return false;
}
