//===- Environments.cpp - What callbacks are given back -------------------===//

#include "tools/plumb-abi/drafting/Environments.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::abi;

const CSignature *plumb::abi::functionOf(const CType &given) {
  const CType &type = strip(given);
  if (type.kind == CKind::Function)
    return type.function;
  if (type.kind != CKind::Pointer || !type.target)
    return nullptr;
  const CType &to = strip(type.target);
  return to.kind == CKind::Function ? to.function : nullptr;
}

static bool isVoidPointer(const CType &given) {
  const CType &type = strip(given);
  return type.kind == CKind::Pointer && type.target &&
         type.target->kind == CKind::Void;
}

static bool namesEnvironment(StringRef name) {
  std::string plain = snakeCase(name);
  for (StringRef word : {"env", "environment", "user", "ctx", "context", "data",
                         "userdata", "opaque", "arg", "closure", "cookie", "ud",
                         "udata", "baton", "priv", "cls"})
    if (plain == word || StringRef(plain).ends_with("_" + word.str()))
      return true;
  return false;
}

static SmallVector<int> voidPointers(const CSignature &function) {
  SmallVector<int> positions;
  for (auto [i, p] : enumerate(function.params))
    if (isVoidPointer(*p.type))
      positions.push_back(i);
  return positions;
}

Expected<EnvironmentOptions>
EnvironmentOptions::parse(ArrayRef<std::string> options) {
  EnvironmentOptions made;
  for (StringRef option : options) {
    SmallVector<StringRef> parts;
    option.split(parts, ':');
    Choice choice;
    bool isGood =
        parts.size() >= 2 && parts.size() <= 3 && !parts[0].empty() &&
        !parts[1].empty() &&
        (parts.size() < 3 ||
         (!parts[2].getAsInteger(10, choice.position) && choice.position));
    if (!isGood)
      return createStringError(
          "'--environment=" + option +
          "' is not <function>:<parameter>[:<parameter of the callback>], such "
          "as tick_every:user, tick_every:3:2 or tick_every:none");
    choice.param = parts[1].str();
    made.choices[parts[0]] = choice;
  }
  return made;
}

std::vector<std::string> EnvironmentOptions::unused() const {
  std::vector<std::string> names;
  for (const auto &entry : choices)
    if (!entry.second.isUsed)
      names.push_back(entry.first().str());
  llvm::sort(names);
  return names;
}

Expected<Environment>
EnvironmentOptions::find(StringRef symbol, const CSignature &function) const {
  Environment made;
  SmallVector<int> callbacks;
  for (auto [i, p] : enumerate(function.params))
    if (functionOf(*p.type))
      callbacks.push_back(i);
  SmallVector<int> candidates = voidPointers(function);

  auto at = choices.find(symbol);
  unsigned position = 0;
  if (at != choices.end()) {
    const Choice &choice = at->second;
    choice.isUsed = true;
    if (choice.param == "none")
      return made;
    unsigned number;
    bool isNumber = !StringRef(choice.param).getAsInteger(10, number);
    for (int i : candidates)
      if (isNumber ? number == unsigned(i) + 1
                   : function.params[i].name == choice.param)
        made.param = i;
    if (made.param < 0 || callbacks.empty())
      return createStringError(
          "'--environment=" + symbol + ":" + choice.param + "': " + symbol +
          (callbacks.empty() ? " has no callback"
                             : " has no such parameter of type void *"));
    position = choice.position;
  } else if (callbacks.empty() || candidates.empty()) {
    return made;
  } else {
    // Its name is the only sign that C has.
    SmallVector<int> named(make_filter_range(candidates, [&](int i) {
      return namesEnvironment(function.params[i].name);
    }));
    if (named.size() == 1)
      made.param = named.front();
  }

  bool allTakeIt = made.param >= 0;
  for (int callback : callbacks) {
    const CSignature &called = *functionOf(*function.params[callback].type);
    SmallVector<int> places = voidPointers(called);
    if (position && position <= called.params.size() &&
        is_contained(places, int(position) - 1))
      places = {int(position) - 1};
    if (places.size() == 1)
      made.positions[callback] = places.front();
    else
      allTakeIt = false;
  }
  if (allTakeIt) {
    if (at == choices.end())
      made.note = "'" + function.params[made.param].name +
                  "' is taken for the environment of the callback, by its name";
    return made;
  }
  if (at != choices.end())
    return createStringError(
        "'--environment=" + symbol + ":" + at->second.param +
        "': say which parameter of the callback it is, as in " + symbol + ":" +
        at->second.param + ":2");
  made.param = -1;
  made.positions.clear();
  bool mayBe = any_of(callbacks, [&](int callback) {
    return !voidPointers(*functionOf(*function.params[callback].type)).empty();
  });
  if (mayBe)
    made.note =
        "it may give its callback a void * of its own, but nothing says "
        "which; if so, --environment=" +
        symbol.str() + ":<parameter>[:<parameter of the callback>]";
  return made;
}
