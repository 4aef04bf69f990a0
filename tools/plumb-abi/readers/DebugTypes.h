//===- DebugTypes.h - C types out of debug information ----------*- C++ -*-===//
//
// DWARF and LLVM's debug metadata say the same with the same tags. This reads
// either, through a Node:
//
//   bool isValid(); uint64_t key();      a node, and who it is; not valid: void
//   const char *missing();               why it is not there; null when it is
//   unsigned tag(); std::string name(), scope();   DW_TAG_*; "Date" of "r::"
//   Node type();                         DW_AT_type; not valid for void
//   uint64_t size(), align(); unsigned encoding(), bitSize();   bytes; DW_ATE_*
//   bool isDeclaration(), isVector(), isPrototyped();
//   unsigned getLanguage();
//   std::optional<CPassing> passing();   none: as its bases and fields
//   uint64_t offset(), count(); bool isBitField(); unsigned fieldBits();
//   std::optional<uint64_t> firstBit();  of a bit-field, in the struct
//   std::optional<int64_t> value(unsigned bits, CSign sign);   of an enumerator
//   unsigned convention();               DW_CC_*, or 0
//   void children(function_ref<void(Node)>);
//   void parameters(function_ref<void(std::string name, Node type)>, bool
//   &variadic); Node result();
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_DEBUGTYPES_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_DEBUGTYPES_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "tools/plumb-abi/readers/Languages.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/BinaryFormat/Dwarf.h"

