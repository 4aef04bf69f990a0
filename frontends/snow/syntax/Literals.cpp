//===- Literals.cpp - Values of literals ----------------------------------===//

#include "frontends/snow/syntax/Literals.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"

using namespace snow;
using llvm::StringRef;

static std::string quoted(StringRef text) {
  // A literal may be as long as the file.
  return "`" +
         (text.size() > 40 ? text.take_front(40).str() + "…" : text.str()) +
         "`";
}

static void report(Span span, const std::string &message, StringRef help,
                   Diagnostics &diagnostics) {
  diagnostics.report(Code::InvalidNumber, span, message).setHelp(help.str());
}

static unsigned baseOf(StringRef text) {
  if (text.size() < 2 || text[0] != '0')
    return 10;
  switch (text[1] | 0x20) {
  case 'x':
    return 16;
  case 'b':
    return 2;
  case 'o':
    return 8;
  default:
    return 10;
  }
}

uint64_t snow::syntax::readInteger(Span span, StringRef text, uint64_t limit,
                                   Diagnostics &diagnostics) {
  unsigned base = baseOf(text);
  StringRef digits = base == 10 ? text : text.drop_front(2);
  bool hasDigit = false, isTooLarge = false;
  uint64_t value = 0;
  for (char c : digits) {
    if (c == '_')
      continue;
    unsigned digit = llvm::hexDigitValue(c);
    if (digit >= base) {
      if (base == 10 || !llvm::isDigit(c))
        report(span, quoted(text) + " is not a number",
               base == 16
                   ? "after `0x` stand the digits 0 to 9 and a to f"
                   : "a name does not start with a digit, and a number does "
                     "not end in letters",
               diagnostics);
      else
        report(span, quoted(text) + " is not a number",
               base == 2 ? "after `0b` stand the digits 0 and 1"
                         : "after `0o` stand the digits 0 to 7",
               diagnostics);
      return 0;
    }
    hasDigit = true;
    if (isTooLarge || value > (UINT64_MAX - digit) / base)
      isTooLarge = true;
    else
      value = value * base + digit;
  }
  if (!hasDigit) {
    report(span, quoted(text) + " is not a number",
           "digits stand after `" + text.take_front(2).str() + "`",
           diagnostics);
    return 0;
  }
  if (isTooLarge || value > limit) {
    report(span, quoted(text) + " does not fit into an Int",
           "an Int is from -9223372036854775808 to 9223372036854775807",
           diagnostics);
    return 0;
  }
  return value;
}

double snow::syntax::readFloat(Span span, StringRef text,
                               Diagnostics &diagnostics) {
  std::string plain;
  llvm::copy_if(text, std::back_inserter(plain),
                [](char c) { return c != '_'; });
  llvm::APFloat value(llvm::APFloat::IEEEdouble());
  bool isNumber = StringRef(plain).find_first_not_of("0123456789.eE+-") ==
                      StringRef::npos &&
                  llvm::isDigit(plain.back());
  if (isNumber) {
    auto status =
        value.convertFromString(plain, llvm::APFloat::rmNearestTiesToEven);
    isNumber = bool(status);
    llvm::consumeError(status.takeError());
  }
  if (!isNumber) {
    report(span, quoted(text) + " is not a number",
           "a Float is written like `1.5`, `2e10` or `1.5e-3`", diagnostics);
    return 0;
  }
  if (!value.isFinite()) {
    report(span, quoted(text) + " does not fit into a Float",
           "the largest Float is about 1.8e308", diagnostics);
    return 0;
  }
  return value.convertToDouble();
}

std::string snow::syntax::readEscapes(StringRef text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    switch (char c = text[++i]) {
    case 'n':
      result += '\n';
      break;
    case 't':
      result += '\t';
      break;
    case 'r':
      result += '\r';
      break;
    case '0':
      result += '\0';
      break;
    default:
      result += c;
    }
  }
  return result;
}
