//===- Services.cpp - The functions that a service stands for -------------===//
//
//   service S: init(args) -> State
//              call Get(k) :: R do |state| (state, reply) end
//              cast Put(v)      do |state| state end
//
// becomes a sum type of requests, Get(k) and Put(v); a function for init and
// for each handler; an actor `loop` that takes requests; and what others call:
// start(args) -> Pid<requests>, get(pid, k) -> R, put(pid, v) -> ().
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/check/World.h"
#include "llvm/ADT/StringExtras.h"

namespace snow::check {

using llvm::ArrayRef;
using llvm::StringRef;
using syntax::Expr;
using syntax::Name;

/// A `_` before each capital but the first, and small letters.
static std::string smallName(StringRef name) {
  std::string made;
  for (size_t i = 0; i < name.size(); ++i) {
    if (i && llvm::isUpper(name[i]))
      made += '_';
    made += llvm::toLower(name[i]);
  }
  return made;
}

namespace {

class ServiceMaker {
public:
  ServiceMaker(World &world, ServiceDecl &service)
      : world(world), types(world.types), service(service),
        span(service.item->name.span) {}

  void run() {
    for (const syntax::Handler &handler : service.item->handlers)
      if (!handler.name)
        return; // reported by the parser
    scope.module = service.module;
    // Of the program, not of a function: never generalised.
    state = types.variableAt(0);
    prefix = service.module->name + "." + service.name.str();
    makeRequests();
    message = types.named(requests);
    FunctionDecl *init = makeInit();
    makeHandlers(init);
    makeLoop(init);
    makeStart(init);
    for (size_t i = 0; i < service.item->handlers.size(); ++i)
      makeApi(service.item->handlers[i], i, init);
  }

private:
  template <typename Node, typename... Arguments>
  Node *make(Arguments &&...arguments) {
    return new (world.syntaxMemory.Allocate<Node>())
        Node(std::forward<Arguments>(arguments)...);
  }
  template <typename T> ArrayRef<T> keep(ArrayRef<T> list) {
    return list.copy(world.syntaxMemory);
  }
  Name name(std::string text) { return {world.save(text), span}; }
  const Expr *use(std::string text) {
    return make<syntax::NameExpr>(name(std::move(text)));
  }
  const Expr *call(const Expr *callee, ArrayRef<const Expr *> arguments) {
    return make<syntax::CallExpr>(span, callee, keep(arguments),
                                  ArrayRef<syntax::KeywordArgument>(), span);
  }
  const syntax::BlockExpr *block(ArrayRef<const Expr *> statements) {
    return make<syntax::BlockExpr>(span, keep(statements));
  }
  syntax::Parameter parameter(std::string text) {
    return {make<syntax::BindPattern>(name(std::move(text))), nullptr, span};
  }

  /// p1, p2… as parameters and as arguments.
  void numbered(size_t count, llvm::SmallVectorImpl<syntax::Parameter> &as,
                llvm::SmallVectorImpl<const Expr *> &uses) {
    for (size_t i = 0; i < count; ++i) {
      std::string text = " p" + std::to_string(i + 1);
      as.push_back(parameter(text));
      uses.push_back(use(text));
    }
  }

  void makeRequests() {
    requests = &world.typeDecls.emplace_back();
    requests->kind = TypeDecl::Kind::Sum;
    requests->isService = true;
    requests->name = prefix + ".Request"; // no type of a file has a dot
    requests->shown = service.name.str();
    requests->module = service.module;
    requests->span = span;
    world.typesByCoreName[requests->name] = requests;
    for (const syntax::Handler &handler : service.item->handlers) {
      ConstructorDecl &made = requests->constructors.emplace_back();
      made.name = handler.name.text;
      made.type = requests;
      made.number = requests->constructors.size() - 1;
      made.span = handler.name.span;
      for (const syntax::Parameter &each : handler.parameters)
        made.fields.push_back(each.type ? resolveType(world, scope, each.type)
                                        : types.variableAt(0));
      replies.push_back(handler.reply ? resolveType(world, scope, handler.reply)
                                      : types.variableAt(0));
    }
  }

  FunctionDecl &declare(std::string name) {
    FunctionDecl &decl = world.functionDecls.emplace_back();
    decl.name = world.save(name);
    decl.coreName = prefix + "." + name;
    decl.module = service.module;
    decl.isPublic = true;
    decl.scope = scope;
    return decl;
  }

