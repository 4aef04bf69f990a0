//===- Builder.h - The one way to make a family -----------------*- C++ -*-===//
//
// Readers of TableGen records and of JSON hand over what they find; here are
// all rules for it, so that no reader takes what another refuses. Depends on
// LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_BUILDER_H
#define PLUMB_MODEL_BUILDER_H

#include "model/Family.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include <functional>
#include <map>
#include <memory>

namespace plumb::model {

/// Where something stands; only the reader knows what it points to.
using Place = const void *;

/// Told of a mistake. `other`, unless null, is where the other side stands.
using ReportFault =
    std::function<void(Place at, const llvm::Twine &message, Place other)>;

struct TypeInput {
  llvm::StringRef id, kind, mlir, c, summary, release;
  bool isOwn = false;
  bool isNonNull = false; ///< a handle or C string that is never null
  const plumb_intr_enum *enumeration = nullptr;
  const plumb_intr_struct *structure = nullptr;
  llvm::StringRef name; ///< of an object or a variable
  std::vector<const plumb_intr_type *> arguments;
};

struct ParamInput {
  plumb_intr_param param = {}; ///< all but `passing`
  llvm::StringRef passing;     ///< "direct"
};

struct OptionInput {
  plumb_intr_option option = {}; ///< all but `kind` and `choices`
  llvm::StringRef kind;          ///< "integer"
  std::vector<const char *> choices;
};

struct CallbackInput {
  plumb_intr_callback callback = {}; ///< all but `params` and `environment`
  std::vector<ParamInput> params;
  int64_t environment = 0; ///< position in C; negative for none
  const char *description = "", *resultName = "";
};

struct BoundInput {
  llvm::StringRef variable;
  const char *name;
};

struct RowInput {
  /// All but lists, `cc`, `signature` and `hash`; of the flags not CALLS_BACK.
  plumb_intr_row row = {};
  std::vector<ParamInput> params;
  std::vector<plumb_intr_effect> effects;
  llvm::StringRef convention; ///< "c"
  std::vector<BoundInput> bounds;
  std::vector<const char *> aliases, operators;
};

/// Takes a family's parts, what is referred to before what refers to it, and
/// makes its descriptor. Mistakes are reported and never fatal: one run shows
/// them all, and what is wrong is kept as far as it can be. Texts of inputs
/// that are `const char *` come from save() or are static; StringRefs are
/// copied. No pointer of an input is null but where the descriptor allows it.
class FamilyBuilder {
public:
  explicit FamilyBuilder(ReportFault report);

  /// A copy that lives as long as the family; equal texts have one.
  const char *save(const llvm::Twine &text);
  llvm::UniqueStringSaver &strings() { return family->strings; }

  /// First: name, module, summary, description and header.
  void begin(Place at, const plumb_intr_family &names);
  /// What generators need, to be filled in by a reader that has it.
  Family &extras() { return *family; }

  const plumb_intr_enum *addEnum(Place at, plumb_intr_enum e,
                                 llvm::ArrayRef<plumb_intr_case> cases);
  /// Offsets, first bits, size and alignment are computed.
  const plumb_intr_struct *addStruct(Place at, plumb_intr_struct s,
                                     std::vector<plumb_intr_field> fields);
  /// LLVM type and attributes follow from the kind.
  const plumb_intr_type *addType(Place at, const TypeInput &input);
  /// A status of another family, whose code no status of this one has.
  void addForeignStatus(Place at, const plumb_intr_status &status);
  void addStatus(Place at, const plumb_intr_status &status);
  void addOption(Place at, OptionInput input);
  void addConstant(Place at, plumb_intr_constant constant);
  const plumb_intr_callback *addCallback(Place at, CallbackInput input);
  /// What is returned is valid until the next row is added.
  const plumb_intr_row &addRow(Place at, RowInput input);

  /// The family; with mistakes in it when some were reported, here too.
  std::unique_ptr<Family> finish();
  bool hasFailed() const { return failed; }

  /// A mistake that only the reader can see.
  void fault(Place at, const llvm::Twine &message, Place other = nullptr);

private:
  using Seen = llvm::StringMap<Place>;

