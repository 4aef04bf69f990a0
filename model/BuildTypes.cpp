//===- BuildTypes.cpp - Types, enums, structs, options --------------------===//

#include "model/Builder.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::model;

/// More than anybody passes over a call; counts of arrays are of records, which
/// may say anything.
static constexpr uint64_t maxStructSize = 1u << 30;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// "!clock.zone".
static bool isHandleSpelling(StringRef text) {
  if (!text.consume_front("!"))
    return false;
  auto [family, name] = text.split('.');
  return isIdentifier(family) && isIdentifier(name);
}

/// "!intr.ptr<"tm">": what is between the quotes, or nothing.
static std::optional<StringRef> pointeeOf(StringRef mlir) {
  if (!mlir.consume_front("!intr.ptr<\"") || !mlir.consume_back("\">"))
    return std::nullopt;
  bool isPlain = !mlir.empty() && all_of(mlir, [](char c) {
    return isAlnum(c) || StringRef("_. *:<>,()[]").contains(c);
  });
  return isPlain ? std::optional(mlir) : std::nullopt;
}

/// What the kind of the type says that the type is in MLIR; "" for a handle,
/// and for what is wrong already.
static std::string mlirOf(const TypeInput &input, const KindInfo &kind) {
  if (kind.kind == Kind::Pointer && pointeeOf(input.mlir))
    return input.mlir.str();
  if (kind.kind == Kind::Struct && input.structure)
    return (Twine("!intr.struct<\"") + input.structure->name + "\">").str();
  if (input.enumeration && input.enumeration->type)
    return input.enumeration->type->mlir;
  std::string arguments = join(
      map_range(input.arguments,
                [](const plumb_intr_type *t) { return StringRef(t->mlir); }),
      ", ");
  switch (kind.kind) {
  case Kind::Variable:
    return ("!intr.var<\"" + input.name + "\">").str();
  case Kind::Object:
    return ("!intr.object<\"" + input.name + "\"" +
            (arguments.empty() ? "" : ", ") + arguments + ">")
        .str();
  case Kind::Function:
    return "!intr.fn<(" +
           join(map_range(ArrayRef(input.arguments).drop_back(),
                          [](const plumb_intr_type *t) {
                            return StringRef(t->mlir);
                          }),
                ", ") +
           ") -> " + input.arguments.back()->mlir + ">";
  default:
    return kind.mlir.str();
  }
}

/// What is wrong with the type; "" for nothing.
std::string FamilyBuilder::checkKind(const TypeInput &input,
                                     const KindInfo *kind) {
  if (!kind)
    return ("has ABI kind '" + input.kind + "'; it is one of " + listKinds())
        .str();
  bool isEnum = kind->kind == Kind::Enum || kind->kind == Kind::Flags;
  if (isEnum != bool(input.enumeration))
    return ("is of kind '" + input.kind + "', but has " +
            (isEnum ? "no enum" : "an enum"))
        .str();
  if (isEnum &&
      bool(input.enumeration->is_flags) != (kind->kind == Kind::Flags))
    return ("is of kind '" + input.kind + "', but enum '" +
            input.enumeration->name + "' says otherwise")
        .str();
  if ((kind->kind == Kind::Struct) != bool(input.structure))
    return ("is of kind '" + input.kind + "', but has " +
            (input.structure ? "a struct" : "no struct"))
        .str();
  if (input.isNonNull && !kind->may(MayBeNull))
    return "is never null, which only handles and C strings can be said to be";
  if (!input.release.empty() &&
      (kind->kind != Kind::CString || !isIdentifier(input.release)))
    return ("is freed by '" + input.release +
            "', which is the name of a C function, for C strings")
        .str();
  if (std::string wrong = checkErased(input, *kind); !wrong.empty())
    return wrong;
  std::string mlir = mlirOf(input, *kind);
  if (!mlir.empty() && input.mlir != mlir)
    return ("is '" + input.mlir + "' in MLIR, but kind '" + input.kind +
            "' is '" + mlir + "'")
        .str();
  if (kind->kind != Kind::Handle)
    return "";
  if (!isHandleSpelling(input.mlir))
    return ("is '" + input.mlir +
            "' in MLIR, which is not the type of a handle, such as !clock.zone")
        .str();
  if (input.isOwn && input.mlir.drop_front().split('.').first != names().name)
    return ("is '" + input.mlir + "' in MLIR, which is not a type of family '" +
            names().name + "'")
        .str();
  return "";
}

