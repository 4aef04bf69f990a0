//===- Control.cpp - if, case and while -----------------------------------===//

#include "frontends/snow/lower/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

Value FunctionLowering::goOn(Block *after, bool comesBack) {
  if (!comesBack) {
    if (after)
      after->erase();
    return {};
  }
  builder.setInsertionPointToEnd(after);
  return after->getArgument(0);
}

Value FunctionLowering::lowerIf(const core::Expression &e, bool isTail) {
  Value condition = lower(*e.operands[0]);
  if (!condition)
    return {};
  Block *then = newBlock(), *otherwise = newBlock();
  Block *after = isTail ? nullptr : newBlock(e.type);
  make<cf::CondBranchOp>(condition, then, otherwise);
  bool comesBack = false;
  for (unsigned i : {0u, 1u}) {
    builder.setInsertionPointToEnd(i ? otherwise : then);
    const core::Expression &part = *e.operands[i + 1];
    if (isTail) {
      lowerTail(part);
    } else if (Value value = lower(part)) {
      branch(after, value);
      comesBack = true;
    }
  }
  return goOn(after, comesBack);
}

void FunctionLowering::lowerArm(const core::Arm &arm, Value subject,
                                Block *next, Block *after, bool isTail,
                                bool &comesBack) {
  llvm::SaveAndRestore here(loc, module.convert(arm.pattern.where));
  match(arm.pattern, subject, next);
  if (arm.guard) {
    Value condition = lower(*arm.guard);
    if (!condition)
      return;
    require(condition, next);
  }
  if (isTail) {
    lowerTail(*arm.body);
  } else if (Value value = lower(*arm.body)) {
    branch(after, value);
    comesBack = true;
  }
}

/// A case is exhaustive, the clauses of a function, whose name is the text,
/// need not be.
static std::string missText(StringRef name) {
  if (name.empty())
    return "no clause of the function fits";
  return ("no clause of `" + name + "` fits").str();
}

Value FunctionLowering::lowerMatch(const core::Expression &e, bool isTail) {
  Value subject = lower(*e.operands[0]);
  if (!subject)
    return {};
  Block *after = isTail ? nullptr : newBlock(e.type);
  bool comesBack = false, isExhaustive = e.integer;
  for (const core::Arm &arm : e.arms) {
    // When no other arm is left, this one matches.
    bool isSure = isExhaustive && &arm == &e.arms.back() && !arm.guard;
    Block *next = isSure ? nullptr : newBlock();
    lowerArm(arm, subject, next, after, isTail, comesBack);
    if (next)
      builder.setInsertionPointToEnd(next);
    if (isSure)
      break;
    if (&arm == &e.arms.back())
      fail(missText(e.text));
  }
  return goOn(after, comesBack);
}

Value FunctionLowering::lowerWhile(const core::Expression &e) {
  Block *test = newBlock(), *body = newBlock(), *after = newBlock();
  branch(test);
  builder.setInsertionPointToEnd(test);
  Value condition = lower(*e.operands[0]);
  if (condition)
    make<cf::CondBranchOp>(condition, body, after);
  builder.setInsertionPointToEnd(body);
  loops.push_back({test, after, Value()});
  if (lower(*e.operands[1]))
    branch(test);
  loops.pop_back();
  builder.setInsertionPointToEnd(after);
  return unit();
}
