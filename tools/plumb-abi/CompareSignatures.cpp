//===- CompareSignatures.cpp - Where two C functions differ ---------------===//

#include "CompareSignatures.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::abi;

std::string plumb::abi::recordType(const CType &given) {
  const CType &type = strip(given);
  switch (type.kind) {
  case CKind::Bool:
    return "Bool";
  case CKind::Float:
    return type.bits == 64 ? "Float" : type.bits == 32 ? "Float32" : "";
  case CKind::Int: {
    if (type.bits > 64 || type.sign == CSign::Unknown)
      return "";
    if (type.bits == 64)
      return type.sign == CSign::Signed ? "Int" : "UInt64";
    return (type.sign == CSign::Signed ? "Int" : "UInt") +
           std::to_string(type.bits);
  }
  default:
    return "";
  }
}

/// What a call needs to know first: in which kind of register a value is.
static const char *classOf(const CType &type) {
  switch (type.kind) {
  case CKind::Void:
    return "nothing";
  case CKind::Bool:
    return "a bool";
  case CKind::Int:
    return "an integer";
  case CKind::Float:
    return "a floating-point number";
  case CKind::Pointer:
  case CKind::Array:
    return "a pointer";
  case CKind::Struct:
    return "a struct by value";
  case CKind::Union:
    return "a union by value";
  case CKind::Function:
    return "a function";
  default:
    return "of a kind that no record has";
  }
}

static std::string bitsOf(unsigned bits) {
  return std::to_string(bits) + (bits == 1 ? " bit" : " bits");
}

static const char *signOf(CSign sign) {
  return sign == CSign::Signed ? "signed" : "unsigned";
}

void Comparer::report(StringRef kind, const Place &place, StringRef why,
                      StringRef mend) {
  std::string expected = declare(*place.expected);
  std::string found = declare(*place.found);
  Difference difference;
  difference.kind = kind.str();
  difference.what = place.what + " is " + expected + " in the record, " +
                    found + " in the runtime";
  if (!why.empty())
    difference.what += ": " + why.str();
  if (!mend.empty()) {
    difference.mend = mend.str();
  } else {
    difference.mend = "make it " + expected + " in the runtime";
    std::string name = recordType(*place.found);
    difference.mend += name.empty() ? ", or change the record"
                                    : ", or " + name + " in the record";
  }
  differences.push_back(std::move(difference));
}

void Comparer::integer(const CType &expected, const CType &found,
                       const Place &place) {
  if (expected.bits != found.bits)
    return report("width", place,
                  bitsOf(expected.bits) + " against " + bitsOf(found.bits));
  bool areKnown =
      expected.sign != CSign::Unknown && found.sign != CSign::Unknown;
  // C compilers choose the sign of an enum by its values.
  if (areKnown && expected.sign != found.sign && !expected.isEnum &&
      !found.isEnum)
    return report("signedness", place,
                  Twine(signOf(expected.sign))
                      .concat(" against ")
                      .concat(signOf(found.sign))
                      .str());
  enumerators(expected, found, place);
}

/// Names differ in their prefix, so the end decides.
void Comparer::enumerators(const CType &expected, const CType &found,
                           const Place &place) {
  if (expected.enumerators.empty() || found.enumerators.empty())
    return;
  for (const CEnumerator &e : expected.enumerators) {
    const CEnumerator *named = nullptr;
    bool hasValue = false;
    for (const CEnumerator &f : found.enumerators) {
      hasValue |= f.value == e.value;
      StringRef name = f.name;
      if (name.ends_with_insensitive(e.name) &&
          (name.size() == e.name.size() ||
           name[name.size() - e.name.size() - 1] == '_'))
        named = named && named->value == e.value ? named : &f;
    }
    if (named && named->value != e.value)
      report("enum-value", place,
             "'" + e.name + "' is " + std::to_string(e.value) +
                 " in the record, " + named->name + " is " +
                 std::to_string(named->value) + " in the runtime",
             "give both the same value");
    else if (!named && !hasValue)
      report("enum-value", place,
             "the runtime has no '" + e.name + "' and no value " +
                 std::to_string(e.value),
             "add it to the runtime's enum, or take it out of the record");
  }
}

void Comparer::value(const CType &expectedType, const CType &foundType,
                     const Place &place, unsigned depth) {
  const CType &expected = strip(expectedType);
  const CType &found =
      expected.kind == CKind::Struct ? strip(foundType) : stripValue(foundType);
  // In C an array parameter is a pointer.
  bool isPointer = found.kind == CKind::Pointer || found.kind == CKind::Array;
  if (expected.kind == CKind::Pointer && isPointer)
    return pointer(expected, found, place, depth);
  if (expected.kind != found.kind) {
    // "no result" reads better than "a nothing".
    if (place.isResult && expected.kind == CKind::Void)
      return report("result", place, "the record has no result");
    if (place.isResult && found.kind == CKind::Void)
      return report("result", place, "the runtime's function returns nothing");
    return report("class", place,
                  Twine(classOf(expected))
                      .concat(" against ")
                      .concat(classOf(found))
                      .str());
  }
  switch (expected.kind) {
  case CKind::Int:
    integer(expected, found, place);
    break;
  case CKind::Bool:
    if (found.bits > 8)
      report("width", place, "a bool of " + bitsOf(found.bits));
    break;
  case CKind::Float:
    if (expected.bits != found.bits)
      report("width", place,
             bitsOf(expected.bits) + " against " + bitsOf(found.bits));
    return;
  case CKind::Struct:
    return structure(expected, found, place, depth);
  default:
    return;
  }
  // Whoever called takes the upper bits for granted.
  if (isLowered && place.isResult && found.sign == CSign::Unknown &&
      architecture == "x86_64" &&
      (expected.kind == CKind::Bool || expected.bits < 32))
    report("extension", place,
           "without zeroext or signext the upper bits are anything",
           std::string("give the result `") +
               (expected.sign == CSign::Signed ? "signext" : "zeroext") +
               "` in the runtime's IR");
}

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
  std::string type = declare(found);
  std::string handleType = declare(*place.expected);
  std::string stripped = declare(to);
  auto [at, isNew] = handles.try_emplace(handleType, Seen{stripped, symbol});
  if (!isNew && at->second.type != stripped)
    report("handle", place,
           "a " + handleType + " is " + at->second.type + " * in " +
               at->second.symbol,
           "use one type for one handle; void * fits all");
}

