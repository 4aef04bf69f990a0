//===- Diagnostic.cpp - A message to the programmer -----------------------===//

#include "frontends/snow/source/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <tuple>

using namespace snow;

std::string snow::toString(Code code) {
  unsigned number = unsigned(code) % 10000;
  std::string digits = std::to_string(number);
  return (isWarning(code) ? "W" : "E") + std::string(4 - digits.size(), '0') +
         digits;
}

Diagnostic &Diagnostics::report(Code code, Span span, std::string message,
                                std::string labelText) {
  errors += !isWarning(code);
  list.push_back({code, std::move(message), {}, {}, {}, {}});
  return list.back().label(span, std::move(labelText));
}

void Diagnostics::take(Diagnostics &&others) {
  errors += others.errors;
  std::move(others.list.begin(), others.list.end(), std::back_inserter(list));
}

std::vector<const Diagnostic *> Diagnostics::sorted() const {
  std::vector<const Diagnostic *> result;
  for (const Diagnostic &diagnostic : list)
    result.push_back(&diagnostic);
  auto key = [](const Diagnostic *d) {
    return std::tuple(d->span().file, d->span().begin);
  };
  llvm::stable_sort(result, [&](auto *a, auto *b) {
    return std::tuple(key(a), isWarning(a->code)) <
           std::tuple(key(b), isWarning(b->code));
  });
  // Warnings may share a place with each other, errors with nothing.
  auto isRepeated = [&](auto *first, auto *second) {
    return key(first) == key(second) && !isWarning(first->code);
  };
  result.erase(std::unique(result.begin(), result.end(), isRepeated),
               result.end());
  return result;
}
