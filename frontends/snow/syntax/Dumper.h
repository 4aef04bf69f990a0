//===- Dumper.h - Writes nodes as lines -------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_DUMPER_H
#define SNOW_SYNTAX_DUMPER_H

#include "frontends/snow/syntax/Dump.h"
#include "llvm/ADT/Twine.h"

namespace snow::syntax {

class Dumper {
public:
  Dumper(const SourceFile &file, llvm::raw_ostream &out)
      : file(file), out(out) {}

  void dump(const Item *item);
  void dump(const Expr *expr);
  void dump(const Pattern *pattern);
  void dump(const TypeExpr *type);

private:
  void line(const llvm::Twine &text, Span span);
  void line(const llvm::Twine &text);
  /// A line and, further in, what `inside` writes.
  template <typename Inside>
  void node(const llvm::Twine &text, Span span, Inside inside) {
    line(text, span);
    ++depth;
    inside();
    --depth;
  }
  template <typename Inside> void part(const llvm::Twine &text, Inside inside) {
    line(text);
    ++depth;
    inside();
    --depth;
  }
  template <typename Node> void all(ArrayRef<Node> nodes) {
    for (const auto &node : nodes)
      dump(node);
  }
  template <typename Node> void maybe(StringRef title, const Node *node) {
    if (node)
      part(title, [&] { dump(node); });
  }

  void dump(const Parameter &parameter);
  void dump(const Arm &arm);
  void dump(const Field &field);
  void dump(const FieldValue &field);
  void dump(const ConstructorSyntax &constructor);
  void dump(const Handler &handler);
  void dump(const ChildSpec &child);
  void dumpFunction(const FunctionItem &function, StringRef kind);
  void dumpData(const Item *item);
  void dumpControl(const Expr *expr);
  void dumpBrackets(const Expr *expr);

  const SourceFile &file;
  llvm::raw_ostream &out;
  unsigned depth = 0;
};

/// `A.B`, `A, B`.
std::string written(const Path &path);
std::string written(ArrayRef<Name> names);
/// In quotes, on one line.
std::string quoted(StringRef text);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_DUMPER_H
