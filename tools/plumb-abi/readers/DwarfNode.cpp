//===- DwarfNode.cpp - DWARF, as nodes ------------------------------------===//

#include "tools/plumb-abi/readers/DwarfNode.h"
#include "tools/plumb-abi/readers/Languages.h"
#include "llvm/DebugInfo/DWARF/DWARFUnit.h"

using namespace llvm;
using namespace llvm::dwarf;
using namespace plumb::abi;

/// Longer than any chain of instances that a compiler writes.
static constexpr unsigned maxOrigins = 8;

unsigned plumb::abi::languageOf(DWARFDie unit) {
  if (std::optional<uint64_t> old = toUnsigned(unit.find(DW_AT_language)))
    return *old;
  // DWARF 6 has a name and a version.
  std::optional<uint64_t> name = toUnsigned(unit.find(DW_AT_language_name));
  if (!name)
    return 0;
  uint64_t version = toUnsigned(unit.find(DW_AT_language_version), 0);
  std::optional<SourceLanguage> known =
      toDW_LANG(SourceLanguageName(*name), version);
  return known ? unsigned(*known) : 0;
}

DwarfNode::DwarfNode(DWARFDie given, unsigned language,
                     const DwarfAlternative *alternative)
    : die(given), language(language), alternative(alternative) {
  if (DWARFDie unit = die ? die.resolveTypeUnitReference() : DWARFDie())
    die = unit;
}

uint64_t DwarfNode::number(dwarf::Attribute attribute) const {
  return toUnsigned(die.find(attribute), 0);
}

std::string DwarfNode::text(dwarf::Attribute attribute) const {
  std::optional<DWARFFormValue> value = die.find(attribute);
  if (!value)
    return "";
  if (DwarfAlternative::isString(value->getForm()))
    return alternative ? alternative->string(value->getRawUValue()).str() : "";
  return toString(value, "");
}

DwarfNode DwarfNode::refer(dwarf::Attribute attribute) const {
  std::optional<DWARFFormValue> value = die.find(attribute);
  if (!value)
    return DwarfNode();
  if (DwarfAlternative::isReference(value->getForm())) {
    if (!alternative)
      return makeMissing("it is in the file that dwz made, which is not here");
    DWARFDie there = alternative->die(value->getRawUValue());
    return there ? DwarfNode(there, language, nullptr)
                 : makeMissing("the file that dwz made does not have it");
  }
  DWARFDie there = die.getAttributeValueAsReferencedDie(*value);
  return there ? DwarfNode(there, language, alternative)
               : makeMissing("its debug information is not in this file");
}

DwarfNode DwarfNode::origin() const {
  DwarfNode instance = refer(DW_AT_abstract_origin);
  return instance.isValid() ? instance : refer(DW_AT_specification);
}

DwarfNode DwarfNode::whole() const {
  DwarfNode at = *this;
  for (unsigned i = 0; i < maxOrigins && !at.missing(); ++i) {
    DwarfNode next = at.refer(DW_AT_abstract_origin);
    if (!next.isValid())
      break;
    at = next;
  }
  return at;
}

DwarfNode DwarfNode::inheritedType() const {
  DwarfNode at = *this;
  for (unsigned i = 0; i < maxOrigins && at.isValid() && !at.missing(); ++i) {
    if (at.die.find(DW_AT_type))
      return at.type();
    at = at.origin();
  }
  return at.missing() ? at : DwarfNode();
}

std::string DwarfNode::inheritedText(dwarf::Attribute attribute) const {
  DwarfNode at = *this;
  for (unsigned i = 0; i < maxOrigins && at.isValid() && !at.missing(); ++i) {
    if (at.die.find(attribute))
      return at.text(attribute);
    at = at.origin();
  }
  return "";
}

std::string DwarfNode::scope() const {
  std::string scope;
  DWARFDie at = die.getParent();
  for (unsigned i = 0; at && i < 64; ++i, at = at.getParent())
    switch (at.getTag()) {
    case DW_TAG_namespace:
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_subprogram:
    case DW_TAG_module: {
      // C's tags are of the file, wherever they stand.
      if (isC(language))
        continue;
      std::string name =
          DwarfNode(at, language, alternative).inheritedText(DW_AT_name);
      scope.insert(0, (name.empty() ? "(anonymous)" : name) + "::");
      break;
    }
    default:
      break;
    }
  return scope;
}

uint64_t DwarfNode::size() const {
  bool isPointer =
      tag() == DW_TAG_pointer_type || tag() == DW_TAG_reference_type;
  return isPointer ? 8 : number(DW_AT_byte_size);
}

