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

struct Enum;
struct Struct;

/// A type constraint that has an ABI kind.
struct Type {
  std::string record; ///< TableGen name of the constraint: "Str"
  std::string kind, mlir, c, llvm, summary, onException, probe;
  std::vector<std::string> argAttrs, resultAttrs;
  bool isOwn = false;    ///< brought by the family of this file
  bool isHandle = false; ///< a handle's own record, which names its C type
  const Enum *enumeration = nullptr;
  const Struct *structure = nullptr;

  /// The C type followed by `name`: "const plumb_str *room".
  std::string declare(llvm::StringRef name) const;
};

struct Case {
  std::string name, cName, doc;
  int64_t value;
};

struct Enum {
  std::string name, cName, summary; ///< "clock.day", "plumb_clock_day"
  bool isFlags = false, isOwn = false;
  const Type *type = nullptr; ///< the integer underneath
  std::vector<Case> cases;
};

struct Field {
  std::string name, doc;
  const Type *type = nullptr;
  unsigned offset = 0;
};

struct Struct {
  std::string name, cName, summary; ///< "clock.date", "plumb_clock_date"
  bool isOwn = false;
  std::vector<Field> fields;
  unsigned size = 0, align = 1;
};

struct Callback;

/// As plumb_intr_passing.
enum class Passing { Direct, Span, Pointer, Out, Callback, Function, Options };

/// Exactly one of `type` and `callback` is set.
struct Param {
  std::string name, doc;
  const Type *type = nullptr;
  const Callback *callback = nullptr;
  Passing passing = Passing::Direct;
  bool isOptional = false, isKept = false;

  /// Whether it is an argument of a call by the source name.
  bool isArgument() const {
    return passing != Passing::Out && passing != Passing::Options;
  }
  /// Whether it is an operand of the operation.
  bool isOperand() const { return type && isArgument(); }
};

struct Callback {
  std::string name, cName, summary, description;
  std::vector<Param> params;
  const Type *result = nullptr;
  std::string resultName;
  /// Position of the environment among the C parameters; none when negative.
  int environment = 0;
};

struct Effect {
  std::string resource;
  bool reads = false, writes = false;
};

struct Row {
  std::string opName, mnemonic, sourceName, symbol, summary, description, since;
  std::string file; ///< of the record, relative to the source root
  unsigned line = 0;
  std::vector<Param> params; ///< in the order of C
  const Type *result = nullptr;
  std::string resultName, resultDoc;
  std::vector<Effect> effects;
  bool blocks = false, freshResult = false, isVariadic = false;
  std::string callingConvention; ///< "c", "preserve_most"

  bool takesCallback() const;
  /// Whether its callbacks get the environment that is one of its operands.
  bool hasEnvironment() const;
  /// The types of the operation's results: the function's own, then those that
  /// it leaves in `Out` parameters.
  std::vector<const Type *> results() const;
  /// Canonical text of all that the ABI depends on; its hash identifies it.
  std::string signature() const;
};

struct Status {
  std::string name, cName, message;
  int64_t code;
};

/// A setting of the runtime; `least`, `most` and `unit` are an Integer's, and
/// `choices` a Choice's.
struct Option {
  enum Kind { Integer, Text, Choice };
  Kind kind = Integer;
  std::string name, doc, section;
  std::string env;   ///< "PLUMB_WS_QUEUE_POLICY"
  std::string cName; ///< of a choice's enum, "plumb_ws_queue_policy"
  int64_t integer = 0, least = 0, most = 0;
  std::string unit;
  std::string text; ///< default of a Text or Choice
  std::vector<std::string> choices;

  /// "16777216", "drop_oldest": the default as a user would write it.
  std::string value() const;
  /// "PLUMB_WS_QUEUE_POLICY_DROP_OLDEST"
  std::string choiceName(llvm::StringRef choice) const;
};

struct Family {
  std::string version; ///< of its project; empty when not known
  std::string name, module, summary, description, symbolPrefix, macroPrefix,
      header, cppNamespace, preamble;
  std::string dialectClass; ///< "WsDialect", empty without a dialect
  bool hasTypes = false;
  /// A row may come with only its declaration; these keep addresses stable.
  std::map<std::string, std::unique_ptr<Type>> types;
  std::deque<Enum> enums;
  std::deque<Struct> structs;
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
