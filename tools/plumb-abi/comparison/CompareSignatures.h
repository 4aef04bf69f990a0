//===- CompareSignatures.h - Where two C functions differ -------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMPARISON_COMPARESIGNATURES_H
#define PLUMB_TOOLS_PLUMB_ABI_COMPARISON_COMPARESIGNATURES_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "llvm/ADT/Twine.h"

namespace plumb::abi {

/// One thing in which the runtime's function is not what the record says.
struct Difference {
  std::string kind; ///< "width", "arity", ...: for tools
  std::string what; ///< "parameter 2 'time' is int64_t in the record, ..."
  std::string fix;
};

/// Compares the functions of one family with those of one runtime. Remembers
/// what each handle is in the runtime: it has to be the same everywhere.
class Comparer {
public:
  Comparer(const CTypes &types, llvm::StringRef architecture)
      : types(types), architecture(architecture) {}

  /// All differences that matter to a call, in the order of C.
  std::vector<Difference> compare(const CSignature &expected,
                                  const CSignature &found,
                                  llvm::StringRef symbol);

private:
  struct Place {
    std::string what; ///< "parameter 2 'time'", "the result"
    bool isResult = false;
    const CType *expected, *found;
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
  void structure(const CType &expected, const CType &found, const Place &place,
                 unsigned depth);

  const CTypes &types;
  llvm::StringRef architecture;
  std::vector<Difference> differences;
  std::string symbol;
  bool isLowered = false;
  struct Seen {
    std::string type, symbol;
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