/// `const X &` or `X &&`, for the constructor of X: a copy's or a move's.
static bool takesItself(DwarfNode constructor, DwarfNode type) {
  bool isFirst = true, isItself = false;
  constructor.children([&](DwarfNode child) {
    if (child.tag() != DW_TAG_formal_parameter ||
        child.number(DW_AT_artificial) || !std::exchange(isFirst, false))
      return;
    DwarfNode at = child.type();
    bool isReference = at.isValid() && !at.missing() &&
                       (at.tag() == DW_TAG_reference_type ||
                        at.tag() == DW_TAG_rvalue_reference_type);
    for (unsigned i = 0; isReference && i < 3; ++i) {
      at = at.type();
      if (!at.isValid() || at.missing() || at.tag() != DW_TAG_const_type)
        break;
    }
    isItself =
        isReference && at.isValid() && !at.missing() && at.key() == type.key();
  });
  return isItself;
}

std::optional<CPassing> DwarfNode::passing() const {
  switch (number(DW_AT_calling_convention)) {
  case DW_CC_pass_by_reference:
    return CPassing::Reference;
  case DW_CC_pass_by_value:
    return CPassing::Value;
  default:
    break;
  }
  if (!isCxx(language))
    return CPassing::Value;
  // gcc leaves the convention to the reader, and so does DWARF before 5: C++
  // passes a pointer when the destructor, or a constructor that copies or
  // moves, is not trivial. A class with virtual functions has no trivial ones.
  if (die.find(DW_AT_containing_type))
    return CPassing::Reference;
  DwarfNode unit(die.getDwarfUnit()->getUnitDIE(), language, alternative);
  StringRef producer = toString(unit.die.find(DW_AT_producer), "");
  bool saysDefaulted =
      producer.starts_with("GNU C++") && !producer.contains("-gstrict-dwarf");
  std::string className = name();
  StringRef plainName =
      StringRef(className).take_until([](char c) { return c == '<'; });
  std::optional<CPassing> passing;
  children([&](DwarfNode child) {
    if (child.tag() != DW_TAG_subprogram || child.number(DW_AT_artificial) ||
        child.number(DW_AT_defaulted) == DW_DEFAULTED_in_class)
      return;
    std::string function = child.name();
    if (!StringRef(function).starts_with("~") &&
        !(function == plainName && takesItself(child, *this)))
      return;
    bool isSure = saysDefaulted && !child.number(DW_AT_deleted);
    if (passing != CPassing::Reference)
      passing = isSure ? CPassing::Reference : CPassing::Unknown;
  });
  return passing;
}

std::optional<int64_t> DwarfNode::value(unsigned bits, CSign sign) const {
  std::optional<DWARFFormValue> value = die.find(DW_AT_const_value);
  if (!value)
    return std::nullopt;
  switch (value->getForm()) {
  case DW_FORM_sdata:
  case DW_FORM_implicit_const:
    return value->getAsSignedConstant();
  case DW_FORM_udata:
  case DW_FORM_data1:
  case DW_FORM_data2:
  case DW_FORM_data4:
  case DW_FORM_data8: {
    // gcc writes what is not negative in the fewest bytes: 200 is no -56.
    uint64_t raw = value->getRawUValue();
    bool isOutside =
        bits && bits < 64 && sign == CSign::Signed && raw >> (bits - 1) == 1;
    return isOutside ? SignExtend64(raw, bits) : int64_t(raw);
  }
  default: // more than 64 bits
    return std::nullopt;
  }
}

uint64_t DwarfNode::count() const {
  uint64_t count = 1;
  bool isKnown = false;
  // `int[2][3]` has two of them; the elements of all are next to each other.
  for (DWARFDie child : die.children()) {
    if (child.getTag() != DW_TAG_subrange_type)
      continue;
    isKnown = true;
    DwarfNode range(child, language, alternative);
    if (child.find(DW_AT_upper_bound))
      count *= range.number(DW_AT_upper_bound) + 1;
    else
      count *= range.number(DW_AT_count);
  }
  return isKnown ? count : 0;
}

void DwarfNode::children(function_ref<void(DwarfNode)> visit) const {
  for (DWARFDie child : die.children())
    visit(DwarfNode(child, language, alternative));
}

DwarfNode DwarfNode::result() const { return inheritedType(); }

void DwarfNode::parameters(function_ref<void(std::string, DwarfNode)> visit,
                           bool &variadic) const {
  // A copy that was inlined elsewhere may have lost some of its own.
  whole().children([&](DwarfNode child) {
    variadic |= child.tag() == DW_TAG_unspecified_parameters;
    if (child.tag() != DW_TAG_formal_parameter)
      return;
    DwarfNode type = child.inheritedType();
    visit(child.inheritedText(DW_AT_name),
          type.isValid() ? type : makeMissing("nothing says its type"));
  });
}

/// In C only, a function may have parameters that nobody has written.
bool DwarfNode::isPrototyped() const {
  if (!isC(language))
    return true;
  DwarfNode at = *this;
  for (unsigned i = 0; i < maxOrigins && at.isValid() && !at.missing(); ++i) {
    if (at.number(DW_AT_prototyped))
      return true;
    at = at.origin();
  }
  return false;
}
