//===- OptionValue.cpp - options as texts ---------------------------------===//

#include "runtime/abi/OptionValue.h"
#include "runtime/base/Number.h"

namespace plumb::rt {

std::string readInteger(std::string_view text, int64_t least, int64_t most,
                        int64_t &value) {
  auto number = base::parseNumber<int64_t>(text);
  if (!number || *number < least || *number > most)
    return "a whole number from " + std::to_string(least) + " to " +
           std::to_string(most);
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
