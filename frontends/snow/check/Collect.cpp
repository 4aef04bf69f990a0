//===- Collect.cpp - Names of all files -----------------------------------===//

#include "frontends/snow/check/Prelude.h"
#include "frontends/snow/check/World.h"
#include "frontends/snow/syntax/Parser.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

namespace {

class Collector {
public:
  Collector(World &world, ModuleDecl &module) : world(world), module(module) {}

  void run() {
    for (const syntax::Item *item : module.syntax->items)
      collect(*item);
  }

private:
  std::string qualified(StringRef name) const {
    return module.name.empty() ? name.str() : module.name + "." + name.str();
  }
  std::string shown(StringRef name) const {
    return module.name.empty() || module.name == "Main" ? name.str()
                                                        : qualified(name);
  }

  void collect(const syntax::Item &item) {
    if (auto *function = dyn_cast<syntax::FunctionItem>(&item))
      return collectFunction(*function);
    last = nullptr;
    if (auto *structure = dyn_cast<syntax::StructItem>(&item))
      return collectStruct(*structure);
    if (auto *sum = dyn_cast<syntax::SumTypeItem>(&item))
      return collectSum(*sum);
    if (auto *alias = dyn_cast<syntax::AliasItem>(&item))
      return void(declareType(*alias, alias->name, alias->typeParameters,
                              TypeDecl::Kind::Alias));
    if (auto *interface = dyn_cast<syntax::InterfaceItem>(&item))
      return collectInterface(*interface);
    if (auto *impl = dyn_cast<syntax::ImplItem>(&item)) {
      ImplDecl &decl = world.implDecls.emplace_back();
      decl.item = impl;
      decl.module = &module;
      return;
    }
    if (auto *statement = dyn_cast<syntax::StatementItem>(&item))
      return collectStatement(*statement);
    if (auto *actor = dyn_cast<syntax::ActorItem>(&item))
      collectActor(*actor);
    else if (auto *service = dyn_cast<syntax::ServiceItem>(&item))
      collectService(*service);
    else if (auto *supervisor = dyn_cast<syntax::SupervisorItem>(&item))
      notYet(supervisor->name, "supervisors", supervisor->name.span);
  }

  void notYet(syntax::Name name, StringRef what, Span span) {
    module.later[name.text] = name.span;
    world.report(Code::NotYet, span, (what + " are not supported yet").str());
  }

  /// Whether the name is new; reports the clash otherwise.
  bool isNew(syntax::Name name, const Span *earlier) {
    if (!name)
      return false;
    if (!earlier)
      return true;
    world
        .report(Code::Duplicate, name.span,
                "`" + name.text.str() + "` is defined twice", "defined again")
        .label(*earlier, "first defined here");
    return false;
  }

  void collectActor(const syntax::ActorItem &item) {
    if (!item.name)
      return;
    FunctionDecl *earlier = module.functions.lookup(item.name.text);
    Span earlierSpan = earlier ? earlier->nameSpan() : Span();
    if (!isNew(item.name, earlier ? &earlierSpan : nullptr))
      return;
    auto *clause = new (world.syntaxMemory.Allocate<syntax::FunctionItem>())
        syntax::FunctionItem();
    clause->span = item.span;
    clause->name = item.name;
    clause->parameters = item.parameters;
    clause->body = item.body;
    clause->head = item.head;
    FunctionDecl &decl = world.functionDecls.emplace_back();
    decl.name = item.name.text;
    decl.coreName = qualified(decl.name);
    decl.module = &module;
    decl.isPublic = true;
    decl.isActor = true;
    decl.terminate = item.terminate;
    decl.clauses.push_back(clause);
    module.functions[decl.name] = &decl;
  }

  void collectService(const syntax::ServiceItem &item) {
    ServiceDecl *earlier = module.services.lookup(item.name.text);
    if (!isNew(item.name, earlier ? &earlier->item->name.span : nullptr))
      return;
    ServiceDecl &decl = world.serviceDecls.emplace_back();
    decl.name = item.name.text;
    decl.module = &module;
    decl.item = &item;
    module.services[decl.name] = &decl;
  }

  void collectFunction(const syntax::FunctionItem &item) {
    if (!item.name)
      return;
    FunctionDecl *known = module.functions.lookup(item.name.text);
    if (known && known == last) {
      known->clauses.push_back(&item);
      return;
    }
    last = nullptr;
    if (known) {
      bool sameArity = !known->constant && known->first()->parameters.size() ==
                                               item.parameters.size();
      auto &message = world.report(
          sameArity ? Code::ScatteredClauses : Code::Duplicate, item.name.span,
          sameArity ? "the clauses of `" + item.name.text.str() +
                          "` do not stand together"
                    : "`" + item.name.text.str() + "` is defined twice",
          sameArity ? "another clause, after other items" : "defined again");
      message.label(known->span(), "first defined here");
      message.setHelp(sameArity
                          ? "move the clauses next to each other"
                          : "functions are told apart by name alone: give one "
                            "of them another name");
      return;
    }
    FunctionDecl &decl = world.functionDecls.emplace_back();
    decl.name = item.name.text;
    decl.coreName = qualified(decl.name);
    decl.module = &module;
    decl.isPublic = item.isPublic;
    decl.clauses.push_back(&item);
    module.functions[decl.name] = &decl;
    last = &decl;
  }

