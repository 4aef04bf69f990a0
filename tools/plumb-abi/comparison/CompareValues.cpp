//===- CompareValues.cpp - Where two C values differ ----------------------===//

#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/comparison/Exchanged.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

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

const char *plumb::abi::describeClass(const CType &type) {
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
  case CKind::Unknown:
    return "not known";
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
                      StringRef fix) {
  std::string expected = declare(*place.expected);
  std::string found = declare(*place.found);
  Difference difference;
  difference.kind = kind.str();
  difference.what = place.what + " is " + expected + " in " + sides.expected +
                    ", " + found + " in " + sides.found;
  if (!why.empty())
    difference.what += ": " + why.str();
  if (!fix.empty()) {
    difference.fix = fix.str();
  } else {
    difference.fix = "make it " + expected + " in " + sides.found;
    std::string name = recordType(*place.found);
    difference.fix += name.empty() ? ", or change the record"
                                   : ", or " + name + " in " + sides.expected;
  }
  result.differences.push_back(std::move(difference));
}

void Comparer::noteUnknown(const Place &place, StringRef why) {
  result.notKnown.push_back(place.what + ": " + why.str());
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
  // The same bits are one value, whatever sign either side reads them with.
  auto isEqual = [&](int64_t a, int64_t b) {
    uint64_t mask = maskTrailingOnes<uint64_t>(std::min(found.bits, 64u));
    return ((a ^ b) & mask) == 0;
  };
  for (const CEnumerator &e : expected.enumerators) {
    const CEnumerator *named = nullptr;
    bool hasValue = false;
    for (const CEnumerator &f : found.enumerators) {
      hasValue |= isEqual(f.value, e.value);
      StringRef name = f.name;
      if (name.ends_with_insensitive(e.name) &&
          (name.size() == e.name.size() ||
           name[name.size() - e.name.size() - 1] == '_'))
        named = named && isEqual(named->value, e.value) ? named : &f;
    }
    if (named && !isEqual(named->value, e.value))
      report("enum-value", place,
             "'" + e.name + "' is " + std::to_string(e.value) + " in " +
                 sides.expected + ", " + named->name + " is " +
                 std::to_string(named->value) + " in " + sides.found,
             "give both the same value");
    else if (!named && !hasValue)
      report("enum-value", place,
             sides.found + " has no '" + e.name + "' and no value " +
                 std::to_string(e.value),
             "add it to the runtime's enum, or take it out of the record");
  }
}

void Comparer::value(const CType &expectedType, const CType &foundType,
                     const Place &place, unsigned depth) {
  const CType &expected = strip(expectedType);
  const CType &found =
      expected.kind == CKind::Struct ? strip(foundType) : stripValue(foundType);
  if (found.kind == CKind::Unknown)
    return noteUnknown(place, found.name);
  if (expected.kind == CKind::Array && found.kind == CKind::Array &&
      place.isInMemory)
    return array(expected, found, place, depth);
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
                  Twine(describeClass(expected))
                      .concat(" against ")
                      .concat(describeClass(found))
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
  case CKind::Union:
  case CKind::Struct:
    return place.isInMemory ? structure(expected, found, place, depth)
                            : structureByValue(expected, found, place, depth);
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

void Comparer::structureByValue(const CType &expected, const CType &found,
                                const Place &place, unsigned depth) {
  const CType &whole = types.complete(found);
  if (whole.passing == CPassing::Reference)
    return report("class", place,
                  "a struct by value against a C++ class with a destructor, a "
                  "copy constructor or virtual functions, of which C++ passes "
                  "a hidden pointer",
                  "take a pointer to it in the runtime, or give the class "
                  "none of these");
  if (!whole.isComplete)
    return noteUnknown(place,
                       "the fields of " + declare(found) + " are not known");
  if (whole.passing == CPassing::Unknown)
    noteUnknown(place,
                "its debug information does not say whether C++ passes " +
                    declare(found) + " by a hidden pointer");
  // A typedef may have an alignment of its own.
  if (alignOf(*place.found) != alignOf(whole))
    report("struct-layout", place,
           "its type is aligned to " + std::to_string(alignOf(*place.found)) +
               " bytes, the struct to " + std::to_string(alignOf(whole)),
           "take the alignment out of the runtime's typedef");
  structure(expected, found, place, depth);
}

void Comparer::array(const CType &expected, const CType &found,
                     const Place &place, unsigned depth) {
  // `data[]` of a text and what is at its end have no number of their own.
  if (expected.count && found.count && expected.count != found.count)
    return report("struct-layout", place,
                  std::to_string(expected.count) + " elements against " +
                      std::to_string(found.count),
                  "give both arrays the same length");
  if (expected.count && depth < 8)
    value(*expected.target, *found.target,
          {"an element of " + place.what, false, expected.target, found.target,
           true},
          depth + 1);
}

void Comparer::structure(const CType &expected, const CType &found,
                         const Place &place, unsigned depth) {
  const CType &whole = types.complete(found);
  if (!expected.isComplete || !whole.isComplete || depth > 8 ||
      !seenStructs.insert({&expected, &whole}).second)
    return;
  StringRef fix = "make both structs the same, field by field";
  auto differ = [&](const Twine &why) {
    report("struct-layout", place, why.str(), fix);
  };
  if (expected.size != whole.size)
    return differ(Twine(expected.size) + " bytes against " + Twine(whole.size));
  if (alignOf(expected) != alignOf(whole))
    differ("aligned to " + Twine(alignOf(expected)) + " bytes against " +
           Twine(alignOf(whole)));
  if (expected.fields.size() != whole.fields.size())
    return differ(Twine(expected.fields.size()) + " fields against " +
                  Twine(whole.fields.size()));
  for (auto [index, pair] : enumerate(zip(expected.fields, whole.fields))) {
    const auto &[e, f] = pair;
    if (e.isBitField && f.isBitField) {
      if (e.bits != f.bits || (f.firstBit && e.firstBit != f.firstBit))
        differ("bit-field '" + e.name + "' has " + Twine(e.bits) +
               " bits from bit " + Twine(e.firstBit.value_or(0)) + " in " +
               sides.expected + ", '" + f.name + "' " + Twine(f.bits) +
               " from bit " + Twine(f.firstBit.value_or(0)) + " in " +
               sides.found);
      else if (!f.firstBit)
        noteUnknown(place, "its debug information does not say where "
                           "bit-fields begin");
      continue;
    }
    if (e.offset != f.offset || f.isBitField != e.isBitField) {
      differ("field '" + e.name + "' is at byte " + Twine(e.offset) + " in " +
             sides.expected + ", '" + f.name + "' at byte " + Twine(f.offset) +
             (f.isBitField ? " and a bit-field" : "") + " in " + sides.found);
      continue;
    }
    size_t told = result.differences.size();
    value(*e.type, *f.type,
          {"field '" + e.name + "' of " + place.what, false, e.type, f.type,
           true},
          depth + 1);
    // Of one type: nothing else shows it.
    if (told == result.differences.size() &&
        isExchanged(expected.fields, whole.fields, index))
      report("exchanged", place,
             "field " + std::to_string(index + 1) + " is '" + e.name + "' in " +
                 sides.expected + ", '" + f.name + "' in " + sides.found,
             "bring the fields of both into one order");
  }
}
