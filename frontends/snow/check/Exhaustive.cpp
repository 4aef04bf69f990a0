//===- Exhaustive.cpp - Do patterns cover a type? -------------------------===//

#include "frontends/snow/check/Exhaustive.h"
#include "llvm/ADT/SmallSet.h"

namespace snow::check {

using Row = std::vector<const Shape *>;
using Kind = core::Pattern::Kind;

static const Shape any;

const Shape *Coverage::shape(const core::Pattern &pattern) {
  auto literal = [&](std::string text) {
    Shape *made = make();
    made->kind = Shape::Kind::Literal;
    made->literal = std::move(text);
    return made;
  };
  auto constructor = [&](Shape::Of of, unsigned number, unsigned count) {
    Shape *made = make();
    made->kind = Shape::Kind::Constructor;
    made->of = of;
    made->number = number;
    made->count = count;
    return made;
  };
  switch (pattern.kind) {
  case Kind::Wildcard:
    return &any;
  case Kind::Bind:
    return pattern.rest ? shape(*pattern.rest) : &any;
  case Kind::Int:
    return literal(std::to_string(pattern.integer));
  case Kind::Float:
    return literal(std::to_string(pattern.number));
  case Kind::String:
    return literal("\"" + pattern.text + "\"");
  case Kind::Atom:
    return literal(":" + pattern.text);
  case Kind::Bool:
    return constructor(Shape::Of::Bool, pattern.integer, 2);
  case Kind::Unit:
    return constructor(Shape::Of::Unit, 0, 1);
  case Kind::Constructor: {
    bool isTuple = pattern.type->is("Tuple");
    Shape *made = constructor(isTuple ? Shape::Of::Tuple : Shape::Of::Data,
                              pattern.integer, 1);
    if (!isTuple) {
      made->type = world.typesByCoreName.lookup(pattern.type->name());
      if (!made->type)
        return &any;
      made->count = made->type->constructors.size();
    }
    for (const core::Pattern &part : pattern.parts)
      made->parts.push_back(shape(part));
    return made;
  }
  case Kind::List: {
    const Shape *tail = pattern.rest ? shape(*pattern.rest)
                                     : constructor(Shape::Of::List, 0, 2);
    for (const core::Pattern &part : llvm::reverse(pattern.parts)) {
      Shape *cell = constructor(Shape::Of::List, 1, 2);
      cell->parts = {shape(part), tail};
      tail = cell;
    }
    return tail;
  }
  case Kind::Or: {
    Shape *made = make();
    made->kind = Shape::Kind::Or;
    for (const core::Pattern &part : pattern.parts)
      made->parts.push_back(shape(part));
    return made;
  }
  }
  return &any;
}

size_t Coverage::arity(const Shape &head, unsigned number) {
  switch (head.of) {
  case Shape::Of::Data:
    return head.type->constructors[number].fields.size();
  case Shape::Of::Tuple:
    return head.parts.size();
  case Shape::Of::List:
    return number == 1 ? 2 : 0;
  case Shape::Of::Bool:
  case Shape::Of::Unit:
    return 0;
  }
  return 0;
}

/// The rows that stay of `row` for values made as `head` says, without the
/// constructor.
void Coverage::specialize(const Row &row, const Shape &head, size_t arity,
                          std::vector<Row> &out) {
  const Shape &first = *row.front();
  switch (first.kind) {
  case Shape::Kind::Any: {
    Row made(arity, &any);
    made.insert(made.end(), row.begin() + 1, row.end());
    out.push_back(std::move(made));
    return;
  }
  case Shape::Kind::Or:
    for (const Shape *each : first.parts) {
      Row made = row;
      made.front() = each;
      specialize(made, head, arity, out);
    }
    return;
  case Shape::Kind::Constructor:
  case Shape::Kind::Literal: {
    if (first.kind != head.kind || first.number != head.number ||
        first.literal != head.literal)
      return;
    Row made = first.parts;
    made.insert(made.end(), row.begin() + 1, row.end());
    out.push_back(std::move(made));
    return;
  }
  }
}

/// What stays of `row` for values made in none of the ways that are named.
void Coverage::rest(const Row &row, std::vector<Row> &out) {
  const Shape &first = *row.front();
  if (first.kind == Shape::Kind::Any)
    out.push_back(Row(row.begin() + 1, row.end()));
  if (first.kind == Shape::Kind::Or)
    for (const Shape *each : first.parts) {
      Row made = row;
      made.front() = each;
      rest(made, out);
    }
}

/// The heads that stand in the first column, each once, by their number.
static void
collectHeads(const Shape &shape,
             std::map<std::pair<unsigned, std::string>, const Shape *> &out) {
  if (shape.kind == Shape::Kind::Or)
    for (const Shape *each : shape.parts)
      collectHeads(*each, out);
  else if (shape.kind != Shape::Kind::Any)
    out.try_emplace({shape.number, shape.literal}, &shape);
}

bool Coverage::isUseful(const Shape *shape) { return isUseful(rows, {shape}); }

bool Coverage::isUseful(const std::vector<Row> &rows, const Row &row) {
  steps += rows.size() + 1;
  if (steps > maxSteps)
    return true;
  if (row.empty())
    return rows.empty();
  const Shape &first = *row.front();
  auto within = [&](const Shape &head, size_t arity) {
    std::vector<Row> inner, own;
    for (const Row &each : rows)
      specialize(each, head, arity, inner);
    specialize(row, head, arity, own);
    for (const Row &each : own)
      if (isUseful(inner, each))
        return true;
    return false;
  };
  switch (first.kind) {
  case Shape::Kind::Or:
    for (const Shape *each : first.parts) {
      Row made = row;
      made.front() = each;
      if (isUseful(rows, made))
        return true;
    }
    return false;
  case Shape::Kind::Constructor:
  case Shape::Kind::Literal:
    return within(first, first.parts.size());
  case Shape::Kind::Any:
    break;
  }
  std::map<std::pair<unsigned, std::string>, const Shape *> heads;
  for (const Row &each : rows)
    collectHeads(*each.front(), heads);
  bool isComplete = !heads.empty() &&
                    heads.begin()->second->kind == Shape::Kind::Constructor &&
                    heads.size() == heads.begin()->second->count;
  if (isComplete) {
    for (auto &[key, head] : heads)
      if (within(*head, head->parts.size()))
        return true;
    return false;
  }
  std::vector<Row> inner;
  for (const Row &each : rows)
    rest(each, inner);
  return isUseful(inner, Row(row.begin() + 1, row.end()));
}

std::string Coverage::show(const Shape &head,
                           llvm::ArrayRef<std::string> parts) {
  std::string text;
  switch (head.of) {
  case Shape::Of::Bool:
    return head.number ? "true" : "false";
  case Shape::Of::Unit:
    return "()";
  case Shape::Of::List:
    if (!head.number)
      return "[]";
    if (parts[1] == "[]")
      return "[" + parts[0] + "]";
    if (llvm::StringRef(parts[1]).starts_with("["))
      return "[" + parts[0] + ", " + parts[1].substr(1);
    return parts[0] + " :: " + parts[1];
  case Shape::Of::Data:
    text = head.type->constructors[head.number].name.str();
    break;
  case Shape::Of::Tuple:
    break;
  }
  if (parts.empty())
    return text;
  text += "(";
  for (size_t i = 0; i < parts.size(); ++i)
    text += (i ? ", " : "") + parts[i];
  return text + ")";
}

std::vector<std::vector<std::string>>
Coverage::missing(const std::vector<Row> &rows, size_t width, unsigned limit) {
  using Found = std::vector<std::vector<std::string>>;
  steps += rows.size() + 1;
  if (steps > maxSteps)
    return {};
  if (width == 0)
    return rows.empty() ? Found{{}} : Found{};
  std::map<std::pair<unsigned, std::string>, const Shape *> heads;
  for (const Row &each : rows)
    collectHeads(*each.front(), heads);
  bool isData =
      !heads.empty() && heads.begin()->second->kind == Shape::Kind::Constructor;
  Found found;
  auto within = [&](const Shape &head, size_t arity) {
    std::vector<Row> inner;
    for (const Row &each : rows)
      specialize(each, head, arity, inner);
    for (auto &each :
         missing(inner, arity + width - 1, limit - unsigned(found.size()))) {
      std::vector<std::string> made;
      made.push_back(show(head, llvm::ArrayRef(each).take_front(arity)));
      made.insert(made.end(), each.begin() + arity, each.end());
      found.push_back(std::move(made));
    }
  };
  if (!isData) {
    std::vector<Row> inner;
    for (const Row &each : rows)
      rest(each, inner);
    for (auto &each : missing(inner, width - 1, limit)) {
      std::vector<std::string> made{"_"};
      made.insert(made.end(), each.begin(), each.end());
      found.push_back(std::move(made));
    }
    return found;
  }
  const Shape &sample = *heads.begin()->second;
  for (unsigned number = 0; number < sample.count && found.size() < limit;
       ++number) {
    Shape head = sample;
    head.number = number;
    within(head, arity(head, number));
  }
  return found;
}

std::vector<std::string> Coverage::missing(unsigned limit) {
  std::vector<std::string> made;
  for (auto &each : missing(rows, 1, limit))
    made.push_back(each.front());
  return made;
}

} // namespace snow::check