  FunctionDecl &define(std::string name, ArrayRef<syntax::Parameter> parameters,
                       ArrayRef<Ty *> parameterTypes, Ty *result,
                       const Expr *body) {
    FunctionDecl &decl = declare(name);
    auto *item = make<syntax::FunctionItem>();
    item->span = item->head = span;
    item->name = {decl.name, span};
    item->parameters = keep(parameters);
    item->body = body;
    decl.clauses.push_back(item);
    decl.isWritten = true;
    decl.parameterTypes.assign(parameterTypes.begin(), parameterTypes.end());
    decl.resultType = result;
    decl.scheme.type = types.function(parameterTypes, result);
    return decl;
  }

  FunctionDecl *makeInit() {
    FunctionDecl *init = nullptr;
    for (const syntax::FunctionItem *item : service.item->functions) {
      if (item->name.text != "init")
        continue;
      if (!init)
        init = &declare("init");
      init->clauses.push_back(item);
    }
    if (!init) {
      world
          .report(Code::MissingMethod, span,
                  "service " + quoted(service.name) + " has no `init`")
          .setHelp("`fn init(…)` gives the first state");
      return nullptr;
    }
    resolveSignature(world, scope, *init);
    types.unify(init->resultType, state);
    return init;
  }

  void makeHandlers(FunctionDecl *init) {
    for (auto [i, handler] : llvm::enumerate(service.item->handlers)) {
      llvm::SmallVector<syntax::Parameter> parameters;
      llvm::append_range(parameters, handler.parameters);
      if (handler.state)
        parameters.push_back({make<syntax::BindPattern>(handler.state), nullptr,
                              handler.state.span});
      else
        parameters.push_back(
            {make<syntax::SimplePattern>(syntax::Pattern::Kind::Wildcard, span),
             nullptr, span});
      llvm::SmallVector<Ty *> parameterTypes;
      llvm::append_range(parameterTypes, requests->constructors[i].fields);
      parameterTypes.push_back(state);
      Ty *result =
          handler.isCall ? world.library.tupleOf({state, replies[i]}) : state;
      FunctionDecl &decl = define(handler.name.text.str(), parameters,
                                  parameterTypes, result, handler.body);
      auto *item = const_cast<syntax::FunctionItem *>(decl.first());
      item->name = handler.name;
      item->span = handler.span;
      if (init)
        decl.alsoNeeds.push_back(init);
      handlers.push_back(&decl);
      world.madeFunctions[prefix + "." + handler.name.text.str()] = &decl;
    }
  }

  /// One turn: takes a request, and goes on with the new state.
  void makeLoop(FunctionDecl *init) {
    std::vector<syntax::Arm> arms;
    for (const syntax::Handler &handler : service.item->handlers) {
      llvm::SmallVector<syntax::Parameter> parameters;
      llvm::SmallVector<const Expr *> uses;
      numbered(handler.parameters.size(), parameters, uses);
      uses.push_back(use(" state"));
      llvm::SmallVector<const syntax::Pattern *> patterns;
      for (const syntax::Parameter &each : parameters)
        patterns.push_back(each.pattern);
      auto *pattern = make<syntax::ConstructorPattern>(
          span, syntax::Path{keep(ArrayRef<Name>(handler.name)), span},
          keep(ArrayRef<const syntax::Pattern *>(patterns)), true);
      const Expr *step =
          call(use(" " + prefix + "." + handler.name.text.str()), uses);
      llvm::SmallVector<const Expr *> statements;
      if (handler.isCall) {
        const syntax::Pattern *both[] = {
            make<syntax::BindPattern>(name(" next")),
            make<syntax::BindPattern>(name(" reply"))};
        auto *pair = make<syntax::TuplePattern>(
            span, keep(ArrayRef<const syntax::Pattern *>(both)));
        statements.push_back(make<syntax::LetExpr>(
            span, span, static_cast<const syntax::Pattern *>(pair),
            static_cast<const syntax::TypeExpr *>(nullptr), step));
        statements.push_back(call(use(" =reply"), use(" reply")));
        statements.push_back(call(use(" " + prefix + ".loop"), use(" next")));
      } else {
        statements.push_back(call(use(" " + prefix + ".loop"), step));
      }
      arms.push_back({pattern, nullptr, block(statements), span, span});
    }
    auto *receive = make<syntax::ReceiveExpr>(
        span, span, keep(ArrayRef<syntax::Arm>(arms)), nullptr, nullptr);
    loop = &define("loop", parameter(" state"), state, world.library.unit,
                   block(receive));
    loop->isActor = true;
    loop->message = message;
    loop->scheme.type = types.function(state, world.pid(message));
    if (init)
      loop->alsoNeeds.push_back(init);
    llvm::append_range(loop->alsoNeeds, handlers);
    world.madeFunctions[prefix + ".loop"] = loop;
  }

