//===- JsonObject.h - Checked access to JSON --------------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H
#define PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/StringSaver.h"
#include <limits>
#include <string>

namespace plumb::intr {

/// Faults found in one file; reading goes on after each, so that one run shows
/// them all.
class JsonFaults {
public:
  void add(const llvm::Twine &place, const llvm::Twine &message);
  bool empty() const { return count == 0; }
  const std::string &getText() const { return text; }

private:
  std::string text;
  unsigned count = 0;
};

/// An object of the file and where it stands, such as "intrinsics[3]". A member
/// that is missing or of another type is a fault, and reads as empty.
class JsonObject {
public:
  JsonObject(const llvm::json::Object *object, std::string place,
             JsonFaults &faults, llvm::UniqueStringSaver &strings)
      : object(object), place(std::move(place)), faults(faults),
        strings(strings) {}

  bool has(llvm::StringRef key) const;
  /// Kept for ever, and without a zero byte.
  const char *text(llvm::StringRef key) const;
  /// A name of C: letters, digits and _.
  const char *identifier(llvm::StringRef key) const;
  int64_t number(llvm::StringRef key,
                 int64_t min = std::numeric_limits<int64_t>::min(),
                 int64_t max = std::numeric_limits<int64_t>::max()) const;
  bool flag(llvm::StringRef key) const;
  /// Calls `visit` with each object of the array.
  void each(llvm::StringRef key,
            llvm::function_ref<void(const JsonObject &)> visit) const;
  void eachText(llvm::StringRef key,
                llvm::function_ref<void(llvm::StringRef)> visit) const;
  JsonObject child(llvm::StringRef key) const;

  void fault(llvm::StringRef key, const llvm::Twine &message) const;

private:
  const llvm::json::Value *get(llvm::StringRef key) const;
  std::string placeOf(llvm::StringRef key) const;

  const llvm::json::Object *object;
  std::string place;
  JsonFaults &faults;
  llvm::UniqueStringSaver &strings;
};

bool isIdentifier(llvm::StringRef name);

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H
