//===- Functions.h - closures for tests -------------------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_LIBRARY_FUNCTIONS_H
#define PLUMB_UNITTESTS_LIBRARY_FUNCTIONS_H

#include "unittests/values/Support.h"

namespace plumb::rt::values {

/// A closure without captures; freed with the object.
class Function {
public:
  explicit Function(plumb_slot (*code)(plumb_fun *, plumb_slot))
      : fun(plumb_new_closure(reinterpret_cast<void *>(code), 0, nullptr)) {}
  explicit Function(plumb_slot (*code)(plumb_fun *, plumb_slot, plumb_slot))
      : fun(plumb_new_closure(reinterpret_cast<void *>(code), 0, nullptr)) {}
  ~Function() { drop(fun); }
  Function(const Function &) = delete;
  Function &operator=(const Function &) = delete;
  operator plumb_fun *() const { return fun; }
  /// For who consumes it.
  plumb_fun *another() const {
    retain(fun);
    return fun;
  }

private:
  plumb_fun *fun;
};

inline plumb_list *stringsOf(const std::vector<std::string> &texts) {
  plumb_list *list = newList(0, PLUMB_OBJECT);
  for (const std::string &text : texts)
    list = push(list, slotOf(str(text)), PLUMB_OBJECT);
  return list;
}

/// The text of an object, which it consumes.
template <typename T> std::string show(T *object) {
  std::string text = shown(object);
  drop(object);
  return text;
}

/// Keeps a reference for the test when a body consumes one.
template <typename T> T *kept(T *object) {
  retain(object);
  return object;
}

} // namespace plumb::rt::values

#endif // PLUMB_UNITTESTS_LIBRARY_FUNCTIONS_H