void Comparer::pointee(const CType &expectedType, const CType &foundType,
                       const Place &place, unsigned depth) {
  const CType &expected = strip(expectedType);
  const CType *found = &strip(foundType);
  if (found->kind == CKind::Array)
    found = &strip(found->target);
  if (expected.kind == CKind::Void || found->kind == CKind::Void)
    return;
  if (expected.kind == CKind::Function && found->kind == CKind::Function)
    return signature(*expected.function, *found->function, place.what,
                     depth + 1);
  if (expected.kind == CKind::Other) { // a typedef's name is all there is
    for (const CType *at = &foundType;; at = at->target) {
      if (at->name == expected.name)
        return;
      if (at->kind != CKind::Alias && at->kind != CKind::Const)
        break;
    }
    return report("pointee", place, "pointers to different types");
  }
  if (expected.kind != found->kind)
    return report("pointee", place,
                  Twine("points to ")
                      .concat(classOf(expected))
                      .concat(" against ")
                      .concat(classOf(*found))
                      .str());
  switch (expected.kind) {
  case CKind::Int:
    if (expected.bits == 8 && found->bits == 8) // char, int8_t, uint8_t: bytes
      return;
    [[fallthrough]];
  case CKind::Bool:
  case CKind::Float:
    return value(expected, *found,
                 {place.what, false, place.expected, place.found}, depth);
  case CKind::Pointer:
    if (depth < 8)
      pointer(expected, *found, place, depth + 1);
    return;
  case CKind::Struct:
  case CKind::Union: {
    const CType &whole = types.complete(*found);
    if (expected.isComplete && whole.isComplete)
      return structure(expected, whole, place, depth);
    if (expected.name != found->name)
      report("pointee", place, "pointers to different types");
    return;
  }
  default:
    return;
  }
}

void Comparer::structure(const CType &expected, const CType &found,
                         const Place &place, unsigned depth) {
  const CType &whole = types.complete(found);
  if (!expected.isComplete || !whole.isComplete || depth > 8)
    return;
  StringRef mend = "make both structs the same, field by field";
  auto differ = [&](const Twine &why) {
    report("struct-layout", place, why.str(), mend);
  };
  if (expected.size != whole.size)
    return differ(Twine(expected.size) + " bytes against " + Twine(whole.size));
  if (expected.fields.size() != whole.fields.size())
    return differ(Twine(expected.fields.size()) + " fields against " +
                  Twine(whole.fields.size()));
  for (auto [e, f] : zip(expected.fields, whole.fields)) {
    if (e.offset != f.offset || f.isBitField) {
      differ("field '" + e.name + "' is at byte " + Twine(e.offset) +
             " in the record, '" + f.name + "' at byte " + Twine(f.offset) +
             (f.isBitField ? " and a bit-field" : "") + " in the runtime");
      continue;
    }
    if (strip(e.type).kind != CKind::Array)
      value(*e.type, *f.type,
            {"field '" + e.name + "' of " + place.what, false, e.type, f.type},
            depth + 1);
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
      differences.push_back(
          {"convention",
           "the calling convention" + of + " is " +
               describeConvention(expected) + " in the record, " +
               describeConvention(found) + " in the runtime",
           "give the runtime's function the record's convention, or set "
           "callingConvention in the record"});
  }
  // A callback that C declares as `f()` takes anything.
  bool takesAnything = depth && !found.hasPrototype;
  if (expected.isVariadic != found.isVariadic && !takesAnything)
    differences.push_back(
        {"variadic",
         (in.empty() ? std::string("the function") : in.str()) +
             (expected.isVariadic
                  ? " takes `...` in the record, but not in the runtime"
                  : " takes `...` in the runtime, but not in the record"),
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
    differences.push_back(
        {"arity",
         (in.empty() ? std::string("the function") : in.str()) + " has " +
             count(expected.params.size()) + " in the record, " +
             count(found.params.size()) + " in the runtime",
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
    value(*e.type, *f.type, {what + of, false, e.type, f.type}, depth);
  }
}

std::vector<Difference> Comparer::compare(const CSignature &expected,
                                          const CSignature &found,
                                          StringRef function) {
  differences.clear();
  symbol = function.str();
  isLowered = found.isLowered;
  signature(expected, found, "", 0);
  return std::move(differences);
}
