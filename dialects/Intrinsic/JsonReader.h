//===- JsonReader.h - The JSON of a family ----------------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_JSONREADER_H
#define PLUMB_DIALECTS_INTRINSIC_JSONREADER_H

#include "dialects/Intrinsic/JsonObject.h"
#include "model/Builder.h"

namespace plumb::intr {

/// Hands what the JSON of a family says to the builder, which has the rules.
/// Where the file says what follows from the rest of it, such as a struct's
/// size or a row's signature, the two are compared here.
class JsonReader {
public:
  explicit JsonReader(JsonFaults &faults);

  /// The family is sound when this left no fault.
  std::unique_ptr<model::Family> read(const JsonDocument &document);

private:
  /// A type of the file, before what it refers to is known.
  struct ReadType {
    model::TypeInput input;
    const char *place;
    llvm::StringRef llvm;
    uint32_t argAttrs, resultAttrs;
    std::vector<std::string> arguments; ///< ids
    bool isAdded = false;
  };
  using Indices = std::vector<unsigned>;

  bool readNames(const JsonObject &root);
  void readTypes(const JsonObject &root);
  void addTypes(const Indices &indices, const plumb_intr_enum *enumeration,
                const plumb_intr_struct *structure);
  void addErased();
  void add(ReadType &read);
  uint32_t attributes(const JsonObject &object, llvm::StringRef key);
  void readEnums(const JsonObject &root);
  void readStructs(const JsonObject &root);
  void readStatuses(const JsonObject &root);
  void readOptions(const JsonObject &root);
  void readConstants(const JsonObject &root);
  void readCallbacks(const JsonObject &root);
  void readRow(const JsonObject &object);
  /// Whether all that they refer to is there.
  bool readParams(const JsonObject &object,
                  std::vector<model::ParamInput> &params);
  const plumb_intr_type *typeOf(const JsonObject &object);
  void checkOwn(const JsonObject &object, llvm::StringRef name);

  JsonFaults &faults;
  int64_t schema = 0;
  model::FamilyBuilder builder;
  std::vector<ReadType> readTypesOfFile;
  llvm::StringMap<Indices> typesOfEnum, typesOfStruct;
  llvm::StringMap<const plumb_intr_type *> types;
  llvm::StringMap<const plumb_intr_callback *> callbacks;
};

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_JSONREADER_H