namespace plumb::abi {

/// Sets the convention that DW_CC_* code `convention` stands for.
void setConvention(CSignature &signature, unsigned convention);
/// A base type of DW_ATE_* `encoding` and `size` bytes.
const CType *makeBaseType(CTypes &types, unsigned encoding, uint64_t size,
                          llvm::StringRef name);
/// How a struct goes by value that has a part of this type in it.
CPassing passingAround(const CType &part);

template <typename Node> class DebugTypes {
public:
  explicit DebugTypes(CTypes &types) : types(types) {}

  const CSignature &signature(Node function) {
    CSignature &made = types.makeSignature();
    made.result = type(function.result());
    function.parameters(
        [&](std::string name, Node node) {
          made.params.push_back({std::move(name), type(node)});
        },
        made.isVariadic);
    // `f()` is said as `f(...)`, or in C++ as `f(void)`.
    made.hasPrototype =
        !made.params.empty() || (!made.isVariadic && function.isPrototyped());
    made.isVariadic &= made.hasPrototype;
    setConvention(made, function.convention());
    return made;
  }

  /// Null nodes are void.
  const CType *type(Node node) {
    if (!node.isValid())
      return types.makeVoid();
    if (const char *why = node.missing())
      return types.makeUnknown(why);
    if (const CType *known = made.lookup(node.key()))
      return known;
    // Made before what it refers to: the way back may lead here.
    CType &type = types.make(CKind::Other, node.name());
    made[node.key()] = &type;
    // A damaged file may be as deep as it is long.
    if (depth < 200) {
      ++depth;
      fill(type, node);
      --depth;
    } else {
      type = *types.makeUnknown("its debug information is too deep");
    }
    return &type;
  }

private:
  void fill(CType &type, Node node) {
    using namespace llvm::dwarf;
    switch (node.tag()) {
    case DW_TAG_base_type:
      type = *makeBaseType(types, node.encoding(), node.size(), type.name);
      // `_BitInt(7)` is not the integer that is as large.
      if (node.bitSize() && node.bitSize() != type.bits)
        type.kind = CKind::Other;
      return;
    case DW_TAG_unspecified_type:
      if (type.name != "decltype(nullptr)") {
        type = *types.makeUnknown("its debug information leaves its type open");
        return;
      }
      type.kind = CKind::Pointer;
      type.target = types.makeVoid();
      return;
    case DW_TAG_typedef:
    case DW_TAG_template_alias:
      type.align = node.align();
      return forward(type, CKind::Alias, node.type());
    case DW_TAG_const_type:
      return forward(type, CKind::Const, node.type());
    case DW_TAG_volatile_type:
    case DW_TAG_restrict_type:
    case DW_TAG_atomic_type:
    case DW_TAG_immutable_type:
    case DW_TAG_LLVM_ptrauth_type: {
      type.name = declare(*this->type(node.type()));
      return forward(type, CKind::Alias, node.type());
    }
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
      return forward(type, CKind::Pointer, node.type());
    case DW_TAG_subroutine_type:
      type.kind = CKind::Function;
      type.function = &signature(node);
      return;
    case DW_TAG_enumeration_type:
      return fillEnum(type, node);
    case DW_TAG_array_type:
      forward(type, node.isVector() ? CKind::Other : CKind::Array, node.type());
      if (node.isVector())
        type.name = "vector";
      type.count = node.count();
      type.size = node.size();
      return;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_interface_type:
      type.kind = CKind::Struct;
      return fillFields(type, node);
    case DW_TAG_union_type:
      type.kind = CKind::Union;
      return fillFields(type, node);
    default:
      if (type.name.empty())
        type.name = "<" + TagString(node.tag()).str() + ">";
    }
  }

  void forward(CType &type, CKind kind, Node to) {
    // `type` is complete only now: what is below may have pointed at it.
    const CType *target = this->type(to);
    type.kind = kind;
    type.target = target;
  }

  void fillEnum(CType &type, Node node) {
    // The void of Rust's pointers is an enum of no use.
    if (isRust(node.getLanguage()) &&
        llvm::StringRef(type.name).ends_with("c_void")) {
      type.kind = CKind::Void;
      return;
    }
    const CType *under =
        node.type().isValid() ? &strip(this->type(node.type())) : nullptr;
    type.kind = under && under->kind == CKind::Bool ? CKind::Bool : CKind::Int;
    type.isEnum = true;
    type.bits = under && under->bits ? under->bits : 8 * node.size();
    type.sign = under ? under->sign : CSign::Unsigned;
    type.scope = node.scope();
    bool hasNegative = false, areKnown = true;
    node.children([&](Node child) {
      if (child.tag() != llvm::dwarf::DW_TAG_enumerator)
        return;
      std::optional<int64_t> value =
          child.value(type.bits, under ? type.sign : CSign::Signed);
      areKnown &= value.has_value();
      type.enumerators.push_back({child.name(), value.value_or(0)});
      hasNegative |= value.value_or(0) < 0;
    });
    if (!areKnown)
      type.enumerators.clear();
    if (!under && hasNegative)
      type.sign = CSign::Signed;
  }

  void fillFields(CType &type, Node node) {
    type.size = node.size();
    type.align = node.align();
    type.scope = node.scope();
    bool isComplete = !node.isDeclaration();
    Node niche;
    node.children([&](Node child) {
      if (child.tag() == llvm::dwarf::DW_TAG_variant_part) {
        niche = payload(child);
        isComplete = false;
      }
      if (child.tag() == llvm::dwarf::DW_TAG_inheritance)
        isComplete = false;
      if (child.tag() == llvm::dwarf::DW_TAG_member && !child.isDeclaration()) {
        CField &field = type.fields.emplace_back();
        field = {child.name(), this->type(child.type()), child.offset(),
                 child.isBitField(), child.align()};
        if (field.isBitField) {
          field.bits = child.fieldBits();
          field.firstBit = child.firstBit();
        }
      }
    });
    type.isComplete = isComplete;
    fillPassing(type, node);
    // Option<&T>, Option<extern fn>: the value itself, null for None.
    if (niche.isValid() && niche.size() == type.size)
      return forward(type, CKind::Alias, niche);
    // repr(transparent) is not in debug information. On the targets that we
    // read, a struct of one scalar is passed as the scalar is.
    if (isRust(node.getLanguage()) && type.fields.size() == 1 &&
        type.kind == CKind::Struct) {
      CKind inner = stripValue(*type.fields.front().type).kind;
      type.isWrapper = inner == CKind::Int || inner == CKind::Float ||
                       inner == CKind::Pointer || inner == CKind::Bool;
    }
    types.define(type);
  }

  void fillPassing(CType &type, Node node) {
    std::optional<CPassing> said = node.passing();
    if (said) {
      type.passing = *said;
      return;
    }
    node.children([&](Node child) {
      unsigned tag = child.tag();
      bool isPart =
          (tag == llvm::dwarf::DW_TAG_member && !child.isDeclaration()) ||
          tag == llvm::dwarf::DW_TAG_inheritance;
      if (isPart)
        type.passing =
            std::max(type.passing, passingAround(*this->type(child.type())));
    });
  }

  /// What Rust's `Some` of a variant part holds, or nothing. In DWARF the
  /// member stands in a variant of its own.
  Node payload(Node part) {
    Node found;
    auto look = [&](Node member) {
      if (member.name() != "Some" || !member.type().isValid())
        return;
      member.type().children([&](Node field) {
        if (field.tag() == llvm::dwarf::DW_TAG_member)
          found = field.type();
      });
    };
    part.children([&](Node child) {
      look(child);
      if (child.tag() == llvm::dwarf::DW_TAG_variant)
        child.children(look);
    });
    return found;
  }

  CTypes &types;
  llvm::DenseMap<uint64_t, const CType *> made;
  unsigned depth = 0;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_DEBUGTYPES_H