const plumb_intr_type *FamilyBuilder::addType(Place at,
                                              const TypeInput &input) {
  std::string what = ("type '" + input.id + "'").str();
  const KindInfo *kind = findKind(input.kind);
  checkTwice(typeIds, at, "type", input.id);
  std::string wrong = checkKind(input, kind);
  if (!wrong.empty())
    fault(at, what + " " + wrong);
  if (input.c.empty())
    fault(at, what + " has no C type");
  plumb_intr_type made = {};
  made.kind = save(input.kind);
  made.mlir = save(input.mlir);
  made.c = save(input.c);
  made.release = input.release.empty() ? nullptr : save(input.release);
  if (kind) {
    made.llvm = kind->llvm;
    made.arg_attrs = kind->argAttrs;
    made.result_attrs = kind->resultAttrs;
  }
  if (input.isNonNull) {
    made.arg_attrs |= PLUMB_INTR_ATTR_NONNULL;
    made.result_attrs |= PLUMB_INTR_ATTR_NONNULL;
  }
  if (input.enumeration && input.enumeration->type) {
    const plumb_intr_type &under = *input.enumeration->type;
    made.llvm = under.llvm;
    made.arg_attrs = under.arg_attrs;
    made.result_attrs = under.result_attrs;
  }
  made.enumeration = input.enumeration;
  made.structure = input.structure;
  made.name = input.name.empty() ? nullptr : save(input.name);
  ArrayRef arguments = keep(ArrayRef(input.arguments));
  made.arguments = arguments.data();
  made.num_arguments = arguments.size();
  if (kind && kind->kind == Kind::Object)
    checkObject(at, input);
  // One that is no identifier is a type that the preamble brings; one that says
  // more of a handle has the handle's name.
  if (kind && kind->kind == Kind::Handle && input.isOwn &&
      isIdentifier(input.c)) {
    std::string handle = ("handle '" + input.mlir + "'").str();
    takeCName(at, handle, input.c);
    takeCName(at, "struct of " + handle, (input.c + "_s").str());
  }
  const plumb_intr_type *kept = keep(made);
  family->types.push_back(
      {save(input.id), save(input.summary), input.isOwn, kept});
  return kept;
}

//===----------------------------------------------------------------------===//
// Enums
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkCase(Place at, const plumb_intr_enum &e,
                              const plumb_intr_case &c) {
  checkName(at, "case", c.name);
  const KindInfo *under = e.type ? infoOf(*e.type) : nullptr;
  if (!under || !under->may(AsEnumInteger))
    return;
  unsigned width = sizeInMemory(under->llvm) * 8;
  bool fits = under->may(IsUnsigned) ? width == 64 || isUIntN(width, c.value)
                                     : isIntN(width, c.value);
  if (!fits)
    fault(at, "case '" + Twine(c.name) + "' of enum '" + e.name + "' is " +
                  Twine(c.value) + ", which is no " + under->name);
}

const plumb_intr_enum *FamilyBuilder::addEnum(Place at, plumb_intr_enum e,
                                              ArrayRef<plumb_intr_case> cases) {
  std::string what = std::string("enum '") + e.name + "'";
  checkQualified(at, "enum", e.name);
  checkTwice(enumNames, at, "enum", e.name);
  const KindInfo *under = e.type ? infoOf(*e.type) : nullptr;
  if (under && !under->may(AsEnumInteger))
    fault(at, what + " is over kind '" + under->name +
                  "'; it is over Int, Int32, UInt8 or another integer");
  Seen seen;
  for (const plumb_intr_case &c : cases) {
    checkCase(at, e, c);
    checkTwice(seen, at, "case of " + what, c.name);
  }
  if (cases.empty())
    fault(at, what + " has no cases");
  ArrayRef kept = keep(cases);
  e.cases = kept.data();
  e.num_cases = kept.size();
  const plumb_intr_enum *made = keep(e);
  family->enums.push_back(made);
  if (!isOf(names(), e.name))
    return made;
  ownEnums.push_back(made);
  takeCName(at, what, e.c_name);
  for (const plumb_intr_case &c : plumb::model::cases(e))
    takeCName(at, "case '" + Twine(c.name) + "' of " + what, c.c_name);
  return made;
}

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkField(Place at, const plumb_intr_struct &s,
                               const plumb_intr_field &f, bool isLast) {
  std::string what = "field '" + std::string(f.name) + "' of " +
                     (s.is_union ? "union '" : "struct '") + s.name + "'";
  const KindInfo *kind = f.type ? infoOf(*f.type) : nullptr;
  if (kind && !kind->may(AsField))
    fault(at, what + " has kind '" + kind->name +
                  "'; fields are integers, floats, bools, enums, handles, "
                  "slots, pointers, structs, and arrays of those");
  if (f.is_array && !f.count && (s.is_union || !isLast || s.num_fields < 2))
    fault(at, what + " is an array of no elements, which C allows only at the "
                     "end of a struct with other fields");
  if (f.type && f.type->structure && isInMemoryOnly(*f.type->structure) &&
      (f.is_array || !isLast))
    fault(at, what + " has a flexible array member or bit-fields, after which "
                     "nothing can stand; put it at the end");
  if (!f.bits)
    return;
  if (f.is_array || !kind ||
      !(kind->may(AsEnumInteger) || kind->kind == Kind::Bool ||
        kind->kind == Kind::Enum || kind->kind == Kind::Flags))
    fault(at, what + " is a bit-field; those are of integers, bools and enums");
  else if (f.bits >
           (kind->kind == Kind::Bool ? 1 : 8 * sizeInMemory(f.type->llvm)))
    fault(at, what + " has more bits than its type");
}

