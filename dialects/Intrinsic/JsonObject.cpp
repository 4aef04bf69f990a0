//===- JsonObject.cpp -----------------------------------------------------===//

#include "dialects/Intrinsic/JsonObject.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>
#include <simdjson.h>

using namespace llvm;
using namespace plumb::intr;

using namespace simdjson;

//===----------------------------------------------------------------------===//
// Document
//===----------------------------------------------------------------------===//

struct JsonDocument::Impl {
  dom::parser parser; // owns the document
  dom::object object;
  bool isObject = false;
};

JsonDocument::JsonDocument(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
JsonDocument::JsonDocument(JsonDocument &&) = default;
JsonDocument::~JsonDocument() = default;

Expected<JsonDocument> JsonDocument::parse(StringRef text) {
  auto impl = std::make_unique<Impl>();
  dom::element root;
  // It copies the text, to read beyond its end.
  if (error_code error = impl->parser.parse(text.data(), text.size()).get(root))
    return createStringError(error_message(error));
  impl->isObject = root.get(impl->object) == SUCCESS;
  return JsonDocument(std::move(impl));
}

const void *JsonDocument::getObject() const {
  return impl->isObject ? &impl->object : nullptr;
}

//===----------------------------------------------------------------------===//
// Faults
//===----------------------------------------------------------------------===//

void JsonFaults::add(const Twine &place, const Twine &message) {
  // A file of another kind would give one for each of its members.
  static constexpr unsigned maxFaults = 100;
  if (++count <= maxFaults)
    text += ("\n  " + place + (place.isTriviallyEmpty() ? "" : ": ") + message)
                .str();
  else if (count == maxFaults + 1)
    text += "\n  and more";
}

std::string JsonObject::placeOf(StringRef key) const {
  return place.empty() ? key.str() : place + "." + key.str();
}

void JsonObject::fault(StringRef key, const Twine &message) const {
  faults.add(placeOf(key), message);
}

/// Whether the object has the member; puts it into `value`.
static bool get(const void *object, StringRef key, dom::element &value) {
  return object && static_cast<const dom::object *>(object)
                           ->at_key(std::string_view(key.data(), key.size()))
                           .get(value) == SUCCESS;
}

bool JsonObject::has(StringRef key) const {
  dom::element value;
  return get(object, key, value) && !value.is_null();
}

/// The member as a T. Without one of that type there is a fault.
template <typename T>
static std::optional<T> read(const JsonObject &at, const void *object,
                             StringRef key, StringRef whatItIsNot) {
  dom::element value;
  T result;
  if (!get(object, key, value))
    at.fault(key, "is missing");
  else if (value.get(result) != SUCCESS)
    at.fault(key, "is not " + whatItIsNot);
  else
    return result;
  return std::nullopt;
}

const char *JsonObject::text(StringRef key) const {
  auto value = read<std::string_view>(*this, object, key, "text");
  if (!value)
    return "";
  if (StringRef(*value).contains('\0')) {
    fault(key, "has a zero byte");
    return "";
  }
  return strings.save(StringRef(*value)).data();
}

int64_t JsonObject::number(StringRef key, int64_t min, int64_t max) const {
  auto value = read<int64_t>(*this, object, key, "a whole number");
  if (value && *value >= min && *value <= max)
    return *value;
  if (value)
    fault(key,
          Twine(*value) + " is not in " + Twine(min) + " to " + Twine(max));
  return min > 0 ? min : 0;
}

bool JsonObject::flag(StringRef key) const {
  return read<bool>(*this, object, key, "true or false").value_or(false);
}

void JsonObject::withChild(StringRef key,
                           function_ref<void(const JsonObject &)> visit) const {
  if (auto found = read<dom::object>(*this, object, key, "an object"))
    visit(JsonObject(&*found, placeOf(key), faults, strings));
}

void JsonObject::each(StringRef key,
                      function_ref<void(const JsonObject &)> visit) const {
  auto array = read<dom::array>(*this, object, key, "an array");
  if (!array)
    return;
  unsigned index = 0;
  for (dom::element element : *array) {
    std::string at = placeOf(key) + "[" + std::to_string(index++) + "]";
    dom::object found;
    if (element.get(found) == SUCCESS)
      visit(JsonObject(&found, std::move(at), faults, strings));
    else
      faults.add(at, "is not an object");
  }
}

void JsonObject::eachText(StringRef key,
                          function_ref<void(StringRef)> visit) const {
  auto array = read<dom::array>(*this, object, key, "an array");
  if (!array)
    return;
  unsigned index = 0;
  for (dom::element element : *array) {
    std::string_view text;
    if (element.get(text) == SUCCESS)
      visit(StringRef(text));
    else
      faults.add(placeOf(key) + "[" + std::to_string(index) + "]",
                 "is not text");
    ++index;
  }
}
