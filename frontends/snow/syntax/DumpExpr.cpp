//===- DumpExpr.cpp - Expressions as text ---------------------------------===//

#include "frontends/snow/syntax/Dumper.h"
#include "llvm/ADT/StringExtras.h"

using namespace snow;
using namespace snow::syntax;

void Dumper::dump(const FieldValue &field) {
  node("field " + field.name.text, field.name.span, [&] { dump(field.value); });
}

void Dumper::dumpBrackets(const Expr *expr) {
  if (auto *sequence = llvm::dyn_cast<SequenceExpr>(expr))
    return node(expr->kind == Expr::Kind::Tuple ? "Tuple" : "List", expr->span,
                [&] { all(sequence->elements); });
  if (auto *map = llvm::dyn_cast<MapExpr>(expr))
    return node("Map", expr->span, [&] {
      for (const MapExpr::Entry &entry : map->entries) {
        dump(entry.key);
        dump(entry.value);
      }
    });
  if (auto *update = llvm::dyn_cast<RecordUpdateExpr>(expr))
    return node("RecordUpdate", expr->span, [&] {
      dump(update->base);
      all(update->fields);
    });
  if (auto *literal = llvm::dyn_cast<StructLiteralExpr>(expr))
    return node("StructLiteral " + written(literal->path), expr->span,
                [&] { all(literal->fields); });
  auto *text = llvm::cast<InterpolationExpr>(expr);
  node("Interpolation", expr->span, [&] {
    for (const InterpolationExpr::Part &part : text->parts)
      part.expression ? dump(part.expression)
                      : line("String " + quoted(part.text), part.span);
  });
}

void Dumper::dump(const Expr *expr) {
  Span span = expr->span;
  switch (expr->kind) {
  case Expr::Kind::Int:
    return line("Int " + llvm::Twine(llvm::cast<IntExpr>(expr)->value), span);
  case Expr::Kind::Float:
    return line("Float " + std::to_string(llvm::cast<FloatExpr>(expr)->value),
                span);
  case Expr::Kind::String:
    return line("String " + quoted(llvm::cast<TextExpr>(expr)->text), span);
  case Expr::Kind::Atom:
    return line("Atom " + llvm::cast<TextExpr>(expr)->text, span);
  case Expr::Kind::Bool:
    return line(llvm::cast<BoolExpr>(expr)->value ? "Bool true" : "Bool false",
                span);
  case Expr::Kind::Nil:
    return line("Nil", span);
  case Expr::Kind::Self:
    return line("Self", span);
  case Expr::Kind::Break:
    return line("Break", span);
  case Expr::Kind::Continue:
    return line("Continue", span);
  case Expr::Kind::Error:
    return line("Error", span);
  case Expr::Kind::Name:
    return line("Name " + llvm::cast<NameExpr>(expr)->name.text, span);
  case Expr::Kind::Call: {
    auto *call = llvm::cast<CallExpr>(expr);
    return node("Call", span, [&] {
      dump(call->callee);
      all(call->arguments);
      for (const KeywordArgument &keyword : call->keywords)
        dump(FieldValue{keyword.name, keyword.value});
    });
  }
  case Expr::Kind::Member: {
    auto *member = llvm::cast<MemberExpr>(expr);
    return node("Member " + member->name.text, span,
                [&] { dump(member->object); });
  }
  case Expr::Kind::Index: {
    auto *index = llvm::cast<IndexExpr>(expr);
    return node("Index", span, [&] {
      dump(index->object);
      dump(index->index);
    });
  }
  case Expr::Kind::Try:
    return node("Try", span, [&] { dump(llvm::cast<TryExpr>(expr)->operand); });
  case Expr::Kind::Unary: {
    auto *unary = llvm::cast<UnaryExpr>(expr);
    return node(unary->op == UnaryOperator::Not ? "Unary not" : "Unary -",
                unary->opSpan, [&] { dump(unary->operand); });
  }
  case Expr::Kind::Binary: {
    auto *binary = llvm::cast<BinaryExpr>(expr);
    return node("Binary " + toString(binary->op), binary->opSpan, [&] {
      dump(binary->left);
      dump(binary->right);
    });
  }
  case Expr::Kind::Pipe: {
    auto *pipe = llvm::cast<PipeExpr>(expr);
    return node("Pipe", pipe->opSpan, [&] {
      dump(pipe->left);
      dump(pipe->right);
    });
  }
  case Expr::Kind::Tuple:
  case Expr::Kind::List:
  case Expr::Kind::Map:
  case Expr::Kind::RecordUpdate:
  case Expr::Kind::StructLiteral:
  case Expr::Kind::Interpolation:
    return dumpBrackets(expr);
  default:
    return dumpControl(expr);
  }
}
