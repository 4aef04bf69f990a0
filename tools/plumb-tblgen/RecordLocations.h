//===- RecordLocations.h - Where a family's records stand -------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_RECORDLOCATIONS_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_RECORDLOCATIONS_H

#include "model/Family.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TableGen/Record.h"

namespace plumb::tblgen {

/// For messages of checks that come after the reading.
class RecordLocations {
public:
  RecordLocations(const llvm::RecordKeeper &records,
                  const model::Family &ours) {
    auto add = [&](llvm::StringRef recordClass, llvm::StringRef field,
                   llvm::StringMap<llvm::SMLoc> &found) {
      for (const llvm::Record *def :
           records.getAllDerivedDefinitions(recordClass))
        if (def->getValueAsDef("family")->getValueAsString("name") ==
            ours.get().name)
          found[std::string(ours.get().name) + "." +
                def->getValueAsString(field).str()] = def->getLoc().front();
    };
    add("Intrinsic", "opName", rows);
    add("IntrinsicStatus", "statusName", statuses);
    add("IntrinsicOption", "optionName", options);
    for (const llvm::Record *def :
         records.getAllDerivedDefinitions("IntrinsicFamily"))
      if (def->getValueAsString("name") == ours.get().name)
        familyLoc = def->getLoc().front();
  }

  /// By "clock.set"; no location for what the family does not have.
  llvm::SMLoc row(llvm::StringRef name) const { return rows.lookup(name); }
  llvm::SMLoc status(llvm::StringRef name) const {
    return statuses.lookup(name);
  }
  llvm::SMLoc option(llvm::StringRef name) const {
    return options.lookup(name);
  }
  llvm::SMLoc family() const { return familyLoc; }

private:
  llvm::StringMap<llvm::SMLoc> rows, statuses, options;
  llvm::SMLoc familyLoc;
};

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_RECORDLOCATIONS_H
