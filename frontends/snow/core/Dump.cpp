//===- Dump.cpp - A checked program as text -------------------------------===//

#include "frontends/snow/core/Dump.h"
#include "llvm/ADT/StringExtras.h"

namespace snow::core {

namespace {

class Dumper {
public:
  explicit Dumper(llvm::raw_ostream &out) : out(out) {}

  void function(const Function &function) {
    out << "fn " << function.name;
    if (function.numTypeParameters) {
      out << '<';
      for (unsigned i = 0; i < function.numTypeParameters; ++i)
        out << (i ? ", " : "") << char('A' + i % 26);
      out << '>';
    }
    out << '(';
    parameters(function.parameters);
    out << ") -> " << function.result->str() << " =\n  ";
    if (function.body)
      expression(*function.body, 2);
    out << "\n\n";
  }

private:
  void parameters(llvm::ArrayRef<Variable *> list) {
    for (size_t i = 0; i < list.size(); ++i)
      out << (i ? ", " : "") << list[i]->name << " :: " << list[i]->type->str();
  }

  void quote(llvm::StringRef text) {
    out << '"';
    llvm::printEscapedString(text, out);
    out << '"';
  }

  void pattern(const Pattern &pattern) {
    switch (pattern.kind) {
    case Pattern::Kind::Wildcard:
      out << '_';
      return;
    case Pattern::Kind::Bind:
      if (pattern.rest) {
        this->pattern(*pattern.rest);
        out << " as ";
      }
      out << pattern.variable->name;
      return;
    case Pattern::Kind::Int:
      out << pattern.integer;
      return;
    case Pattern::Kind::Float:
      out << pattern.number;
      return;
    case Pattern::Kind::Bool:
      out << (pattern.integer ? "true" : "false");
      return;
    case Pattern::Kind::String:
      return quote(pattern.text);
    case Pattern::Kind::Atom:
      out << ':' << pattern.text;
      return;
    case Pattern::Kind::Unit:
      out << "()";
      return;
    case Pattern::Kind::Constructor:
      out << (pattern.text.empty() ? "#" + std::to_string(pattern.integer)
                                   : pattern.text);
      return patterns(pattern.parts, '(', ')', " | ", nullptr);
    case Pattern::Kind::List:
      return patterns(pattern.parts, '[', ']', ", ", pattern.rest.get());
    case Pattern::Kind::Or:
      return patterns(pattern.parts, '(', ')', " | ", nullptr);
    }
  }

  void patterns(const std::vector<Pattern> &list, char open, char close,
                llvm::StringRef separator, const Pattern *rest) {
    if (list.empty() && open == '(')
      return;
    out << open;
    for (size_t i = 0; i < list.size(); ++i) {
      out << (i ? separator : "");
      pattern(list[i]);
    }
    if (rest) {
      out << " :: ";
      pattern(*rest);
    }
    out << close;
  }

  void operands(const Expression &expression, unsigned indent,
                size_t first = 0) {
    out << '(';
    for (size_t i = first; i < expression.operands.size(); ++i) {
      out << (i == first ? "" : ", ");
      this->expression(*expression.operands[i], indent);
    }
    out << ')';
  }

  void typeArguments(const Expression &expression) {
    if (expression.typeArguments.empty())
      return;
    out << '<';
    for (size_t i = 0; i < expression.typeArguments.size(); ++i)
      out << (i ? ", " : "") << expression.typeArguments[i]->str();
    out << '>';
  }

  void line(unsigned indent) { out << '\n' << std::string(indent, ' '); }