  TypeDecl *declareType(const syntax::Item &item, syntax::Name name,
                        llvm::ArrayRef<syntax::Name> parameters,
                        TypeDecl::Kind kind) {
    TypeDecl *earlier = module.types.lookup(name.text);
    if (!isNew(name, earlier ? &earlier->span : nullptr))
      return nullptr;
    TypeDecl &decl = world.typeDecls.emplace_back();
    decl.kind = kind;
    decl.name = qualified(name.text);
    decl.shown = shown(name.text);
    decl.module = module.name.empty() ? nullptr : &module;
    decl.item = &item;
    decl.span = name.span;
    decl.isPublic = item.isPublic;
    decl.numParameters = parameters.size();
    for (auto [i, parameter] : llvm::enumerate(parameters))
      decl.parameters.push_back(world.types.rigid(parameter.text, nullptr, i));
    module.types[name.text] = &decl;
    world.typesByCoreName[decl.name] = &decl;
    if (module.name.empty())
      world.library.adopt(&decl);
    return &decl;
  }

  void addConstructor(TypeDecl &type, syntax::Name name,
                      llvm::ArrayRef<syntax::Field> fields) {
    if (const ConstructorDecl *earlier = type.constructor(name.text))
      if (Span span = earlier->span; !isNew(name, &span))
        return;
    ConstructorDecl &decl = type.constructors.emplace_back();
    decl.name = name.text;
    decl.type = &type;
    decl.number = type.constructors.size() - 1;
    decl.span = name.span;
    for (const syntax::Field &field : fields) {
      if (!field.name)
        continue;
      if (int number = decl.fieldNumber(field.name.text); number >= 0) {
        isNew(field.name, &decl.fieldSpans[number]);
        continue;
      }
      decl.fieldNames.push_back(field.name.text);
      decl.fieldSpans.push_back(field.name.span);
    }
    if (type.isSum())
      module.constructors.try_emplace(decl.name, &decl);
  }

  void collectStruct(const syntax::StructItem &item) {
    TypeDecl *decl = declareType(item, item.name, item.typeParameters,
                                 TypeDecl::Kind::Struct);
    if (decl)
      addConstructor(*decl, item.name, item.fields);
  }

  void collectSum(const syntax::SumTypeItem &item) {
    TypeDecl *decl =
        declareType(item, item.name, item.typeParameters, TypeDecl::Kind::Sum);
    if (!decl)
      return;
    for (const syntax::ConstructorSyntax &each : item.constructors)
      if (each.name)
        addConstructor(*decl, each.name, each.fields);
    // The names of a constructor's fields are only documentation.
    for (ConstructorDecl &each : decl->constructors)
      each.fieldNames.clear(), each.fieldSpans.clear();
  }

  void collectInterface(const syntax::InterfaceItem &item) {
    TraitDecl *earlier = module.traits.lookup(item.name.text);
    if (!isNew(item.name, earlier ? &earlier->span : nullptr))
      return;
    TraitDecl &decl = world.traitDecls.emplace_back();
    decl.name = qualified(item.name.text);
    decl.shown = shown(item.name.text);
    decl.module = module.name.empty() ? nullptr : &module;
    decl.item = &item;
    decl.span = item.name.span;
    module.traits[item.name.text] = &decl;
    if (module.name.empty())
      world.library.adoptTrait(&decl);
  }

  void collectStatement(const syntax::StatementItem &item) {
    auto *let = dyn_cast<syntax::LetExpr>(item.statement);
    if (!let) {
      if (item.statement->kind != syntax::Expr::Kind::Error)
        world
            .report(Code::NotConstant, item.statement->span,
                    "an expression at the top of a file would never run")
            .setHelp("put it into `fn main() do … end`");
      return;
    }
    auto *name = dyn_cast<syntax::BindPattern>(let->pattern);
    if (!name) {
      world.report(Code::NotConstant, let->pattern->span,
                   "a constant at the top of a file has one name");
      return;
    }
    FunctionDecl *earlier = module.functions.lookup(name->name.text);
    Span earlierSpan = earlier ? earlier->nameSpan() : Span();
    if (!isNew(name->name, earlier ? &earlierSpan : nullptr))
      return;
    FunctionDecl &decl = world.functionDecls.emplace_back();
    decl.name = name->name.text;
    decl.coreName = qualified(decl.name);
    decl.module = &module;
    decl.constant = let;
    module.functions[decl.name] = &decl;
  }

  World &world;
  ModuleDecl &module;
  FunctionDecl *last = nullptr;
};

} // namespace

void collect(World &world,
             llvm::ArrayRef<std::unique_ptr<syntax::Module>> modules,
             llvm::ArrayRef<std::string> names) {
  world.preludeFile =
      std::make_unique<SourceFile>(UINT32_MAX, "prelude", preludeText().str());
  world.preludeSyntax = syntax::parse(*world.preludeFile, world.diagnostics);
  world.prelude.syntax = world.preludeSyntax.get();
  Collector(world, world.prelude).run();
  for (auto [syntax, name] : llvm::zip(modules, names)) {
    ModuleDecl &module = world.modules.emplace_back();
    module.name = name;
    module.number = world.modules.size() - 1;
    module.syntax = syntax.get();
    world.modulesByName[name] = &module;
    Collector(world, module).run();
  }
}

} // namespace snow::check
