//===- CompareSignatures.h - Where two C functions differ -------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMPARISON_COMPARESIGNATURES_H
#define PLUMB_TOOLS_PLUMB_ABI_COMPARISON_COMPARESIGNATURES_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/Twine.h"

namespace plumb::abi {

/// One thing in which the runtime's function is not what the record says.
struct Difference {
  std::string kind; ///< "width", "arity", ...: for tools
  std::string what; ///< "parameter 2 'time' is int64_t in the record, ..."
  std::string fix;
};

/// What a comparison finds.
struct Comparison {
  std::vector<Difference> differences; ///< in the order of C
  /// What could not be compared, and why: "parameter 1 'size': ...".
  std::vector<std::string> notKnown;
};

/// Compares the functions of one family with those of one runtime. Remembers
/// what each handle is in the runtime: it has to be the same everywhere.
class Comparer {
public:
  /// What a message calls the two.
  struct Sides {
    std::string expected = "the record", found = "the runtime";
    /// Pointees of the first are what a person has spelled, perhaps with a
    /// typedef that is all there is to know.
    bool areSpelled = true;
  };
  Comparer(const CTypes &types, llvm::StringRef architecture)
      : Comparer(types, architecture, Sides()) {}
  Comparer(const CTypes &types, llvm::StringRef architecture, Sides sides)
      : types(types), architecture(architecture), sides(std::move(sides)) {}

  /// All differences that matter to a call.
  Comparison compare(const CSignature &expected, const CSignature &found,
                     llvm::StringRef symbol);

private:
  struct Place {
    std::string what; ///< "parameter 2 'time'", "the result"
    bool isResult = false;
    const CType *expected, *found;
    bool isInMemory = false; ///< a field, or behind a pointer
  };
  void report(llvm::StringRef kind, const Place &place, llvm::StringRef why,
              llvm::StringRef fix = "");
  void signature(const CSignature &expected, const CSignature &found,
                 llvm::StringRef in, unsigned depth);
  void value(const CType &expected, const CType &found, const Place &place,
             unsigned depth);
  void integer(const CType &expected, const CType &found, const Place &place);
  void enumerators(const CType &expected, const CType &found,
                   const Place &place);
  void pointer(const CType &expected, const CType &found, const Place &place,
               unsigned depth);
  void pointee(const CType &expected, const CType &found, const Place &place,
               unsigned depth);
  void handle(const CType &found, const Place &place);
  void structureByValue(const CType &expected, const CType &found,
                        const Place &place, unsigned depth);
  void structure(const CType &expected, const CType &found, const Place &place,
                 unsigned depth);
  void array(const CType &expected, const CType &found, const Place &place,
             unsigned depth);
  void noteUnknown(const Place &place, llvm::StringRef why);

  const CTypes &types;
  llvm::StringRef architecture;
  Sides sides;
  Comparison result;
  /// Structs that were compared: they may lead to each other, on many ways.
  llvm::DenseSet<std::pair<const CType *, const CType *>> seenStructs;
  std::string symbol;
  bool isLowered = false;
  struct Seen {
    std::string type, symbol;
    const CType *definition; ///< null while its fields are not known
  };
  llvm::StringMap<Seen> handles; ///< by the record's C type
};

/// What a call needs to know first, since it decides in which kind of register
/// a value is: "an integer".
const char *describeClass(const CType &type);

/// The constraint of a record that this type is: "Int32", or "" for none that
/// is sure.
std::string recordType(const CType &type);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_COMPARISON_COMPARESIGNATURES_H
