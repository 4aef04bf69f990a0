//===- FamilyReader.h - Records to model, with every check ------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H

#include "Model.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

namespace plumb::tblgen {

/// Errors are counted, never fatal: one run shows them all.
class FamilyReader {
public:
  FamilyReader(const llvm::RecordKeeper &records, llvm::StringRef sourceRoot)
      : records(records), sourceRoot(sourceRoot),
        family(std::make_unique<Family>()) {}

  std::unique_ptr<Family> read();

private:
  void error(const llvm::Record &at, const llvm::Twine &message) {
    llvm::PrintError(at.getLoc(), message);
    failed = true;
  }
  const llvm::Record *findFamily();
  void readTypes();
  void readCallbacks();
  void readStatuses();
  void readOptions();
  void readInteger(const llvm::Record &def, Option &option);
  void readChoice(const llvm::Record &def, Option &option);
  void readRow(const llvm::Record &def);
  void readConvention(const llvm::Record &def, Row &row, llvm::StringRef what);
  void readEffects(const llvm::Record &def, Row &row);
  std::vector<Param> readParams(const llvm::Record &def,
                                const llvm::DagInit *dag, llvm::StringRef what,
                                bool *isVariadic = nullptr);
  bool readParam(const llvm::Record &def, const llvm::Init *arg,
                 llvm::StringRef name, llvm::StringRef what, Param &param);
  bool readPassing(const llvm::Record &def, const llvm::Record *constraint,
                   const llvm::Twine &which, Param &param);
  /// The type that the function returns; what it leaves in parameters is put
  /// among `params`, which is null for a callback.
  const Type *readResults(const llvm::Record &def, llvm::StringRef what,
                          std::string &name, std::string &doc,
                          std::vector<Param> *params);
  void checkParamNames(const llvm::Record &def, llvm::ArrayRef<Param> params,
                       llvm::StringRef what);
  const Type *typeOf(const llvm::Record &constraint);
  const Enum *enumOf(const llvm::Record &def);
  const Struct *structOf(const llvm::Record &def);
  bool isOwn(const llvm::Record &def) {
    return def.getValueAsDef("family") == familyRecord;
  }
  /// The family's records of a class in the order of the file, which the
  /// reference page and the tables follow.
  std::vector<const llvm::Record *> ownInOrder(llvm::StringRef base);
  void checkNotHere(const llvm::Record &def);
  void checkDialect(const llvm::Record &def, const Row &row);
  void requireText(const llvm::Record &def, llvm::StringRef field,
                   llvm::StringRef what);
  void checkName(const llvm::Record &def, llvm::StringRef name,
                 llvm::StringRef what);
  void checkUnique(llvm::StringMap<const llvm::Record *> &seen,
                   const llvm::Record &def, llvm::StringRef name,
                   const llvm::Twine &what);

  const llvm::RecordKeeper &records;
  llvm::StringRef sourceRoot;
  const llvm::Record *familyRecord = nullptr;
  std::unique_ptr<Family> family;
  llvm::DenseMap<const llvm::Record *, const Callback *> callbackOf;
  llvm::StringMap<const llvm::Record *> symbols, sourceNames, opNames;
  bool failed = false;
};

/// Descriptions are indented as the record is; documentation wants them not.
std::string dedent(llvm::StringRef text);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H