namespace {
/// Lays fields out as C compilers of 64-bit targets with ELF do.
class FieldLayout {
public:
  explicit FieldLayout(bool isUnion) : isUnion(isUnion) {}

  void add(plumb_intr_field &f) {
    uint64_t unit = f.type ? sizeOf(*f.type) : 1;
    uint64_t unitAlign = f.type ? alignOf(*f.type) : 1;
    align = std::max(align, unitAlign);
    uint64_t start = isUnion ? 0 : bits;
    if (f.bits) {
      // One may not reach over the end of its storage.
      if (start / (8 * unit) != (start + f.bits - 1) / (8 * unit))
        start = alignTo(start, 8 * unit);
      f.offset = start / (8 * unit) * unit;
      f.first_bit = start - 8 * f.offset;
      return take(start + f.bits);
    }
    f.offset = alignTo(divideCeil(start, 8), unitAlign);
    f.first_bit = 0;
    take(8 * (f.offset + unit * f.count));
  }

  uint64_t getSize() const { return alignTo(divideCeil(bits, 8), align); }
  uint64_t getAlign() const { return align; }

private:
  void take(uint64_t end) { bits = std::max(bits, end); }

  bool isUnion;
  uint64_t bits = 0, align = 1;
};
} // namespace

const plumb_intr_struct *
FamilyBuilder::addStruct(Place at, plumb_intr_struct s,
                         std::vector<plumb_intr_field> fields) {
  std::string what =
      (s.is_union ? "union '" : "struct '") + std::string(s.name) + "'";
  checkQualified(at, "struct", s.name);
  checkTwice(structNames, at, "struct", s.name);
  Seen seen;
  s.num_fields = fields.size();
  FieldLayout layout(s.is_union);
  for (plumb_intr_field &f : fields) {
    if (!f.is_array)
      f.count = 1;
    checkName(at, "field", f.name);
    checkTwice(seen, at, "field of " + what, f.name);
    checkPlainName(at, f.name, s.name);
    checkField(at, s, f, &f == &fields.back());
    layout.add(f);
    if (layout.getSize() > maxStructSize) {
      fault(at, what + " has more than " + Twine(maxStructSize) + " bytes");
      f.count = f.is_array ? 0 : 1;
      layout = FieldLayout(s.is_union);
    }
  }
  if (fields.empty())
    fault(at, what + " has no fields");
  ArrayRef kept = keep(ArrayRef(fields));
  s.fields = kept.data();
  s.size = layout.getSize();
  s.align = layout.getAlign();
  const plumb_intr_struct *made = keep(s);
  family->structs.push_back(made);
  if (!isOf(names(), s.name))
    return made;
  ownStructs.push_back(made);
  takeCName(at, what, s.c_name);
  return made;
}

