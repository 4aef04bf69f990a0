//===- Dump.cpp - Items, types and patterns as text -----------------------===//

#include "frontends/snow/syntax/Dumper.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace snow;
using namespace snow::syntax;

void snow::syntax::dump(const SourceFile &file, const Module &module,
                        llvm::raw_ostream &out) {
  Dumper dumper(file, out);
  for (const Item *item : module.items)
    dumper.dump(item);
}

std::string snow::syntax::written(ArrayRef<Name> names) {
  return llvm::join(llvm::map_range(names, [](Name name) { return name.text; }),
                    ", ");
}

std::string snow::syntax::written(const Path &path) {
  return llvm::join(
      llvm::map_range(path.parts, [](Name name) { return name.text; }), ".");
}

std::string snow::syntax::quoted(StringRef text) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << '"';
  out.write_escaped(text);
  out << '"';
  return result;
}

void Dumper::line(const llvm::Twine &text) {
  out.indent(2 * depth) << text << '\n';
}

void Dumper::line(const llvm::Twine &text, Span span) {
  Position position = file.position(span.begin);
  out.indent(2 * depth) << text << " @" << position.line << ':'
                        << position.column << '\n';
}

void Dumper::dump(const TypeExpr *type) {
  if (auto *named = llvm::dyn_cast<NamedType>(type))
    return node("Type " + written(named->path), type->span,
                [&] { all(named->arguments); });
  if (auto *tuple = llvm::dyn_cast<TupleType>(type))
    return node("TupleType", type->span, [&] { all(tuple->elements); });
  if (auto *function = llvm::dyn_cast<FunctionType>(type))
    return node("FunctionType", type->span, [&] {
      all(function->parameters);
      maybe("result", function->result);
    });
  if (auto *option = llvm::dyn_cast<OptionType>(type))
    return node("OptionType", type->span, [&] { dump(option->element); });
  if (auto *result = llvm::dyn_cast<ResultType>(type))
    return node("ResultType", type->span, [&] {
      dump(result->value);
      dump(result->error);
    });
  line("ErrorType", type->span);
}

void Dumper::dump(const Pattern *pattern) {
  Span span = pattern->span;
  switch (pattern->kind) {
  case Pattern::Kind::Wildcard:
    return line("Wildcard", span);
  case Pattern::Kind::Nil:
    return line("Nil", span);
  case Pattern::Kind::Error:
    return line("ErrorPattern", span);
  case Pattern::Kind::Bind:
    return line("Bind " + llvm::cast<BindPattern>(pattern)->name.text, span);
  case Pattern::Kind::Int:
    return line("Int " + llvm::Twine(llvm::cast<IntPattern>(pattern)->value),
                span);
  case Pattern::Kind::Float:
    return line("Float " +
                    std::to_string(llvm::cast<FloatPattern>(pattern)->value),
                span);
  case Pattern::Kind::Bool:
    return line(llvm::cast<BoolPattern>(pattern)->value ? "Bool true"
                                                        : "Bool false",
                span);
  case Pattern::Kind::String:
    return line("String " + quoted(llvm::cast<TextPattern>(pattern)->text),
                span);
  case Pattern::Kind::Atom:
    return line("Atom " + llvm::cast<TextPattern>(pattern)->text, span);
  case Pattern::Kind::Tuple:
    return node("TuplePattern", span,
                [&] { all(llvm::cast<TuplePattern>(pattern)->elements); });
  case Pattern::Kind::List:
    return node("ListPattern", span,
                [&] { all(llvm::cast<ListPattern>(pattern)->elements); });
  case Pattern::Kind::Or:
    return node("OrPattern", span,
                [&] { all(llvm::cast<OrPattern>(pattern)->alternatives); });
  case Pattern::Kind::Constructor: {
    auto *constructor = llvm::cast<ConstructorPattern>(pattern);
    return node("Constructor " + written(constructor->path), span,
                [&] { all(constructor->arguments); });
  }
  case Pattern::Kind::Cons: {
    auto *cons = llvm::cast<ConsPattern>(pattern);
    return node("Cons", span, [&] {
      dump(cons->head);
      dump(cons->tail);
    });
  }
  case Pattern::Kind::As: {
    auto *as = llvm::cast<AsPattern>(pattern);
    return node("As " + as->name.text, span, [&] { dump(as->pattern); });
  }
  }
}
