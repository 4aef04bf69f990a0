//===- DraftStructs.cpp - Records of structs and unions -------------------===//

#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "tools/plumb-abi/readers/RecordSignature.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::abi;

static uint64_t sizeOf(const CType &given) {
  const CType &type = strip(given);
  switch (type.kind) {
  case CKind::Bool:
  case CKind::Int:
  case CKind::Float:
    return divideCeil(type.bits, 8);
  case CKind::Pointer:
    return 8;
  case CKind::Array:
    return type.count * sizeOf(*type.target);
  default:
    return type.size;
  }
}

namespace {
/// Where fields are when nothing says otherwise, which is all that records say.
class NaturalLayout {
public:
  explicit NaturalLayout(bool isUnion) : isUnion(isUnion) {}

  /// Whether the field is where it comes by itself.
  bool add(const CField &f, const CType &type) {
    uint64_t unit = sizeOf(type), unitAlign = alignOf(type);
    align = std::max(align, unitAlign);
    uint64_t start = isUnion ? 0 : bits;
    if (f.isBitField) {
      if (!unit || start / (8 * unit) != (start + f.bits - 1) / (8 * unit))
        start = alignTo(start, 8 * std::max<uint64_t>(unit, 1));
      take(start + f.bits);
      return f.firstBit == start;
    }
    start = alignTo(divideCeil(start, 8), unitAlign);
    take(8 * (start + unit));
    return f.offset == start && (!f.align || f.align == unitAlign);
  }
  bool ends(const CType &type) const {
    return alignTo(divideCeil(bits, 8), align) == type.size &&
           alignOf(type) == align;
  }

private:
  void take(uint64_t end) { bits = std::max(bits, end); }

  bool isUnion;
  uint64_t bits = 0, align = 1;
};
} // namespace

std::string DraftTypes::field(const CField &f, StringRef plain, bool isLast,
                              StringRef structName, std::string &why) {
  const CType *element = f.type;
  bool isArray = strip(f.type).kind == CKind::Array;
  if (isArray)
    element = strip(f.type).target;
  const CType &type = strip(element);
  std::string constraint;
  if (type.kind == CKind::Struct || type.kind == CKind::Union) {
    if (alignOf(*element) != alignOf(type)) {
      why = "is packed or aligned in a way of its own";
      return "";
    }
    // One without a name has the field's.
    std::string name = aliasOf(*element).str();
    if (type.name.empty() && name.empty())
      name = (structName + "_" + plain).str();
    constraint = structure(type, name, why, /*isValue=*/false);
    if (!constraint.empty() && inMemoryOnly.contains(constraint) &&
        (isArray || !isLast)) {
      why = "has bit-fields or a flexible array member within";
      return "";
    }
  } else if (const CSignature *called = functionOf(type); called && !isArray) {
    std::string reason;
    StringRef name = aliasOf(*element);
    std::string record = function(
        *called, name.empty() ? (structName + "_" + plain).str() : name.str(),
        reason, /*isNamed=*/!name.empty());
    constraint = record.empty() ? "Pointer" : "FunctionPointer<" + record + ">";
  } else {
    constraint = value(*element, why);
  }
  if (constraint.empty())
    return "";
  std::string start = "Field<\"" + plain.str() + "\", " + constraint;
  if (f.isBitField)
    return "Bit" + start + ", " + std::to_string(f.bits) + ">";
  if (!isArray)
    return start + ">";
  if (uint64_t count = strip(f.type).count)
    return "Array" + start + ", " + std::to_string(count) + ">";
  return "Flexible" + start + ">";
}

std::string DraftTypes::fieldsOf(const CType &type, StringRef name,
                                 std::string &why) {
  NaturalLayout layout(type.kind == CKind::Union);
  std::string text;
  StringSet<> taken;
  for (const CField &f : type.fields) {
    std::string plain = uniqueName(
        taken, f.name.empty() ? std::string("unnamed") : safeName(f.name));
    bool isLast = &f == &type.fields.back();
    std::string inner, made = field(f, plain, isLast, name, inner);
    auto refuse = [&](const Twine &reason) {
      why = ("whose field '" + f.name + "' " + reason).str();
      return std::string();
    };
    if (made.empty())
      return refuse(inner);
    bool isFlexible = StringRef(made).starts_with("Flexible");
    if (isFlexible &&
        (!isLast || type.kind == CKind::Union || type.fields.size() < 2))
      return refuse("is an array of no length");
    if (f.isBitField && !f.firstBit)
      return refuse("is a bit-field, and nothing says where it begins");
    if (!layout.add(f, strip(f.type))) {
      why = "which is packed or aligned in a way of its own";
      return "";
    }
    text += (text.empty() ? "" : ",\n     ") + made;
  }
  if (!layout.ends(type)) {
    why = "which is packed or aligned in a way of its own";
    return "";
  }
  return text;
}

