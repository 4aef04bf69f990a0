//===- JsonView.h - JSON that is too large to be parsed ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_JSONVIEW_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_JSONVIEW_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace plumb::abi {

/// A value in a JSON text, found by passing over what is not asked for: clang's
/// dump of one header is up to some hundred megabytes, and parsed twenty times
/// that. The text is of a program that writes JSON; of other text the answers
/// are arbitrary. It outlives the view.
class JsonView {
public:
  JsonView() = default;
  /// The value that `text` begins with; what is after it does not matter.
  explicit JsonView(llvm::StringRef text) : text(text.ltrim()) {}

  bool isObject() const { return text.starts_with("{"); }
  /// Visits the members of an object in order, until `visit` says false.
  void members(llvm::function_ref<bool(llvm::StringRef key, JsonView value)>
                   visit) const;
  /// Visits the elements of an array.
  void elements(llvm::function_ref<void(JsonView)> visit) const;
  /// A member of an object; passes over those before it.
  std::optional<JsonView> get(llvm::StringRef key) const;

  /// Without quotes and escapes; empty for what is no string.
  std::string asString() const;
  std::optional<uint64_t> asInteger() const;
  bool isTrue() const { return text.starts_with("true"); }
  /// The value alone.
  llvm::StringRef getText() const;

private:
  llvm::StringRef text;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_JSONVIEW_H
