//===- Support.h - values in tests ------------------------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_VALUES_SUPPORT_H
#define PLUMB_UNITTESTS_VALUES_SUPPORT_H

#include "runtime/values/Hash.h"
#include "runtime/values/List.h"
#include "runtime/values/Show.h"
#include "runtime/values/Strings.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace plumb::rt::values {

/// Everything that a test makes, it frees.
class Values : public testing::Test {
protected:
  void SetUp() override { before = plumb_values_live(); }
  void TearDown() override { EXPECT_EQ(plumb_values_live(), before); }

private:
  int64_t before = 0;
};

inline plumb_string *str(std::string_view text) { return copyString(text); }

inline plumb_list *listOf(const std::vector<int64_t> &numbers) {
  plumb_list *list = newList(0, PLUMB_INT);
  for (int64_t number : numbers)
    list = push(list, static_cast<plumb_slot>(number), PLUMB_INT);
  return list;
}

inline std::vector<int64_t> numbersOf(const plumb_list *list) {
  auto elements = elementsOf(list);
  return {elements.begin(), elements.end()};
}

/// Consumes the string.
inline std::string taken(plumb_string *string) {
  std::string text(viewOf(string));
  drop(string);
  return text;
}
inline std::string shown(plumb_slot value, int32_t kind) {
  return taken(textOf(value, kind));
}
inline std::string shown(const void *object) {
  return shown(slotOf(object), PLUMB_OBJECT);
}

} // namespace plumb::rt::values

#endif // PLUMB_UNITTESTS_VALUES_SUPPORT_H