  void makeStart(FunctionDecl *init) {
    if (!init)
      return;
    llvm::SmallVector<syntax::Parameter> parameters;
    llvm::SmallVector<const Expr *> uses;
    numbered(init->parameterTypes.size(), parameters, uses);
    const Expr *spawned[] = {use(" " + prefix + ".loop"),
                             call(use(" " + prefix + ".init"), uses)};
    const Expr *body = make<syntax::ActorCallExpr>(
        Expr::Kind::Spawn, span, span, keep(ArrayRef<const Expr *>(spawned)),
        span);
    FunctionDecl &start = define("start", parameters, init->parameterTypes,
                                 world.pid(message), body);
    start.alsoNeeds = {init, loop};
    world.madeFunctions[prefix + ".init"] = init;
    service.functions["start"] = &start;
  }

  /// The reply out of the Option in which the row gives it, if it does.
  const Expr *unwrapped(const Expr *reply) {
    LibraryFunction *row = world.library.findOperator("call", nullptr);
    if (!row || TypeStore::head(row->scheme.type->result()) !=
                    world.library.type("Option"))
      return reply;
    const syntax::Pattern *inner = make<syntax::BindPattern>(name(" reply"));
    Name some = name("Some");
    auto *pattern = make<syntax::ConstructorPattern>(
        span, syntax::Path{keep(ArrayRef<Name>(some)), span},
        keep(ArrayRef<const syntax::Pattern *>(inner)), true);
    syntax::Arm arm{pattern, nullptr, use(" reply"), span, span};
    return make<syntax::CaseExpr>(span, span, reply,
                                  keep(ArrayRef<syntax::Arm>(arm)), span);
  }

  void makeApi(const syntax::Handler &handler, size_t number,
               FunctionDecl *init) {
    llvm::SmallVector<syntax::Parameter> parameters{parameter(" pid")};
    llvm::SmallVector<const Expr *> uses;
    numbered(handler.parameters.size(), parameters, uses);
    llvm::SmallVector<Ty *> parameterTypes{world.pid(message)};
    llvm::append_range(parameterTypes, requests->constructors[number].fields);
    std::string constructor =
        " " + requests->name + "#" + handler.name.text.str();
    const Expr *request =
        uses.empty() ? use(constructor) : call(use(constructor), uses);
    const Expr *sent[] = {use(" pid"), request};
    const Expr *body = call(use(handler.isCall ? " =call" : " =send"), sent);
    if (handler.isCall)
      body = unwrapped(body);
    std::string small = smallName(handler.name.text);
    FunctionDecl &decl =
        define(small, parameters, parameterTypes,
               handler.isCall ? replies[number] : world.library.unit, body);
    llvm::append_range(decl.alsoNeeds, handlers);
    if (init)
      decl.alsoNeeds.push_back(init);
    if (!service.functions.try_emplace(small, &decl).second)
      world.report(Code::Duplicate, handler.name.span,
                   "service " + quoted(service.name) + " has two functions " +
                       quoted(small),
                   "defined again");
  }

  World &world;
  TypeStore &types;
  ServiceDecl &service;
  Span span;
  TypeScope scope;
  std::string prefix;
  TypeDecl *requests = nullptr;
  Ty *state = nullptr, *message = nullptr;
  std::vector<Ty *> replies;
  llvm::SmallVector<FunctionDecl *> handlers;
  FunctionDecl *loop = nullptr;
};

} // namespace

void resolveServices(World &world) {
  for (ServiceDecl &service : world.serviceDecls)
    ServiceMaker(world, service).run();
}

} // namespace snow::check
