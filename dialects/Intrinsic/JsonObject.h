//===- JsonObject.h - Checked access to JSON --------------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H
#define PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/StringSaver.h"
#include <limits>
#include <memory>
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

/// A parsed file. LLVM's own parser takes ten times as long, which a family of
/// 1,000 rows shows in the start of every tool: docs/decisions/family-files.md.
class JsonDocument {
public:
  /// Any bytes may be given; what nests deeply is an error.
  static llvm::Expected<JsonDocument> parse(llvm::StringRef text);
  JsonDocument(JsonDocument &&);
  ~JsonDocument();

  /// Null when the file is something else.
  const void *getObject() const;

private:
  struct Impl;
  explicit JsonDocument(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

/// An object of the file and where it stands, such as "intrinsics[3]". A member
/// that is missing or of another type is a fault, and reads as empty.
class JsonObject {
public:
  /// `object` is one of a document that outlives this, or null.
  JsonObject(const void *object, std::string place, JsonFaults &faults,
             llvm::UniqueStringSaver &strings)
      : object(object), place(std::move(place)), faults(faults),
        strings(strings) {}

  bool has(llvm::StringRef key) const;
  /// Kept for ever, and without a zero byte.
  const char *text(llvm::StringRef key) const;
  int64_t number(llvm::StringRef key,
                 int64_t min = std::numeric_limits<int64_t>::min(),
                 int64_t max = std::numeric_limits<int64_t>::max()) const;
  bool flag(llvm::StringRef key) const;
  /// Calls `visit` with each object of the array.
  void each(llvm::StringRef key,
            llvm::function_ref<void(const JsonObject &)> visit) const;
  void eachText(llvm::StringRef key,
                llvm::function_ref<void(llvm::StringRef)> visit) const;
  /// Calls `visit` with the object that the member is.
  void withChild(llvm::StringRef key,
                 llvm::function_ref<void(const JsonObject &)> visit) const;

  /// "intrinsics[3]"; kept for ever.
  const char *getPlace() const { return strings.save(place).data(); }

  void fault(llvm::StringRef key, const llvm::Twine &message) const;

private:
  std::string placeOf(llvm::StringRef key) const;

  const void *object; ///< the parser's own; its headers stay in one file
  std::string place;
  JsonFaults &faults;
  llvm::UniqueStringSaver &strings;
};

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_JSONOBJECT_H
