//===- OtherLanguages.h - What people write from habit ----------*- C++ -*-===//

#ifndef SNOW_SYNTAX_OTHERLANGUAGES_H
#define SNOW_SYNTAX_OTHERLANGUAGES_H

#include "llvm/ADT/StringRef.h"

namespace snow::syntax {

struct OtherSign {
  llvm::StringRef message;
  llvm::StringRef instead; ///< what to write in its place; empty: nothing fits
  llvm::StringRef help;    ///< may be empty
};
/// For a Foreign token that is not a quoted text.
OtherSign signOfOtherLanguage(llvm::StringRef sign);

/// A word that starts a statement elsewhere: "var" → `let`. The message is
/// empty for other words.
struct OtherWord {
  llvm::StringRef message;
  llvm::StringRef instead;
  llvm::StringRef help;
  llvm::StringRef meaning =
      {}; ///< the word that it is read as, if not `instead`
};
OtherWord wordOfOtherLanguage(llvm::StringRef word);

/// The type of this language for a type's name elsewhere: "string" → "String",
/// "boolean" → "Bool"; empty for other names.
llvm::StringRef typeOfOtherLanguage(llvm::StringRef name);

/// The value for a value's name elsewhere: "null" → "nil", "True" → "true";
/// empty for other names.
llvm::StringRef valueOfOtherLanguage(llvm::StringRef name);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_OTHERLANGUAGES_H
