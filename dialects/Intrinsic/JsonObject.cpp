//===- JsonObject.cpp -----------------------------------------------------===//

#include "dialects/Intrinsic/JsonObject.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::intr;

bool plumb::intr::isIdentifier(StringRef name) {
  return !name.empty() && !isDigit(name.front()) &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

void JsonFaults::add(const Twine &place, const Twine &message) {
  // A file of another kind would give one for each of its members.
  static constexpr unsigned most = 20;
  if (++count <= most)
    text += ("\n  " + place + ": " + message).str();
  else if (count == most + 1)
    text += "\n  and more";
}

std::string JsonObject::placeOf(StringRef key) const {
  return place.empty() ? key.str() : place + "." + key.str();
}

void JsonObject::fault(StringRef key, const Twine &message) const {
  faults.add(placeOf(key), message);
}

const json::Value *JsonObject::get(StringRef key) const {
  return object ? object->get(key) : nullptr;
}

bool JsonObject::has(StringRef key) const {
  const json::Value *value = get(key);
  return value && !value->getAsNull();
}

const char *JsonObject::text(StringRef key) const {
  const json::Value *value = get(key);
  std::optional<StringRef> text =
      value ? value->getAsString() : std::optional<StringRef>();
  if (!text)
    fault(key, value ? "is not text" : "is missing");
  else if (text->contains('\0'))
    fault(key, "has a zero byte");
  else
    return strings.save(*text).data();
  return "";
}

const char *JsonObject::identifier(StringRef key) const {
  const char *name = text(key);
  if (!isIdentifier(name))
    fault(key, "'" + Twine(name) +
                   "' is not an identifier: letters, digits and _, not "
                   "starting with a digit");
  return name;
}

int64_t JsonObject::number(StringRef key, int64_t min, int64_t max) const {
  const json::Value *value = get(key);
  std::optional<int64_t> number =
      value ? value->getAsInteger() : std::optional<int64_t>();
  if (!number)
    fault(key, value ? "is not a whole number" : "is missing");
  else if (*number < min || *number > max)
    fault(key,
          Twine(*number) + " is not in " + Twine(min) + " to " + Twine(max));
  else
    return *number;
  return min > 0 ? min : 0;
}

bool JsonObject::flag(StringRef key) const {
  const json::Value *value = get(key);
  std::optional<bool> flag =
      value ? value->getAsBoolean() : std::optional<bool>();
  if (!flag)
    fault(key, value ? "is not true or false" : "is missing");
  return flag.value_or(false);
}

JsonObject JsonObject::child(StringRef key) const {
  const json::Value *value = get(key);
  const json::Object *found = value ? value->getAsObject() : nullptr;
  if (!found)
    fault(key, value ? "is not an object" : "is missing");
  return JsonObject(found, placeOf(key), faults, strings);
}

void JsonObject::each(StringRef key,
                      function_ref<void(const JsonObject &)> visit) const {
  const json::Value *value = get(key);
  const json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    return fault(key, value ? "is not an array" : "is missing");
  for (auto [index, element] : enumerate(*array)) {
    std::string at = placeOf(key) + "[" + std::to_string(index) + "]";
    if (const json::Object *found = element.getAsObject())
      visit(JsonObject(found, at, faults, strings));
    else
      faults.add(at, "is not an object");
  }
}

void JsonObject::eachText(StringRef key,
                          function_ref<void(StringRef)> visit) const {
  const json::Value *value = get(key);
  const json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    return fault(key, value ? "is not an array" : "is missing");
  for (auto [index, element] : enumerate(*array)) {
    if (std::optional<StringRef> text = element.getAsString())
      visit(*text);
    else
      faults.add(placeOf(key) + "[" + std::to_string(index) + "]",
                 "is not text");
  }
}
