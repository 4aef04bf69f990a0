//===- Deriving.cpp - Can the parts of a type do what it derives? ---------===//

#include "frontends/snow/check/Traits.h"
#include "frontends/snow/check/World.h"

namespace snow::check {

using llvm::StringRef;

namespace {

class Deriver {
public:
  explicit Deriver(World &world) : world(world) {}

  void run() {
    // What is derived unasked is dropped where a part cannot do it; which may
    // be the part of another.
    for (bool changed = true; changed;) {
      changed = false;
      for (TypeDecl &decl : world.typeDecls)
        if (!deriving(decl))
          for (StringRef trait : {"Eq", "Ord", "Debug", "Hash"})
            if (decl.derived.contains(trait) && offender(decl, trait)) {
              decl.derived.erase(trait);
              changed = true;
            }
    }
    for (TypeDecl &decl : world.typeDecls)
      if (const syntax::Deriving *written = deriving(decl))
        for (const syntax::Name &trait : written->traits)
          if (isDerivable(trait.text))
            check(decl, trait);
  }

private:
  /// The clause, where one is written.
  static const syntax::Deriving *deriving(const TypeDecl &decl) {
    const syntax::Deriving *found = nullptr;
    if (auto *item = llvm::dyn_cast<syntax::StructItem>(decl.item))
      found = &item->deriving;
    if (auto *item = llvm::dyn_cast<syntax::SumTypeItem>(decl.item))
      found = &item->deriving;
    return found && found->isWritten ? found : nullptr;
  }

  bool has(Ty *type, StringRef trait) {
    type = TypeStore::find(type);
    if (type->kind == Ty::Kind::Function)
      return false;
    for (Ty *part : type->parts)
      if (!has(part, trait))
        return false;
    if (type->kind != Ty::Kind::Named || !type->decl->module)
      return true;
    return type->decl->derived.contains(trait) || trait == "Display" ||
           world.impls.count({world.known(trait), type->decl});
  }

  /// The first field that cannot do it.
  Ty *offender(const TypeDecl &decl, StringRef trait) {
    for (const ConstructorDecl &constructor : decl.constructors)
      for (Ty *field : constructor.fields)
        if (!has(field, trait))
          return field;
    return nullptr;
  }

  void check(const TypeDecl &decl, syntax::Name trait) {
    Ty *field = offender(decl, trait.text);
    if (!field)
      return;
    Span at;
    std::string what;
    for (const ConstructorDecl &constructor : decl.constructors)
      for (size_t i = 0; i < constructor.fields.size(); ++i)
        if (constructor.fields[i] == field && at.isEmpty()) {
          at = constructor.fieldSpans.empty() ? constructor.span
                                              : constructor.fieldSpans[i];
          what = constructor.fieldNames.empty()
                     ? "a field of " + quoted(constructor.name)
                     : "field " + quoted(constructor.fieldNames[i]);
        }
    world
        .report(Code::DeriveNeeds, trait.span,
                "deriving " + quoted(trait.text) + " for " +
                    quoted(decl.shown) + " requires it of all fields",
                what + " does not have it")
        .label(at, "of type " + quoted(toString(field)));
  }

  World &world;
};

} // namespace

void checkDeriving(World &world) { Deriver(world).run(); }

} // namespace snow::check
