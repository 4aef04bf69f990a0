//===- Model.h - A family file as plain data --------------------*- C++ -*-===//
//
// The records of one family, read and checked once; every emitter works on
// these structs and none reads TableGen records.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_MODEL_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_MODEL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class RecordKeeper;
} // namespace llvm

namespace plumb::tblgen {

/// A type constraint that has an ABI kind.
struct Type {
  std::string record; ///< TableGen name of the constraint: "Str"
  std::string kind, mlir, c, llvm, summary, onException, probe;
  std::vector<std::string> argAttrs, resultAttrs;
  bool isOwn = false; ///< brought by the family of this file

  /// The C type followed by `name`: "const plumb_str *room".
  std::string declare(llvm::StringRef name) const;
};

struct Callback;

/// Exactly one of `type` and `callback` is set.
struct Param {
  std::string name, doc;
  const Type *type = nullptr;
  const Callback *callback = nullptr;
  bool isOptional = false;
};

struct Callback {
  std::string name, cName, summary, description;
  std::vector<Param> params;
  const Type *result = nullptr;
  std::string resultName;
};

struct Effect {
  std::string resource;
  bool reads = false, writes = false;
};

struct Row {
  std::string opName, mnemonic, sourceName, symbol, summary, description, since;
  std::string file; ///< of the record, relative to the source root
  unsigned line = 0;
  std::vector<Param> params;
  const Type *result = nullptr;
  std::string resultName, resultDoc;
  std::vector<Effect> effects;
  bool blocks = false, freshResult = false;

  bool takesCallback() const;
  /// Canonical text of all that the ABI depends on; its hash identifies it.
  std::string signature() const;
};

struct Status {
  std::string name, cName, message;
  int64_t code;
};

struct Option {
  std::string name, type, value, doc, env;
};

struct Family {
  std::string name, module, summary, description, symbolPrefix, macroPrefix,
      header, cppNamespace, preamble;
  std::string dialectClass; ///< "WsDialect", empty without a dialect
  bool hasTypes = false;
  /// A row may come with only its declaration; these keep addresses stable.
  std::map<std::string, std::unique_ptr<Type>> types;
  std::deque<Callback> callbacks;
  std::vector<Row> rows;
  std::vector<Status> statuses;
  std::vector<Option> options;
};

/// Reads and checks the family of the main file. Prints every error at its
/// record's line and returns null if there was any. Files within `sourceRoot`
/// (empty for none) are named relative to it.
std::unique_ptr<Family> readFamily(const llvm::RecordKeeper &records,
                                   llvm::StringRef sourceRoot);

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_MODEL_H
