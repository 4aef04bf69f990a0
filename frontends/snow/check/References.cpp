//===- References.cpp - Which functions a function names ------------------===//

#include "frontends/snow/check/References.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using syntax::Expr;

namespace {

class Finder {
public:
  explicit Finder(ModuleDecl &module) : module(module) {}

  void visit(const Expr *expr) {
    if (!expr)
      return;
    using Kind = Expr::Kind;
    switch (expr->kind) {
    case Kind::Name:
      return name(cast<syntax::NameExpr>(expr)->name.text);
    case Kind::Member:
      return member(*cast<syntax::MemberExpr>(expr));
    case Kind::Interpolation:
      for (auto &part : cast<syntax::InterpolationExpr>(expr)->parts)
        visit(part.expression);
      return;
    case Kind::Call: {
      auto *call = cast<syntax::CallExpr>(expr);
      visit(call->callee);
      visitAll(call->arguments);
      for (auto &each : call->keywords)
        visit(each.value);
      return;
    }
    case Kind::Index:
      visit(cast<syntax::IndexExpr>(expr)->object);
      return visit(cast<syntax::IndexExpr>(expr)->index);
    case Kind::Try:
      return visit(cast<syntax::TryExpr>(expr)->operand);
    case Kind::Unary:
      return visit(cast<syntax::UnaryExpr>(expr)->operand);
    case Kind::Binary:
      visit(cast<syntax::BinaryExpr>(expr)->left);
      return visit(cast<syntax::BinaryExpr>(expr)->right);
    case Kind::Pipe:
      visit(cast<syntax::PipeExpr>(expr)->left);
      return visit(cast<syntax::PipeExpr>(expr)->right);
    case Kind::Tuple:
    case Kind::List:
      return visitAll(cast<syntax::SequenceExpr>(expr)->elements);
    case Kind::Map:
      for (auto &entry : cast<syntax::MapExpr>(expr)->entries)
        visit(entry.key), visit(entry.value);
      return;
    case Kind::RecordUpdate:
      visit(cast<syntax::RecordUpdateExpr>(expr)->base);
      for (auto &each : cast<syntax::RecordUpdateExpr>(expr)->fields)
        visit(each.value);
      return;
    case Kind::StructLiteral:
      for (auto &each : cast<syntax::StructLiteralExpr>(expr)->fields)
        visit(each.value);
      return;
    case Kind::Block:
      return visitAll(cast<syntax::BlockExpr>(expr)->statements);
    case Kind::If:
      visit(cast<syntax::IfExpr>(expr)->condition);
      visit(cast<syntax::IfExpr>(expr)->then);
      return visit(cast<syntax::IfExpr>(expr)->otherwise);
    case Kind::Case:
      visit(cast<syntax::CaseExpr>(expr)->scrutinee);
      return arms(cast<syntax::CaseExpr>(expr)->arms);
    case Kind::While:
      visit(cast<syntax::WhileExpr>(expr)->condition);
      return visit(cast<syntax::WhileExpr>(expr)->body);
    case Kind::For:
      visit(cast<syntax::ForExpr>(expr)->iterable);
      visit(cast<syntax::ForExpr>(expr)->guard);
      return visit(cast<syntax::ForExpr>(expr)->body);
    case Kind::Closure:
      for (auto &clause : cast<syntax::ClosureExpr>(expr)->clauses)
        visit(clause.guard), visit(clause.body);
      return;
    case Kind::Return:
      return visit(cast<syntax::ReturnExpr>(expr)->value);
    case Kind::Spawn:
    case Kind::Send:
    case Kind::Link:
      return visitAll(cast<syntax::ActorCallExpr>(expr)->arguments);
    case Kind::Receive:
      arms(cast<syntax::ReceiveExpr>(expr)->arms);
      visit(cast<syntax::ReceiveExpr>(expr)->timeout);
      return visit(cast<syntax::ReceiveExpr>(expr)->afterBody);
    case Kind::Let:
      return visit(cast<syntax::LetExpr>(expr)->value);
    case Kind::LocalFunction:
      visit(cast<syntax::LocalFunctionExpr>(expr)->function->guard);
      return visit(cast<syntax::LocalFunctionExpr>(expr)->function->body);
    default:
      return;
    }
  }

