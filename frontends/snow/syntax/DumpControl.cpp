//===- DumpControl.cpp - Blocks, branches, loops, closures as text --------===//

#include "frontends/snow/syntax/Dumper.h"

using namespace snow;
using namespace snow::syntax;

void Dumper::dump(const Arm &arm) {
  node("Arm", arm.span, [&] {
    dump(arm.pattern);
    maybe("when", arm.guard);
    dump(arm.body);
  });
}

void Dumper::dumpControl(const Expr *expr) {
  Span span = expr->span;
  switch (expr->kind) {
  case Expr::Kind::Block:
    return node("Block", span,
                [&] { all(llvm::cast<BlockExpr>(expr)->statements); });
  case Expr::Kind::If: {
    auto *branch = llvm::cast<IfExpr>(expr);
    return node("If", span, [&] {
      dump(branch->condition);
      dump(static_cast<const Expr *>(branch->then));
      maybe("else", branch->otherwise);
    });
  }
  case Expr::Kind::Case: {
    auto *choice = llvm::cast<CaseExpr>(expr);
    return node("Case", span, [&] {
      dump(choice->scrutinee);
      all(choice->arms);
    });
  }
  case Expr::Kind::Receive: {
    auto *receive = llvm::cast<ReceiveExpr>(expr);
    return node("Receive", span, [&] {
      all(receive->arms);
      maybe("after", receive->timeout);
      maybe("do", receive->afterBody);
    });
  }
  case Expr::Kind::While: {
    auto *loop = llvm::cast<WhileExpr>(expr);
    return node("While", span, [&] {
      dump(loop->condition);
      dump(static_cast<const Expr *>(loop->body));
    });
  }
  case Expr::Kind::For: {
    auto *loop = llvm::cast<ForExpr>(expr);
    return node("For", span, [&] {
      dump(loop->pattern);
      dump(loop->iterable);
      maybe("when", loop->guard);
      dump(static_cast<const Expr *>(loop->body));
    });
  }
  case Expr::Kind::Closure:
    return node("Closure", span, [&] {
      for (const ClosureClause &clause : llvm::cast<ClosureExpr>(expr)->clauses)
        node("Clause", clause.span, [&] {
          all(clause.parameters);
          maybe("when", clause.guard);
          dump(clause.body);
        });
    });
  case Expr::Kind::Return:
    return node("Return", span, [&] {
      if (auto *value = llvm::cast<ReturnExpr>(expr)->value)
        dump(value);
    });
  case Expr::Kind::Spawn:
  case Expr::Kind::Send:
  case Expr::Kind::Link: {
    StringRef name = expr->kind == Expr::Kind::Spawn  ? "Spawn"
                     : expr->kind == Expr::Kind::Send ? "Send"
                                                      : "Link";
    return node(name, span,
                [&] { all(llvm::cast<ActorCallExpr>(expr)->arguments); });
  }
  case Expr::Kind::Let: {
    auto *let = llvm::cast<LetExpr>(expr);
    return node("Let", span, [&] {
      dump(let->pattern);
      maybe("type", let->type);
      dump(let->value);
    });
  }
  case Expr::Kind::LocalFunction:
    return dumpFunction(*llvm::cast<LocalFunctionExpr>(expr)->function,
                        "Function");
  default:
    return line("?", span);
  }
}