void FamilyBuilder::checkValue(Place at, const Twine &which,
                               const plumb_intr_type *type) {
  if (type && type->structure && isInMemoryOnly(*type->structure))
    fault(at, which + " is struct '" + type->structure->name +
                  "', which has bit-fields or a flexible array member and is "
                  "only behind pointers: make it a pointer");
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

void FamilyBuilder::addConstant(Place at, plumb_intr_constant c) {
  std::string what = std::string("constant '") + c.name + "'";
  checkQualified(at, "constant", c.name);
  checkTwice(constantNames, at, "constant", c.name);
  if (!isOf(names(), c.name))
    fault(at, what + " is not of family '" + names().name + "'");
  const KindInfo *kind = c.type ? infoOf(*c.type) : nullptr;
  const plumb_intr_type *type = c.type;
  if (type && type->enumeration && type->enumeration->type) {
    type = type->enumeration->type;
    kind = infoOf(*type);
  }
  bool isInteger =
      kind && (kind->may(AsEnumInteger) || kind->kind == Kind::Bool);
  bool isFloat =
      kind && (kind->kind == Kind::Float32 || kind->kind == Kind::Float64);
  bool isText = kind && kind->may(AsSpan);
  if (kind && !isInteger && !isFloat && !isText && kind->kind != Kind::Pointer)
    fault(at, what + " has kind '" + kind->name +
                  "'; constants are integers, bools, enums, floats, texts and "
                  "pointers");
  if (isText != bool(c.text))
    fault(at, what + (isText ? " has no text" : " is no text, but has one"));
  if (isInteger) {
    unsigned width =
        kind->kind == Kind::Bool ? 1 : sizeInMemory(type->llvm) * 8;
    bool isUnsigned = kind->may(IsUnsigned) || kind->kind == Kind::Bool;
    if (width < 64 &&
        !(isUnsigned ? isUIntN(width, c.integer) : isIntN(width, c.integer)))
      fault(at,
            what + " is " + Twine(c.integer) + ", which is no " + kind->name);
  }
  takeCName(at, what, c.c_name);
  ownConstants.push_back(c);
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkInteger(Place at, const plumb_intr_option &o) {
  if (o.min > o.max)
    fault(at, "option '" + Twine(o.name) + "' goes from " + Twine(o.min) +
                  " to " + Twine(o.max) + ", which no number is in");
  else if (o.integer < o.min || o.integer > o.max)
    fault(at, "the default of option '" + Twine(o.name) + "', " +
                  Twine(o.integer) + ", is not from " + Twine(o.min) + " to " +
                  Twine(o.max));
}

/// Choices become names in C: <MACRO_PREFIX><OPTION>_<CHOICE>.
static bool isChoice(StringRef choice) {
  return !choice.empty() &&
         all_of(choice, [](char c) { return isAlnum(c) || c == '_'; });
}

/// The enum that has the name of an option, or null.
const plumb_intr_enum *
FamilyBuilder::enumOfName(const plumb_intr_option &o) const {
  for (const plumb_intr_enum *e : ownEnums)
    if (plainName(e->name) == o.name)
      return e;
  return nullptr;
}

void FamilyBuilder::checkChoices(Place at, const OptionInput &input) {
  const plumb_intr_option &o = input.option;
  std::string what = std::string("option '") + o.name + "'";
  StringSet<> seen;
  for (StringRef choice : input.choices) {
    if (!isChoice(choice))
      fault(at, "choice '" + choice + "' of " + what +
                    " is not a word of letters, digits and _");
    // In C they are in upper case.
    if (!seen.insert(choice.upper()).second)
      fault(at, "choice '" + choice + "' of " + what + " is there twice");
  }
  if (input.choices.empty())
    fault(at, what + " has no choices");
  else if (!is_contained(input.choices, StringRef(o.text)))
    fault(at, "the default of " + what + ", '" + o.text +
                  "', is none of its choices: " + join(input.choices, ", "));
  if (const plumb_intr_enum *e = enumOfName(o))
    fault(at, what + " and enum '" + e->name + "' are both '" + e->c_name +
                  "' in C; rename one");
}

/// A choice is an enum in C.
void FamilyBuilder::takeOption(Place at, const plumb_intr_option &o) {
  std::string what = std::string("option '") + o.name + "'";
  // A family of JSON makes no header.
  if (o.kind != PLUMB_INTR_OPTION_CHOICE || family->cppNamespace.empty())
    return;
  if (!enumOfName(o))
    takeCName(at, what, choiceEnum(*family, o));
  StringSet<> seen;
  for (const char *choice : choices(o))
    if (std::string name = choiceName(o, choice); seen.insert(name).second)
      takeCName(at, "choice '" + Twine(choice) + "' of " + what, name);
}

void FamilyBuilder::addOption(Place at, OptionInput input) {
  plumb_intr_option &o = input.option;
  std::string what = std::string("option '") + o.name + "'";
  checkName(at, "option", o.name);
  // Environment variables are in upper case.
  checkTwice(optionNames, at, "option", StringRef(o.name).upper());
  checkText(at, what, "doc", o.doc);
  const OptionKindInfo *kind = findOptionKind(input.kind);
  if (!kind)
    return fault(at, what + " is of type '" + input.kind +
                         "'; it is integer (IntOption), text (TextOption) or "
                         "choice (ChoiceOption)");
  o.kind = kind->kind;
  if (o.kind == PLUMB_INTR_OPTION_INTEGER)
    checkInteger(at, o);
  if (o.kind == PLUMB_INTR_OPTION_CHOICE) {
    checkChoices(at, input);
    ArrayRef kept = keep(ArrayRef(input.choices));
    o.choices = kept.data();
    o.num_choices = kept.size();
  }
  takeOption(at, o);
  ownOptions.push_back(o);
}
