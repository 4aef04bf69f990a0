//===- Ast.h - The syntax tree of a file ------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_AST_H
#define SNOW_SYNTAX_AST_H

#include "frontends/snow/syntax/Item.h"
#include "llvm/Support/Allocator.h"
#include <memory>
#include <type_traits>

namespace snow::syntax {

/// A file as parsed. Owns all of its nodes; texts may point into the
/// SourceFile, which must live as long.
class Module {
public:
  uint32_t file = 0;
  ArrayRef<const Item *> items; ///< in source order
  Documentation doc;            ///< of `##!`

  template <typename Node, typename... Arguments>
  Node *make(Arguments &&...arguments) {
    static_assert(std::is_trivially_destructible_v<Node>);
    return new (arena.Allocate<Node>())
        Node(std::forward<Arguments>(arguments)...);
  }
  template <typename T> ArrayRef<T> copy(ArrayRef<T> list) {
    return list.copy(arena);
  }
  StringRef copy(StringRef text) { return text.copy(arena); }

private:
  llvm::BumpPtrAllocator arena;
};

} // namespace snow::syntax

#endif // SNOW_SYNTAX_AST_H