  void add(FunctionDecl *decl) {
    if (decl && seen.insert(decl).second)
      found.push_back(decl);
  }

  llvm::SmallVector<FunctionDecl *> found;

private:
  void visitAll(llvm::ArrayRef<const Expr *> list) {
    for (const Expr *each : list)
      visit(each);
  }
  void arms(llvm::ArrayRef<syntax::Arm> list) {
    for (auto &arm : list)
      visit(arm.guard), visit(arm.body);
  }
  void name(llvm::StringRef text) {
    if (FunctionDecl *decl = module.functions.lookup(text))
      return add(decl);
    auto imported = module.imported.find(text);
    if (imported != module.imported.end())
      add(imported->second.function);
  }
  void member(const syntax::MemberExpr &expr) {
    llvm::StringRef from;
    if (auto *name = dyn_cast<syntax::NameExpr>(expr.object))
      from = name->name.text;
    else if (auto *inner = dyn_cast<syntax::MemberExpr>(expr.object))
      from = inner->name.text;
    ServiceDecl *service = module.services.lookup(from);
    auto imported = module.imported.find(from);
    if (!service && imported != module.imported.end())
      service = imported->second.service;
    if (service)
      for (auto &each : service->functions)
        add(each.second);
    auto import = module.imports.find(from);
    if (import != module.imports.end() && import->second.module)
      add(import->second.module->functions.lookup(expr.name.text));
    visit(expr.object);
  }

  ModuleDecl &module;
  llvm::SmallPtrSet<FunctionDecl *, 8> seen;
};

} // namespace

llvm::SmallVector<FunctionDecl *> references(World &world,
                                             FunctionDecl &function) {
  Finder finder(function.module ? *function.module : world.prelude);
  if (function.constant)
    finder.visit(function.constant->value);
  for (const syntax::FunctionItem *clause : function.clauses)
    finder.visit(clause->guard), finder.visit(clause->body);
  for (FunctionDecl *each : function.alsoNeeds)
    finder.add(each);
  finder.visit(function.terminate);
  return std::move(finder.found);
}

/// Tarjan's algorithm, with a stack of its own: calls may be of any depth.
std::vector<std::vector<FunctionDecl *>> groups(World &world) {
  struct Step {
    FunctionDecl *function;
    llvm::SmallVector<FunctionDecl *> out;
    size_t next = 0;
  };
  std::vector<std::vector<FunctionDecl *>> made;
  std::vector<FunctionDecl *> open;
  std::vector<Step> path;
  unsigned number = 0;
  auto enter = [&](FunctionDecl *function) {
    function->order = function->lowest = ++number;
    function->onStack = true;
    open.push_back(function);
    path.push_back({function, references(world, *function), 0});
  };
  for (FunctionDecl &root : world.functionDecls) {
    if (root.order)
      continue;
    enter(&root);
    while (!path.empty()) {
      Step &step = path.back();
      if (step.next < step.out.size()) {
        FunctionDecl *target = step.out[step.next++];
        if (!target->order)
          enter(target);
        else if (target->onStack)
          step.function->lowest =
              std::min(step.function->lowest, target->order);
        continue;
      }
      FunctionDecl *function = step.function;
      path.pop_back();
      if (!path.empty())
        path.back().function->lowest =
            std::min(path.back().function->lowest, function->lowest);
      if (function->lowest != function->order)
        continue;
      std::vector<FunctionDecl *> &group = made.emplace_back();
      FunctionDecl *last;
      do {
        last = open.back();
        open.pop_back();
        last->onStack = false;
        group.push_back(last);
      } while (last != function);
      std::reverse(group.begin(), group.end());
    }
  }
  return made;
}

} // namespace snow::check