  const plumb_intr_family &names() const { return family->descriptor; }
  void checkName(Place at, llvm::StringRef what, llvm::StringRef name);
  void checkQualified(Place at, llvm::StringRef what, llvm::StringRef name);
  void checkCName(Place at, const llvm::Twine &what, llvm::StringRef name);
  void checkText(Place at, const llvm::Twine &what, llvm::StringRef field,
                 llvm::StringRef text);
  void checkTwice(Seen &seen, Place at, const llvm::Twine &what,
                  llvm::StringRef name);
  void checkCode(Place at, const plumb_intr_status &status);
  /// `name` becomes `what` in C, beside all else that the family's header has.
  void takeCName(Place at, const llvm::Twine &what, llvm::StringRef name);
  void takeOption(Place at, const plumb_intr_option &option);
  const plumb_intr_enum *enumOfName(const plumb_intr_option &option) const;
  void checkPlainName(Place at, const char *name, const char *owner);
  /// No parameter or field hides a type.
  void checkHiddenTypes();

  std::string checkKind(const TypeInput &input, const KindInfo *kind);
  std::string checkErased(const TypeInput &input, const KindInfo &kind);
  void checkObject(Place at, const TypeInput &input);
  void addVariables(Place at, llvm::StringRef what, plumb_intr_row &row);
  void addBounds(Place at, llvm::StringRef what, RowInput &input);
  void addAliases(Place at, RowInput &input);
  void addOperators(Place at, llvm::StringRef what, RowInput &input);
  void checkField(Place at, const plumb_intr_struct &s,
                  const plumb_intr_field &f, bool isLast);
  /// What no value of may cross a call.
  void checkValue(Place at, const llvm::Twine &which,
                  const plumb_intr_type *type);
  void checkCase(Place at, const plumb_intr_enum &e, const plumb_intr_case &c);
  void checkInteger(Place at, const plumb_intr_option &option);
  void checkChoices(Place at, const OptionInput &input);

  /// Where a parameter stands in messages, and what may stand there.
  llvm::ArrayRef<plumb_intr_param> addParams(Place at, llvm::StringRef what,
                                             std::vector<ParamInput> &inputs,
                                             bool ofRow);
  void checkParam(Place at, llvm::StringRef what, ParamInput &input,
                  bool ofRow);
  void checkCallbackValue(Place at, llvm::StringRef what,
                          const plumb_intr_param &param);
  void checkRowNames(Place at, const plumb_intr_row &row);
  void checkTaken(llvm::StringMap<std::pair<Place, const char *>> &taken,
                  Place at, llvm::StringRef what, const char *name,
                  const plumb_intr_row &row);
  void checkEnvironments(Place at, llvm::StringRef what,
                         const plumb_intr_row &row);
  void checkResult(Place at, llvm::StringRef what, const plumb_intr_row &row);

  template <typename T> llvm::ArrayRef<T> keep(llvm::ArrayRef<T> items) {
    T *kept = family->memory.Allocate<T>(items.size());
    std::copy(items.begin(), items.end(), kept);
    return {kept, items.size()};
  }
  template <typename T> T *keep(const T &item) {
    return new (family->memory.Allocate<T>()) T(item);
  }

  ReportFault report;
  std::unique_ptr<Family> family;
  std::map<int64_t, std::pair<Place, const char *>> codes;
  Seen typeIds, enumNames, structNames, statusNames, optionNames, callbackNames,
      constantNames, rowNames;
  llvm::StringMap<std::pair<Place, const char *>> symbols, sourceNames;
  llvm::StringMap<std::pair<Place, std::string>> cNames; ///< and what each is
  struct ObjectUse {
    Place at;
    size_t arity;
    std::string c;
    bool isTold = false; ///< that another record says otherwise
  };
  llvm::StringMap<ObjectUse> objects;
  struct PlainName {
    Place at;
    const char *name, *owner;
  };
  std::vector<PlainName> plainNames; ///< of parameters and fields
  std::vector<const plumb_intr_enum *> ownEnums;
  std::vector<const plumb_intr_struct *> ownStructs;
  std::vector<plumb_intr_status> ownStatuses;
  std::vector<plumb_intr_option> ownOptions;
  std::vector<plumb_intr_constant> ownConstants;
  std::vector<const plumb_intr_callback *> ownCallbacks;
  std::vector<plumb_intr_row> ownRows;
  bool failed = false;
};

/// Letters, digits and _, not starting with a digit.
bool isIdentifier(llvm::StringRef name);

} // namespace plumb::model

#endif // PLUMB_MODEL_BUILDER_H
