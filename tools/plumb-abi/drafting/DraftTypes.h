//===- DraftTypes.h - Constraints for C types -------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTTYPES_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTTYPES_H

#include "tools/plumb-abi/drafting/Draft.h"

namespace plumb::abi {

/// Finds a constraint for each type, and defines what a constraint needs. A
/// definition is made once, when it is first used.
class DraftTypes {
public:
  /// `returned` are the structs that functions give pointers to.
  DraftTypes(Draft &draft, const CTypes &types, llvm::StringSet<> returned);

  /// No type is called that: a function is.
  void reserve(llvm::StringRef plain) { takenTypes.insert(plain); }

  /// "Int32", "Clock_Zone", "CPointer<\"char *\">"; empty, with the reason in
  /// `why`, when records cannot say it. Not for void or functions.
  std::string value(const CType &type, std::string &why);

  /// Whether the pointer is a handle of the family.
  bool isHandle(const CType &pointer) const;

  /// The record of a callback: `environment` is the position of its `void *`
  /// among its parameters, or -1. Empty, with the reason, as above.
  /// `isNamed` says that C has the name, so that no other record will do.
  std::string callback(const CSignature &signature, llvm::StringRef name,
                       int environment, std::string &why, bool isNamed = false);

  /// The record of a callback that stands alone, which any of its environments
  /// will do for. Empty, with the reason, as above.
  std::string function(const CSignature &signature, llvm::StringRef name,
                       std::string &why, bool isNamed = false);

  /// The record of a struct or union that is declared, as a last resort storage
  /// of its size. Empty, with the reason, as above.
  std::string storage(const CType &type, llvm::StringRef alias,
                      std::string &why);

  /// Cases of drafted enums, as the header has them.
  bool isCase(llvm::StringRef name) const { return caseNames.contains(name); }
  /// The name of a constant, which no other constant has in C.
  std::string constantName(llvm::StringRef name);

  /// "Clock_": what the names of all records begin with.
  const std::string &recordPrefix() const { return stem; }
  /// "Clock_Zone", which no other record has.
  std::string recordName(llvm::StringRef plain);

private:
  std::string pointer(const CType &type, std::string &why);
  /// What a pointer leads to, in C: "const char", "sqlite3_stmt" of a handle.
  std::string spellTarget(const CType &given, unsigned depth);
  /// A pointer to a struct whose fields are no secret.
  std::string structPointer(const CType &pointer, const CType &to,
                            llvm::StringRef name);
  /// "date", which no other type of the family is called.
  const std::string &plainName(const CType &structure, llvm::StringRef name);
  std::string handle(const CType &structure, llvm::StringRef alias);
  /// What tells a struct from others of its name.
  std::string identity(const CType &structure, llvm::StringRef name) const;
  std::string enumeration(const CType &type, llvm::StringRef alias);
  /// Of a struct or union; `isValue` says that one is passed, and not only a
  /// pointer to it.
  std::string structure(const CType &type, llvm::StringRef alias,
                        std::string &why, bool isValue = true);
  std::string fieldsOf(const CType &type, llvm::StringRef name,
                       std::string &why);
  std::string field(const CField &f, llvm::StringRef plain, bool isLast,
                    llvm::StringRef structName, std::string &why);

  Draft &draft;
  const CTypes &types;
  llvm::StringSet<> returned;
  std::string stem;
  llvm::StringMap<std::string> known; ///< by what it is in C
  llvm::StringMap<std::string> knownFunctions;
  llvm::StringMap<std::string> plainNames; ///< of structs, by their identity
  llvm::StringSet<> begun;        ///< what is being made, and leads to itself
  llvm::StringSet<> inMemoryOnly; ///< records that no value can be of
  unsigned depth = 0;
  llvm::StringSet<> takenRecords, takenTypes, takenConstants, caseNames;
};

/// The last typedef before the type itself, for what has no tag.
llvm::StringRef aliasOf(const CType &type);

/// The type of a pointer without typedefs that only its own headers know:
/// "const struct tm *"; "void *" when it has no such spelling.
std::string spellPointer(const CType &pointer);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTTYPES_H
