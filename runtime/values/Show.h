//===- Show.h - the text of values ------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_SHOW_H
#define PLUMB_RUNTIME_VALUES_SHOW_H

#include "runtime/values/Strings.h"

namespace plumb::rt::values {

/// For people, or with the names of fields.
enum class Form { Text, Inspect };

/// A string of its own.
plumb_string *textOf(plumb_slot value, int32_t kind,
                     Form form = Form::Text) noexcept;

void show(Builder &text, plumb_slot value, int32_t kind, Form form) noexcept;

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_SHOW_H
