//===- CoreBuilder.h - Checked programs written by hand ---------*- C++ -*-===//

#ifndef SNOW_UNITTESTS_LOWER_COREBUILDER_H
#define SNOW_UNITTESTS_LOWER_COREBUILDER_H

#include "frontends/snow/core/Program.h"
#include <utility>

namespace snow::core {

/// Makes expressions with a type; each on a line of its own.
class CoreBuilder {
public:
  using Kind = Expression::Kind;

  CoreBuilder() { program.files.push_back("main.snow"); }

  Program program;
  const Type *integer = program.table.integer();
  const Type *boolean = program.table.boolean();
  const Type *unitType = program.table.unit();

  Location here() { return {0, ++line, 3}; }
  Function &function(std::string name, std::vector<Variable *> parameters,
                     const Type *result) {
    Function &made = program.functions.emplace_back();
    made.name = std::move(name);
    made.parameters = std::move(parameters);
    made.result = result;
    made.where = here();
    return made;
  }
  Variable *variable(std::string name, const Type *type) {
    return &program.variables.emplace_back(
        Variable{std::move(name), type, here()});
  }

  template <typename... Operands>
  ExpressionPtr make(Kind kind, const Type *type, Operands &&...operands) {
    auto e = std::make_unique<Expression>(kind, type, here());
    (e->operands.push_back(std::forward<Operands>(operands)), ...);
    return e;
  }
  ExpressionPtr number(int64_t value) {
    ExpressionPtr e = make(Kind::Int, integer);
    e->integer = value;
    return e;
  }
  ExpressionPtr local(Variable *variable) {
    ExpressionPtr e = make(Kind::Local, variable->type);
    e->variable = variable;
    return e;
  }
  ExpressionPtr unit() { return make(Kind::Unit, unitType); }
  ExpressionPtr fail(std::string text, const Type *type) {
    ExpressionPtr e = make(Kind::Fail, type);
    e->text = std::move(text);
    return e;
  }
  ExpressionPtr primitive(Primitive primitive, const Type *type,
                          ExpressionPtr left, ExpressionPtr right) {
    ExpressionPtr e =
        make(Kind::Primitive, type, std::move(left), std::move(right));
    e->primitive = primitive;
    return e;
  }
  template <typename... Operands>
  ExpressionPtr call(Function &callee, Operands &&...operands) {
    ExpressionPtr e =
        make(Kind::Call, callee.result, std::forward<Operands>(operands)...);
    e->function = &callee;
    return e;
  }

private:
  unsigned line = 0;
};

} // namespace snow::core

#endif // SNOW_UNITTESTS_LOWER_COREBUILDER_H
