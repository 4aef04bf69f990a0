//===- Exhaustive.h - Do patterns cover a type? -----------------*- C++ -*-===//
//
// The matrix method: a row of patterns is useful after others if some value is
// matched by it and by none of them. Exact for constructors, tuples, lists of
// any length, booleans and literals.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_EXHAUSTIVE_H
#define SNOW_CHECK_EXHAUSTIVE_H

#include "frontends/snow/check/World.h"

namespace snow::check {

/// A pattern in the form that the method wants: lists are cells.
struct Shape {
  enum class Kind { Any, Constructor, Literal, Or };
  Kind kind = Kind::Any;
  /// Of Constructor: its number among `count`.
  unsigned number = 0, count = 1;
  const TypeDecl *type = nullptr; ///< null: a tuple, list or Bool
  enum class Of { Data, Tuple, List, Bool, Unit } of = Of::Data;
  std::string literal;
  std::vector<const Shape *> parts;
};

class Coverage {
public:
  explicit Coverage(World &world) : world(world) {}

  const Shape *shape(const core::Pattern &pattern);
  /// Adds a row that covers what it matches.
  void cover(const Shape *shape) { rows.push_back({shape}); }
  /// Whether something is left that it matches.
  bool isUseful(const Shape *shape);
  /// Up to `limit` patterns that together are not covered.
  std::vector<std::string> missing(unsigned limit);

private:
  using Row = std::vector<const Shape *>;
  bool isUseful(const std::vector<Row> &rows, const Row &row);
  std::vector<std::vector<std::string>> missing(const std::vector<Row> &rows,
                                                size_t width, unsigned limit);
  static void specialize(const Row &row, const Shape &head, size_t arity,
                         std::vector<Row> &out);
  static void rest(const Row &row, std::vector<Row> &out);
  std::string show(const Shape &head, llvm::ArrayRef<std::string> parts);
  static size_t arity(const Shape &head, unsigned number);
  Shape *make() { return &shapes.emplace_back(); }

  World &world;
  std::deque<Shape> shapes;
  std::vector<Row> rows;
  /// So that no program takes too long; what is not found out is no error.
  unsigned steps = 0;
  static constexpr unsigned maxSteps = 2'000'000;
};

} // namespace snow::check

#endif // SNOW_CHECK_EXHAUSTIVE_H
