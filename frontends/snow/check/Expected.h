//===- Expected.h - What a place asks of an expression ----------*- C++ -*-===//

#ifndef SNOW_CHECK_EXPECTED_H
#define SNOW_CHECK_EXPECTED_H

#include "frontends/snow/check/Types.h"
#include "frontends/snow/source/Span.h"

namespace snow::check {

/// Why a place asks for a type; messages say it.
struct Reason {
  enum class Kind {
    None,
    Annotation, ///< `name` was declared with it, at `span`
    Result,     ///< of the function `name`; written at `span`
    Inferred,   ///< of the function `name`; `return` or `?` at `span` says so
    Argument,   ///< number `ordinal` of `name`; the parameter is at `span`
    Condition,  ///< of `name`: "if", "while", "when"
    Branch,     ///< the first branch of an `if` is at `span`
    Arm,        ///< the first arm of a `case`
    Clause,     ///< the first clause of `name`
    Element,    ///< the first element of a list
    Key,        ///< the first key of a map
    Value,      ///< the first value of a map
    Field,      ///< `name`, declared at `span`
    Operator,   ///< `name`
    Matched,    ///< what the patterns are matched against
    Pattern,    ///< an earlier alternative
  };
  Kind kind = Kind::None;
  Span span; ///< empty and of file 0: there is no such place
  llvm::StringRef name;
  unsigned ordinal = 0;
  llvm::StringRef detail; ///< of Argument: the parameter's name

  Reason(Kind kind = Kind::None, Span span = {}, llvm::StringRef name = "")
      : kind(kind), span(span), name(name) {}
};

struct Expected {
  Ty *type = nullptr; ///< null: anything
  Reason reason;
  /// The value is thrown away.
  bool isUnused = false;

  Expected() = default;
  Expected(Ty *type, Reason reason = {}) : type(type), reason(reason) {}
};

} // namespace snow::check

#endif // SNOW_CHECK_EXPECTED_H
