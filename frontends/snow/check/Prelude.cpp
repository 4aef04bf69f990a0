//===- Prelude.cpp - What the language itself declares --------------------===//

#include "frontends/snow/check/Prelude.h"

namespace snow::check {

llvm::StringRef preludeText() {
  return R"(
type Option<T> do
  Some(T)
  None
end
type Result<T, E> do
  Ok(T)
  Err(E)
end
type Ordering do
  Less
  Equal
  Greater
end
interface Eq do
  fn eq(self, other :: Self) -> Bool
end
interface Ord do
  fn lt(self, other :: Self) -> Bool do
    case self.compare(other) do
      Less -> true
      _ -> false
    end
  end
  fn compare(self, other :: Self) -> Ordering do
    if self.lt(other) do
      Less
    else if other.lt(self) do
      Greater
    else
      Equal
    end
  end
end
interface Display do
  fn to_string(self) -> String
end
interface Debug do
  fn inspect(self) -> String
end
interface Hash do
  fn hash(self) -> Int
end
interface Default do
  fn default() -> Self
end
interface Add do
  type Output
  fn add(self, other :: Self) -> Self.Output
end
interface Sub do
  type Output
  fn sub(self, other :: Self) -> Self.Output
end
interface Mul do
  type Output
  fn mul(self, other :: Self) -> Self.Output
end
interface Div do
  type Output
  fn div(self, other :: Self) -> Self.Output
end
interface Mod do
  type Output
  fn mod(self, other :: Self) -> Self.Output
end
interface Number do
end
interface Neg do
  type Output
  fn neg(self) -> Self.Output
end
interface From<T> do
  fn from(value :: T) -> Self
end
interface Into<T> do
  fn into(self) -> T
end
interface Iterable do
  type Item
  type Iter
  fn iter(self) -> Self.Iter
end
interface Iterator do
  type Item
  fn next(self) -> Option<Self.Item>
end
)";
}

} // namespace snow::check
