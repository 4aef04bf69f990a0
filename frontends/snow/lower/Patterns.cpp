//===- Patterns.cpp - Tests and bindings of patterns ----------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

void FunctionLowering::require(Value condition, Block *miss) {
  Block *hit = newBlock();
  make<cf::CondBranchOp>(condition, hit, miss);
  builder.setInsertionPointToEnd(hit);
}

void FunctionLowering::match(const core::Pattern &pattern, Value value,
                             Block *miss) {
  const core::Type *type = resolve(pattern.type);
  switch (pattern.kind) {
  case core::Pattern::Kind::Wildcard:
  case core::Pattern::Kind::Unit:
    return;
  case core::Pattern::Kind::Bind:
    variables[pattern.variable] = value;
    if (pattern.rest)
      match(*pattern.rest, value, miss);
    return;
  case core::Pattern::Kind::Constructor:
    return matchParts(pattern, value, miss);
  case core::Pattern::Kind::List:
    return matchList(pattern, value, miss);
  case core::Pattern::Kind::Or:
    return matchOr(pattern, value, miss);
  case core::Pattern::Kind::Int:
    if (miss)
      require(equal(type, value, constant(pattern.integer)), miss);
    return;
  case core::Pattern::Kind::Float:
    if (miss)
      require(equal(type, value,
                    make<arith::ConstantOp>(
                        builder.getF64FloatAttr(pattern.number))),
              miss);
    return;
  case core::Pattern::Kind::Bool:
    if (miss)
      require(pattern.integer
                  ? value
                  : make<arith::XOrIOp>(value, truth(true)).getResult(),
              miss);
    return;
  case core::Pattern::Kind::String:
  case core::Pattern::Kind::Atom: {
    if (!miss)
      return;
    auto wanted = make<dialect::StringOp>(module.convert(type), pattern.text);
    wanted.setAtom(pattern.kind == core::Pattern::Kind::Atom);
    if (Value same = equal(type, value, wanted))
      require(same, miss);
    return;
  }
  }
}

void FunctionLowering::matchParts(const core::Pattern &pattern, Value value,
                                  Block *miss) {
  const core::Type *type = resolve(pattern.type);
  if (miss && module.numConstructors(type) > 1) {
    Value tag = make<dialect::TagOp>(builder.getI32Type(), value);
    Value wanted =
        make<arith::ConstantOp>(builder.getI32IntegerAttr(pattern.integer));
    require(make<arith::CmpIOp>(arith::CmpIPredicate::eq, tag, wanted), miss);
  }
  TypeList types = module.fieldTypes(type, pattern.integer);
  // All fields are read before any is looked into: what is kept of the value
  // need not wait for that.
  Values fields;
  for (auto [index, part] : llvm::enumerate(pattern.parts))
    fields.push_back(part.kind == core::Pattern::Kind::Wildcard
                         ? Value()
                         : make<dialect::FieldOp>(
                               module.convert(types[index]), value,
                               module.dataType(type, loc).getValue(),
                               unsigned(pattern.integer), unsigned(index)));
  for (auto [part, field] : llvm::zip(pattern.parts, fields))
    if (field)
      match(part, field, miss);
}

void FunctionLowering::matchList(const core::Pattern &pattern, Value value,
                                 Block *miss) {
  const core::Type *type = resolve(pattern.type);
  const core::Type *integer = module.getProgram().table.integer();
  size_t count = pattern.parts.size();
  if (miss && !(pattern.rest && count == 0)) {
    Value length = callRow(operatorRow("list.length", type), {value}, integer);
    if (!length)
      return;
    require(make<arith::CmpIOp>(pattern.rest ? arith::CmpIPredicate::sge
                                             : arith::CmpIPredicate::eq,
                                length, constant(count)),
            miss);
  }
  const core::Type *element = type->arguments()[0];
  for (auto [index, part] : llvm::enumerate(pattern.parts)) {
    if (part.kind == core::Pattern::Kind::Wildcard)
      continue;
    Value at = callRow(operatorRow("list.at", type), {value, constant(index)},
                       element);
    if (!at)
      return;
    match(part, at, miss);
  }
  if (!pattern.rest || pattern.rest->kind == core::Pattern::Kind::Wildcard)
    return;
  Value rest = count ? callRow(operatorRow("list.drop", type),
                               {value, constant(count)}, type)
                     : value;
  if (rest)
    match(*pattern.rest, rest, miss);
}

/// In the order in which they stand, each once.
static void collectVariables(const core::Pattern &pattern,
                             SmallVectorImpl<const core::Variable *> &found) {
  if (pattern.kind == core::Pattern::Kind::Bind &&
      !llvm::is_contained(found, pattern.variable))
    found.push_back(pattern.variable);
  for (const core::Pattern &part : pattern.parts)
    collectVariables(part, found);
  if (pattern.rest)
    collectVariables(*pattern.rest, found);
}

void FunctionLowering::matchOr(const core::Pattern &pattern, Value value,
                               Block *miss) {
  SmallVector<const core::Variable *> bound;
  collectVariables(pattern, bound);
  Block *matched = newBlock();
  for (const core::Variable *variable : bound)
    matched->addArgument(convert(variable->type), loc);
  for (const core::Pattern &part : pattern.parts) {
    bool isLast = &part == &pattern.parts.back();
    Block *next = isLast ? miss : newBlock();
    match(part, value, next);
    Values values;
    for (const core::Variable *variable : bound)
      values.push_back(variables.lookup(variable));
    branch(matched, values);
    if (!isLast)
      builder.setInsertionPointToEnd(next);
  }
  builder.setInsertionPointToEnd(matched);
  for (auto [variable, argument] : llvm::zip(bound, matched->getArguments()))
    variables[variable] = argument;
}
