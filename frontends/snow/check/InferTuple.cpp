//===- InferTuple.cpp - Elements of tuples by their position --------------===//
//
// What a function of the library says of pairs holds for longer tuples, too:
// each element has a type of its own, which no record could say.
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

Infer::ExpressionPtr Infer::callOnTuple(Target &target, Arguments &arguments,
                                        std::vector<ExpressionPtr> &given,
                                        Span span) {
  if (target.kind != Target::Kind::Library)
    return nullptr;
  StringRef word;
  for (StringRef each :
       {"tuple.first", "tuple.second", "tuple.nth", "tuple.size"})
    if (target.library->is(each))
      word = each;
  size_t count = given.size() + arguments.size();
  if (word.empty() || count != (word == "tuple.nth" ? 2 : 1))
    return nullptr;
  if (given.empty()) {
    given.push_back(infer(arguments.front()));
    arguments = arguments.drop_front();
  }
  Ty *type = flushed(typeOf(given.front()));
  TypeDecl *head = TypeStore::head(type);
  if (!head || !head->isTuple)
    return nullptr;
  size_t size = type->parts.size(), number = word == "tuple.second";
  if (word == "tuple.size") {
    std::vector<ExpressionPtr> statements;
    statements.push_back(std::move(given.front()));
    auto made = make(Kind::Int, library.integer, span);
    made->integer = int64_t(size);
    statements.push_back(std::move(made));
    return block(std::move(statements), span);
  }
  if (word == "tuple.nth") {
    auto *literal = llvm::dyn_cast<syntax::IntExpr>(arguments.front());
    if (!literal)
      return nullptr;
    if (literal->value < 0 || uint64_t(literal->value) >= size) {
      world.report(Code::ArgumentCount, literal->span,
                   "a tuple of " + std::to_string(size) +
                       " elements has none with the number " +
                       std::to_string(literal->value),
                   "numbers are from 0");
      drop(std::move(given.front()));
      return error(span);
    }
    number = size_t(literal->value);
  }
  auto made = make(Kind::Field, type->parts[number], span);
  made->integer = int64_t(number);
  made->operands.push_back(std::move(given.front()));
  return made;
}

} // namespace snow::check