static bool isInMemoryOnlyField(StringRef text) {
  return text.contains("BitField<") || text.contains("FlexibleField<");
}

std::string DraftTypes::structure(const CType &given, StringRef alias,
                                  std::string &why, bool isValue) {
  const CType &type = types.complete(given);
  StringRef name = type.name.empty() ? alias : StringRef(type.name);
  StringRef word = type.kind == CKind::Union ? "union " : "struct ";
  std::string what =
      "is " + (type.scope.empty() ? (word + name).str() : declare(type)) +
      (isValue ? " by value, " : ", ");
  auto refuse = [&](const Twine &reason) {
    why = what + reason.str();
    return std::string();
  };
  if (name.empty())
    return refuse("which has no name");
  std::string key = word.str() + "value " + identity(type, name);
  auto found = [&](const std::string &record) {
    if (isValue && inMemoryOnly.contains(record))
      return refuse("which has bit-fields or a flexible array member");
    return record;
  };
  if (auto at = known.find(key); at != known.end())
    return found(at->second);
  if (type.passing == CPassing::Reference)
    return refuse("a C++ class of which a hidden pointer is passed");
  if (!type.isComplete)
    return refuse("whose fields are not known");
  if (type.fields.empty())
    return refuse("which has no fields");
  if (type.passing == CPassing::Unknown)
    return refuse("a C++ class; its debug information does not say whether a "
                  "hidden pointer is passed");
  if (!begun.insert(key).second)
    return refuse("which leads to itself");
  llvm::scope_exit end([&] { begun.erase(key); });
  // What has no name within has one from here.
  std::string inner,
      fields = fieldsOf(type, plainTypeName(name, draft.options.prefix), inner);
  if (fields.empty())
    return refuse(inner);
  // While its fields were made it may have been made, too.
  if (auto at = known.find(key); at != known.end())
    return found(at->second);
  std::string plain = plainName(type, name);
  std::string record = recordName(plain);
  if (isInMemoryOnlyField(fields) || any_of(type.fields, [&](const CField &f) {
        const CType &part = types.complete(strip(f.type));
        auto at = known.find(
            (part.kind == CKind::Union ? "union value " : "struct value ") +
            identity(part, part.name.empty() ? aliasOf(*f.type)
                                             : StringRef(part.name)));
        return at != known.end() && inMemoryOnly.contains(at->second);
      }))
    inMemoryOnly.insert(record);
  draft.types.push_back("def " + record + "\n    : Intrinsic" +
                        (type.kind == CKind::Union ? "Union<" : "Struct<") +
                        stem + "Family, \"" + plain + "\",\n    [" + fields +
                        "]>;\n");
  known[key] = record;
  return found(record);
}

std::string DraftTypes::storage(const CType &given, StringRef alias,
                                std::string &why) {
  std::string record = structure(given, alias, why, /*isValue=*/false);
  const CType &type = types.complete(given);
  // What intr.allocate gives is aligned for every type but over-aligned ones.
  if (!record.empty() || !type.isComplete || !type.size || alignOf(type) > 16)
    return record;
  uint64_t align = std::min<uint64_t>(8, type.size & -type.size);
  StringRef name = type.name.empty() ? alias : StringRef(type.name);
  if (name.empty())
    return "";
  std::string &kept = known["storage " + identity(type, name)];
  if (!kept.empty())
    return kept;
  std::string plain = plainName(type, name);
  record = kept = recordName(plain);
  draft.types.push_back(comment("Storage alone: it " + why) + "def " + record +
                        "\n    : IntrinsicStruct<" + stem + "Family, \"" +
                        plain + "\",\n    [ArrayField<\"" + opaqueField.str() +
                        "\", UInt" + std::to_string(8 * align) + ", " +
                        std::to_string(type.size / align) + ">]>;\n");
  return record;
}

std::string DraftTypes::constantName(StringRef name) {
  // "UV_EOF" of the functions "uv_...".
  if (name.starts_with_insensitive(draft.options.prefix) &&
      name.size() > draft.options.prefix.size())
    name = name.drop_front(draft.options.prefix.size());
  return uniqueName(takenConstants, safeName(name));
}
