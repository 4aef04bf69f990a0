//===- Diagnostic.cpp - A message to the programmer -----------------------===//

#include "frontends/snow/source/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <numeric>
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
  auto place = [](const Diagnostic *d) {
    return std::tuple(d->span().file, d->span().begin);
  };
  std::vector<size_t> order(list.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](size_t a, size_t b) {
    return std::tuple(place(&list[a]), isWarning(list[a].code), a) <
           std::tuple(place(&list[b]), isWarning(list[b].code), b);
  });
  std::vector<const Diagnostic *> result;
  for (size_t index : order) {
    // Warnings may share a place with each other, errors with nothing.
    const Diagnostic *last = result.empty() ? nullptr : result.back();
    if (!last || place(last) != place(&list[index]) || isWarning(last->code))
      result.push_back(&list[index]);
  }
  return result;
}
