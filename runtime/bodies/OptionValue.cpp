//===- OptionValue.cpp - options as texts ---------------------------------===//

#include "runtime/bodies/OptionValue.h"
#include "runtime/base/Number.h"

namespace plumb::rt {

std::string readInteger(std::string_view text, int64_t min, int64_t max,
                        int64_t &value) {
  auto number = base::parseNumber<int64_t>(text);
  if (!number || *number < min || *number > max)
    return "a whole number from " + std::to_string(min) + " to " +
           std::to_string(max);
  value = *number;
  return "";
}

std::string readChoice(std::string_view text, base::Choice words, int &value) {
  auto place = words.find(text);
  if (!place)
    return "one of " + words.list();
  value = static_cast<int>(*place);
  return "";
}

} // namespace plumb::rt
