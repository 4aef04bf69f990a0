//===- BuildTypes.cpp - Types that cross into a runtime ------------------===//

#include "model/Builder.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;

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