  void expression(const Expression &e, unsigned indent) {
    using Kind = Expression::Kind;
    switch (e.kind) {
    case Kind::Int:
      out << e.integer;
      return;
    case Kind::Float:
      out << e.number << "f";
      return;
    case Kind::Bool:
      out << (e.integer ? "true" : "false");
      return;
    case Kind::String:
      return quote(e.text);
    case Kind::Atom:
      out << ':' << e.text;
      return;
    case Kind::Unit:
      out << "()";
      return;
    case Kind::Local:
      out << e.variable->name;
      return;
    case Kind::Block:
      out << "do";
      for (const ExpressionPtr &each : e.operands) {
        line(indent + 2);
        expression(*each, indent + 2);
      }
      line(indent);
      out << "end";
      return;
    case Kind::Let:
      out << "let ";
      pattern(*e.pattern);
      out << " :: " << e.pattern->type->str() << " = ";
      return expression(*e.operands[0], indent);
    case Kind::Primitive: {
      static const char *names[] = {"+",  "-", "*",  "/", "%",  "negate", "==",
                                    "!=", "<", "<=", ">", ">=", "not"};
      out << names[unsigned(e.primitive)];
      return operands(e, indent);
    }
    case Kind::Call:
      out << e.function->name;
      typeArguments(e);
      return operands(e, indent);
    case Kind::MethodCall:
      out << e.trait << "." << e.text << "[" << e.selfType->str() << "]";
      typeArguments(e);
      return operands(e, indent);
    case Kind::Intrinsic:
      out << e.row->name;
      typeArguments(e);
      return operands(e, indent);
    case Kind::CallClosure:
      out << "call ";
      expression(*e.operands[0], indent);
      return operands(e, indent, 1);
    case Kind::FunctionValue:
      out << '&' << e.function->name;
      return typeArguments(e);
    case Kind::Closure:
      out << "fn(";
      parameters(e.parameters);
      out << ") -> ";
      expression(*e.operands[0], indent);
      out << " end";
      return;
    case Kind::Construct:
      out << e.type->str() << (e.text.empty() ? "" : "." + e.text);
      return operands(e, indent);
    case Kind::Field:
      expression(*e.operands[0], indent);
      out << "." << (e.text.empty() ? std::to_string(e.integer) : e.text);
      return;
    case Kind::List:
      out << "list";
      return operands(e, indent);
    case Kind::Map:
      out << "map";
      return operands(e, indent);
    case Kind::If:
      out << "if ";
      expression(*e.operands[0], indent);
      for (unsigned i : {1, 2}) {
        out << (i == 1 ? " then" : "");
        if (i == 2) {
          line(indent);
          out << "else";
        }
        line(indent + 2);
        expression(*e.operands[i], indent + 2);
      }
      line(indent);
      out << "end";
      return;
    case Kind::Match:
      out << "case ";
      expression(*e.operands[0], indent);
      for (const Arm &arm : e.arms) {
        line(indent + 2);
        pattern(arm.pattern);
        if (arm.guard) {
          out << " when ";
          expression(*arm.guard, indent + 4);
        }
        out << " -> ";
        expression(*arm.body, indent + 4);
      }
      line(indent);
      out << "end";
      return;
    case Kind::While:
      out << "while ";
      expression(*e.operands[0], indent);
      line(indent + 2);
      expression(*e.operands[1], indent + 2);
      line(indent);
      out << "end";
      return;
    case Kind::For:
      out << "for ";
      pattern(*e.pattern);
      out << " in ";
      expression(*e.operands[0], indent);
      if (e.operands.size() > 2) {
        out << " when ";
        expression(*e.operands[2], indent);
      }
      out << " :: " << e.type->str();
      line(indent + 2);
      expression(*e.operands[1], indent + 2);
      line(indent);
      out << "end";
      return;
    case Kind::Break:
      out << "break";
      return;
    case Kind::Continue:
      out << "continue";
      return;
    case Kind::Return:
      out << "return ";
      return expression(*e.operands[0], indent);
    case Kind::Fail:
      out << "fail ";
      return quote(e.text);
    }
  }

  llvm::raw_ostream &out;
};

} // namespace

void dump(const Program &program, llvm::raw_ostream &out) {
  for (const DataType &type : program.types) {
    out << (type.isStruct ? "struct " : "type ") << type.name << '\n';
    for (const Constructor &constructor : type.constructors) {
      out << "  " << constructor.name;
      for (size_t i = 0; i < constructor.fields.size(); ++i)
        out << (i ? ", " : " ")
            << (constructor.fieldNames.empty()
                    ? ""
                    : constructor.fieldNames[i] + " :: ")
            << constructor.fields[i]->str();
      out << '\n';
    }
    out << '\n';
  }
  for (const Impl &impl : program.impls) {
    out << "impl " << impl.trait;
    for (const Type *argument : impl.traitArguments)
      out << ' ' << argument->str();
    out << " for " << impl.self->str() << '\n';
    for (auto &[name, function] : impl.methods)
      out << "  " << name << " = " << function->name << '\n';
    out << '\n';
  }
  Dumper dumper(out);
  for (const Function &function : program.functions)
    dumper.function(function);
}

} // namespace snow::core
