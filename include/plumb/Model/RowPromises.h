//===- RowPromises.h - Whether one promise keeps another --------*- C++ -*-===//
//
// What ledgers and the tables of runtimes say of a row beside its signature,
// docs/versions.md has the words. Tools compare them when they load a runtime,
// and a program when it starts: this is the one place that knows what is less.
// The standard library alone.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_ROWPROMISES_H
#define PLUMB_MODEL_ROWPROMISES_H

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::promises {

/// The text before `mark`; `rest` is what follows it, or empty.
inline std::string_view cut(std::string_view &rest, char mark) {
  size_t at = rest.find(mark);
  std::string_view front = rest.substr(0, at);
  rest = at == std::string_view::npos ? "" : rest.substr(at + 1);
  return front;
}

struct Param {
  std::string name;
  bool isCallback = false, isOptions = false, isOptional = false,
       isKept = false;

  explicit Param(std::string_view text) : name(cut(text, ':')) {
    while (!text.empty()) {
      std::string_view flag = cut(text, ':');
      isCallback |= flag == "callback";
      isOptions |= flag == "options";
      isOptional |= flag == "optional";
      isKept |= flag == "kept";
    }
  }
  /// As an attribute of the operation.
  bool isNamedByPrograms() const { return isCallback || isOptions; }
};

/// "reads(clock.zones) blocks params(delay,on_tick:callback:kept)".
struct Row {
  std::set<std::string> reads, writes; ///< what is written is read, too
  std::set<std::string> bounds;        ///< "#0:Eq", of its type variables
  bool blocks = false, comesBack = true, isFresh = false;
  std::vector<Param> params;
  std::string others; ///< words of later versions

  explicit Row(std::string_view text) {
    while (!text.empty()) {
      std::string_view word = cut(text, ' '), list = word;
      std::string_view head = cut(list, '(');
      if (list.size() && list.back() == ')')
        list.remove_suffix(1);
      if (head == "reads" || head == "writes")
        while (!list.empty())
          (head == "reads" ? reads : writes).emplace(cut(list, ','));
      else if (head == "bounds")
        while (!list.empty())
          bounds.emplace(cut(list, ','));
      else if (head == "params")
        while (!list.empty())
          params.emplace_back(cut(list, ','));
      else if (word == "blocks")
        blocks = true;
      else if (word == "noreturn")
        comesBack = false;
      else if (word == "fresh")
        isFresh = true;
      else if (!word.empty())
        others += (others.empty() ? "" : " ") + std::string(word);
    }
    reads.insert(writes.begin(), writes.end());
  }

  /// What the signature says; for the rest `like`.
  static Row ofSignature(std::string_view signature, std::string_view like) {
    constexpr std::string_view mark = "ptr(callback", fresh = " noalias";
    Row row(like);
    row.isFresh = signature.size() >= fresh.size() &&
                  signature.substr(signature.size() - fresh.size()) == fresh;
    for (Param &param : row.params) {
      size_t at = param.isCallback ? signature.find(mark) : signature.npos;
      if (at == signature.npos)
        continue;
      signature.remove_prefix(at + mark.size());
      param.isOptional = signature.substr(0, 1) == "?";
      std::string_view after = signature.substr(param.isOptional);
      param.isKept = after.substr(0, 6) == " kept ";
    }
    return row;
  }
};

/// A signature without the words that are promises, too, so that two with equal
/// types are equal.
inline std::string withoutPromises(std::string_view signature) {
  constexpr std::string_view mark = "ptr(callback", fresh = " noalias";
  if (signature.size() >= fresh.size() &&
      signature.substr(signature.size() - fresh.size()) == fresh)
    signature.remove_suffix(fresh.size());
  std::string text;
  for (size_t at; (at = signature.find(mark)) != signature.npos;) {
    text += signature.substr(0, at + mark.size());
    signature.remove_prefix(at + mark.size());
    if (signature.substr(0, 1) == "?")
      signature.remove_prefix(1);
    if (signature.substr(0, 6) == " kept ")
      signature.remove_prefix(5);
  }
  return text.append(signature);
}

/// Where what was built by `before` cannot rely on `now`, each in words, but
/// for what a signature does not say.
inline std::vector<std::string> narrowingsOfWords(const Row &before,
                                                  const Row &now) {
  std::vector<std::string> found;
  if (now.blocks && !before.blocks)
    found.push_back("it blocks");
  if (now.comesBack != before.comesBack)
    found.push_back(now.comesBack ? "it comes back" : "it does not come back");
  if (before.isFresh && !now.isFresh)
    found.push_back("its result is not fresh memory");
  size_t count = std::min(before.params.size(), now.params.size());
  for (size_t i = 0; i < count; ++i) {
    const Param &was = before.params[i], &is = now.params[i];
    if (is.isKept && !was.isKept)
      found.push_back("its callback '" + is.name +
                      "' is called after it has returned, too");
    if (was.isOptional && !is.isOptional)
      found.push_back("its parameter '" + is.name + "' cannot be left out");
  }
  return found;
}

/// All of it; none when a function that keeps `now` may stand where `before`
/// was promised. Words that nobody here knows count when they differ.
inline std::vector<std::string> narrowings(const Row &before, const Row &now) {
  std::vector<std::string> found = narrowingsOfWords(before, now);
  for (const std::string &name : now.reads) {
    bool isWritten = now.writes.count(name);
    if (isWritten ? before.writes.count(name) : before.reads.count(name))
      continue;
    found.push_back((isWritten ? "it writes " : "it reads ") + name +
                    (before.reads.empty() ? ", and touched nothing"
                     : isWritten && before.reads.count(name)
                         ? ", and only read it"
                         : ", and did not"));
  }
  for (const std::string &bound : now.bounds)
    if (!before.bounds.count(bound))
      found.push_back("what type variable " + bound.substr(0, bound.find(':')) +
                      " stands for must be able to " +
                      bound.substr(bound.find(':') + 1));
  auto has = [](const std::vector<Param> &all, const std::string &name) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Param &p) { return p.name == name; });
  };
  size_t count = std::min(before.params.size(), now.params.size());
  for (size_t i = 0; i < count; ++i) {
    const Param &was = before.params[i], &is = now.params[i];
    if (was.name == is.name)
      continue;
    std::string which = "parameter " + std::to_string(i + 1) + " was '" +
                        was.name + "' and is '" + is.name + "'";
    if (has(now.params, was.name) || has(before.params, is.name))
      found.push_back(which + ": parameters were exchanged");
    else if (was.isNamedByPrograms())
      found.push_back(which + ", which programs name");
  }
  if (before.others != now.others)
    found.push_back("it says '" + now.others + "', and said '" + before.others +
                    "', which this version of Plumb does not know");
  return found;
}

} // namespace plumb::promises

#endif // PLUMB_MODEL_ROWPROMISES_H
