//===- CompareSignatures.cpp - Where two C functions differ ---------------===//

#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/comparison/Exchanged.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::abi;

void Comparer::pointer(const CType &expected, const CType &found,
                       const Place &place, unsigned depth) {
  if (!found.target)
    return;
  if (expected.isOpaque)
    return handle(found, place);
  if (!expected.target)
    return;
  pointee(*expected.target, *found.target, place, depth);
}

void Comparer::handle(const CType &found, const Place &place) {
  const CType &to = strip(found.target);
  if (to.kind == CKind::Void)
    return;
  if (to.kind == CKind::Function)
    return report("class", place, "a handle against a function");
  std::string handleType = declare(*place.expected);
  std::string stripped = declare(to);
  const CType &whole = types.complete(to);
  const CType *definition = whole.isComplete ? &whole : nullptr;
  auto [at, isNew] =
      handles.try_emplace(handleType, Seen{stripped, symbol, definition});
  Seen &seen = at->second;
  if (isNew)
    return;
  // Two files may have different structs of one name.
  bool isAnother = seen.definition && definition &&
                   seen.definition != definition && seen.type == stripped;
  if (seen.type != stripped || isAnother)
    report("handle", place,
           "a " + handleType + " is " + (isAnother ? "another " : "") +
               seen.type + " * in " + seen.symbol,
           "use one type for one handle; void * fits all");
  if (!seen.definition)
    seen.definition = definition;
}

/// Whether it is called so, by itself or by a typedef of it.
static bool hasName(const CType &type, StringRef name) {
  const CType *at = &type;
  for (unsigned i = 0; i < 64; ++i, at = at->target) {
    if (at->name == name)
      return true;
    if (at->kind != CKind::Alias && at->kind != CKind::Const &&
        at->kind != CKind::Array)
      return false;
  }
  return false;
}

void Comparer::pointee(const CType &expectedType, const CType &foundType,
                       const Place &place, unsigned depth) {
  const CType &expected = strip(expectedType);
  const CType *found = &strip(foundType);
  if (found->kind == CKind::Array)
    found = &strip(found->target);
  if (expected.kind == CKind::Void || found->kind == CKind::Void)
    return;
  if (found->kind == CKind::Unknown)
    return noteUnknown(place, "what it points to is not known: " + found->name);
  if (expected.kind == CKind::Function && found->kind == CKind::Function)
    return signature(*expected.function, *found->function, place.what,
                     depth + 1);
  if (expected.kind == CKind::Other && sides.areSpelled)
    return hasName(foundType, expected.name)
               ? void()
               : report("pointee", place, "pointers to different types");
  if (expected.kind != found->kind)
    return report("pointee", place,
                  Twine("points to ")
                      .concat(describeClass(expected))
                      .concat(" against ")
                      .concat(describeClass(*found))
                      .str());
  switch (expected.kind) {
  case CKind::Int:
    if (expected.bits == 8 && found->bits == 8) // char, int8_t, uint8_t: bytes
      return;
    [[fallthrough]];
  case CKind::Bool:
  case CKind::Float:
    return value(expected, *found,
                 {place.what, false, place.expected, place.found, true}, depth);
  case CKind::Pointer:
    if (depth < 8)
      pointer(expected, *found, place, depth + 1);
    return;
  case CKind::Struct:
  case CKind::Union: {
    const CType &whole = types.complete(*found);
    if (expected.isComplete && whole.isComplete)
      return structure(expected, whole, place, depth);
    if (!hasName(foundType, expected.name))
      report("pointee", place, "pointers to different types");
    return;
  }
  default:
    return;
  }
}

void Comparer::signature(const CSignature &expected, const CSignature &found,
                         StringRef in, unsigned depth) {
  if (depth > 4)
    return;
  std::string of = in.empty() ? "" : " of " + in.str();
  if (expected.cc != found.cc || !found.otherConvention.empty()) {
    // The convention of this target has a name of its own.
    bool isSame =
        found.otherConvention.empty() && architecture == "x86_64" &&
        (expected.cc == PLUMB_INTR_CC_C ||
         expected.cc == PLUMB_INTR_CC_SYSV_ABI) &&
        (found.cc == PLUMB_INTR_CC_C || found.cc == PLUMB_INTR_CC_SYSV_ABI);
    if (!isSame)
      result.differences.push_back(
          {"convention",
           "the calling convention" + of + " is " +
               describeConvention(expected) + " in " + sides.expected + ", " +
               describeConvention(found) + " in " + sides.found,
           "give the runtime's function the record's convention, or set "
           "callingConvention in the record"});
  }
  // A callback that C declares as `f()` takes anything.
  bool takesAnything = depth && !found.hasPrototype;
  if (expected.isVariadic != found.isVariadic && !takesAnything)
    result.differences.push_back(
        {"variadic",
         (in.empty() ? std::string("the function") : in.str()) +
             " takes `...` in " +
             (expected.isVariadic
                  ? sides.expected + ", but not in " + sides.found
                  : sides.found + ", but not in " + sides.expected),
         expected.isVariadic ? "add `...` in the runtime, or take VarArgs out "
                               "of the record"
                             : "put VarArgs last in the record's arguments, or "
                               "take `...` out of the runtime"});
  value(*expected.result, *found.result,
        {"the result" + of, true, expected.result, found.result}, depth);
  if (takesAnything)
    return;
  if (expected.params.size() != found.params.size()) {
    auto count = [](size_t n) {
      return std::to_string(n) + (n == 1 ? " parameter" : " parameters");
    };
    result.differences.push_back(
        {"arity",
         (in.empty() ? std::string("the function") : in.str()) + " has " +
             count(expected.params.size()) + " in " + sides.expected + ", " +
             count(found.params.size()) + " in " + sides.found,
         "give both the same parameters; in C a text passed as Span and a "
         "callback with its environment are two each"});
    return;
  }
  unsigned position = 0;
  for (auto [e, f] : zip(expected.params, found.params)) {
    ++position;
    std::string what = "parameter " + std::to_string(position);
    if (!e.name.empty())
      what += " '" + e.name + "'";
    size_t told = result.differences.size();
    value(*e.type, *f.type, {what + of, false, e.type, f.type}, depth);
    // Of one type: nothing else shows it.
    if (told == result.differences.size() &&
        isExchanged(expected.params, found.params, position - 1))
      result.differences.push_back(
          {"exchanged",
           what + of + " is '" + f.name + "' in " + sides.found +
               ", which is another parameter of " + sides.expected,
           "bring the parameters of both into one order"});
  }
}

Comparison Comparer::compare(const CSignature &expected,
                             const CSignature &found, StringRef function) {
  result = Comparison();
  seenStructs.clear();
  symbol = function.str();
  isLowered = found.isLowered;
  signature(expected, found, "", 0);
  return std::move(result);
}
