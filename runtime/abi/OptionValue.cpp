//===- OptionValue.cpp - options as texts ---------------------------------===//

#include "runtime/abi/OptionValue.h"
#include "runtime/base/Number.h"

#include <algorithm>

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

std::string readChoice(std::string_view text, std::string_view words,
                       int &value) {
  std::string list;
  for (int place = 0; !words.empty(); ++place) {
    std::string_view word = words.substr(0, words.find('|'));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word == text) {
      value = place;
      return "";
    }
    list += (list.empty() ? "" : ", ") + std::string(word);
  }
  return "one of " + list;
}

} // namespace plumb::rt
