//===- FamilyReader.h - Records to a family ---------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H

#include "ReadFamily.h"
#include "model/Builder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

namespace plumb::tblgen {

/// Hands records to the builder, which has the rules; here are only those about
/// TableGen itself. Errors are counted, never fatal: one run shows them all.
class FamilyReader {
public:
  FamilyReader(const llvm::RecordKeeper &records, llvm::StringRef sourceRoot);

  /// Null when there is no family to read, or one mistake unless `evenIfWrong`.
  std::unique_ptr<model::Family> read(bool evenIfWrong);

private:
  void error(const llvm::Record &at, const llvm::Twine &message) {
    builder.fault(&at, message);
  }
  const char *save(const llvm::Twine &text) { return builder.save(text); }
  /// The field of the record; "" when it is not set.
  const char *text(const llvm::Record &def, llvm::StringRef field);

  const llvm::Record *findFamily();
  void begin();
  void readTypes();
  void readCallbacks();
  void readStatuses();
  void readOptions();
  void readConstants();
  void readRow(const llvm::Record &def);
  std::vector<plumb_intr_effect> readEffects(const llvm::Record &def,
                                             llvm::StringRef what);
  std::vector<model::ParamInput> readParams(const llvm::Record &def,
                                            llvm::StringRef what,
                                            bool *isVariadic = nullptr);
  void checkTakesEnvironments(const llvm::Record &def, llvm::StringRef what,
                              llvm::ArrayRef<model::ParamInput> params,
                              bool isVariadic);
  bool readParam(const llvm::Record &def, const llvm::Init *arg,
                 llvm::StringRef name, llvm::StringRef what,
                 model::ParamInput &input);
  bool readPassing(const llvm::Record &def, const llvm::Record *constraint,
                   const llvm::Twine &which, model::ParamInput &input);
  /// The type that the function returns; what it leaves in parameters is put
  /// among `params`, which is null for a callback.
  void readInOut(const llvm::Record &def, llvm::StringRef which,
                 const llvm::Record &constraint, const model::ParamInput &out,
                 std::vector<model::ParamInput> *params);
  model::ParamInput readResults(const llvm::Record &def, llvm::StringRef what,
                                std::vector<model::ParamInput> *params);
  const plumb_intr_type *typeOf(const llvm::Record &constraint);
  const plumb_intr_enum *enumOf(const llvm::Record &def);
  plumb_intr_field fieldOf(const llvm::Record &f, const plumb_intr_type *type,
                           const llvm::Record &owner);
  const plumb_intr_struct *structOf(const llvm::Record &def);

  bool isOwn(const llvm::Record &def) {
    return def.getValueAsDef("family") == familyRecord;
  }
  /// The family's records of a class in the order of the file, which the
  /// reference page and the tables follow.
  std::vector<const llvm::Record *> ownInOrder(llvm::StringRef base);
  void checkNotHere(const llvm::Record &def);
  void checkDialect(const llvm::Record &def, llvm::StringRef name);

  const llvm::RecordKeeper &records;
  llvm::StringRef sourceRoot;
  model::FamilyBuilder builder;
  const llvm::Record *familyRecord = nullptr;
  llvm::DenseMap<const llvm::Record *, const plumb_intr_type *> types;
  llvm::DenseMap<const llvm::Record *, const plumb_intr_callback *> callbacks;
};

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_FAMILYREADER_H
