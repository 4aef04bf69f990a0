//===- LoadDescriptor.cpp - Families from data ----------------------------===//

#include "dialects/Intrinsic/LoadDescriptor.h"
#include "dialects/Intrinsic/LoadedFamily.h"
#include "llvm/Support/Mutex.h"

using namespace llvm;
using namespace plumb::intr;

/// The parser recurses; a descriptor has few levels.
static bool isDeep(StringRef text) {
  constexpr int deepest = 64;
  int depth = 0;
  bool inText = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inText) {
      i += c == '\\';
      inText = c != '"';
    } else if (c == '"') {
      inText = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest)
        return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

Expected<const plumb_intr_family *>
plumb::intr::loadDescriptor(StringRef text, StringRef file) {
  auto fail = [&](const Twine &message) {
    return createStringError("'" + file +
                             "' is not the JSON of a family: " + message);
  };
  if (isDeep(text))
    return fail("it nests too deeply");
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return fail(toString(value.takeError()));
  const json::Object *object = value->getAsObject();
  if (!object)
    return fail("it is no object");
  auto family = std::make_unique<LoadedFamily>();
  JsonFaults faults;
  family->read(*object, faults);
  if (!faults.empty())
    return createStringError("'" + file +
                             "' is not a sound family:" + faults.getText());
  // Rows are handed out as static data; reachable, so that no leak is reported.
  static sys::SmartMutex<true> mutex;
  static std::vector<std::unique_ptr<LoadedFamily>> kept;
  sys::SmartScopedLock<true> lock(mutex);
  kept.push_back(std::move(family));
  return &kept.back()->get();
}
