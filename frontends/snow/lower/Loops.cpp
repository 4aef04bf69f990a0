//===- Loops.cpp - for ----------------------------------------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/FunctionLowering.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

/// `a..b` itself needs no range.
static bool isRangeOfTwo(const core::Expression &e) {
  return e.kind == core::Expression::Kind::Intrinsic &&
         e.operands.size() == 2 &&
         llvm::is_contained(
             llvm::map_range(
                 llvm::ArrayRef(e.row->operators, e.row->num_operators),
                 [](const char *word) { return StringRef(word); }),
             "..");
}

Value FunctionLowering::lowerFor(const core::Expression &e) {
  core::TypeTable &table = module.getProgram().table;
  const core::Expression &over = *e.operands[0];
  if (isRangeOfTwo(over)) {
    Values ends;
    if (!lowerAll(over.operands, ends))
      return {};
    return lowerCount(e, ends[0], ends[1], table.integer(),
                      [](Value index) { return index; });
  }
  Value collection = lower(over);
  if (!collection)
    return {};
  const core::Type *type = resolve(over.type);
  const core::Type *element = resolve(e.pattern->type);
  if (!module.findOperator("for.at", type)) {
    const core::Type *list = table.named("List", element);
    collection = callRow(operatorRow("for.list", type), {collection}, list);
    type = list;
  }
  if (!collection)
    return {};
  Value length =
      callRow(operatorRow("for.length", type), {collection}, table.integer());
  const plumb_intr_row *at = operatorRow("for.at", type);
  if (!length || !at)
    return {};
  return lowerCount(e, constant(0), length, element, [&](Value index) {
    return callRow(at, {collection, index}, element);
  });
}

void FunctionLowering::lowerTurn(const core::Expression &e, Value element) {
  Block *next = loops.back().next;
  auto listSoFar = [&] {
    return loops.back().list ? ValueRange(loops.back().list) : ValueRange();
  };
  match(*e.pattern, element, /*miss=*/nullptr);
  if (e.operands.size() > 2) {
    Value condition = lower(*e.operands[2]);
    if (!condition)
      return;
    Block *body = newBlock(), *skip = newBlock();
    make<cf::CondBranchOp>(condition, body, skip);
    builder.setInsertionPointToEnd(skip);
    branch(next, listSoFar());
    builder.setInsertionPointToEnd(body);
  }
  Value value = lower(*e.operands[1]);
  if (!value)
    return;
  if (!loops.back().list) {
    branch(next);
    return;
  }
  const core::Type *type = resolve(e.type);
  if (Value list = callRow(operatorRow("list.append", type),
                           {loops.back().list, value}, type))
    branch(next, list);
}

/// The blocks of a loop: `test` with the number of the turn and the list so
/// far, `next` and `after` with the list.
Value FunctionLowering::lowerCount(const core::Expression &e, Value from,
                                   Value to, const core::Type *element,
                                   llvm::function_ref<Value(Value)> at) {
  const core::Type *type = resolve(e.type);
  core::TypeTable &table = module.getProgram().table;
  const core::Type *list = type == table.unit() ? nullptr : type;
  Values state{from};
  if (list) {
    Value empty = callRow(operatorRow("list", nullptr), {}, type);
    if (!empty)
      return {};
    state.push_back(empty);
  }
  Block *test = newBlock(table.integer()), *body = newBlock();
  Block *next = newBlock(list), *after = newBlock(list);
  if (list)
    test->addArgument(convert(list), loc);
  branch(test, state);
  builder.setInsertionPointToEnd(test);
  Value index = test->getArgument(0);
  Value soFar = list ? test->getArgument(1) : Value();
  Value more = make<arith::CmpIOp>(arith::CmpIPredicate::slt, index, to);
  make<cf::CondBranchOp>(more, body, ValueRange(), after,
                         soFar ? ValueRange(soFar) : ValueRange());
  builder.setInsertionPointToEnd(body);
  loops.push_back({next, after, soFar});
  if (Value value = at(index))
    lowerTurn(e, value);
  loops.pop_back();
  builder.setInsertionPointToEnd(next);
  state = {make<arith::AddIOp>(index, constant(1))};
  llvm::append_range(state, next->getArguments());
  branch(test, state);
  builder.setInsertionPointToEnd(after);
  return list ? Value(after->getArgument(0)) : unit();
}
