//===- Show.cpp - the text of values --------------------------------------===//

#include "runtime/values/Show.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"
#include "runtime/values/Table.h"

namespace plumb::rt::values {

static void showList(Builder &text, const plumb_list *list,
                     Form form) noexcept {
  text.add('[');
  bool isFirst = true;
  for (plumb_slot element : elementsOf(list)) {
    if (!isFirst)
      text.add(", ");
    isFirst = false;
    show(text, element, kindOf(list), form);
  }
  text.add(']');
}

static void showMap(Builder &text, const plumb_map *map, Form form) noexcept {
  bool isSet = map->header.type->shape == PLUMB_SHAPE_SET;
  text.add(isSet ? "#{" : "%{");
  bool isFirst = true;
  eachEntry(map, [&](const plumb_slot *entry) {
    if (!isFirst)
      text.add(", ");
    isFirst = false;
    show(text, entry[0], map->table->kinds[0], form);
    if (isSet)
      return;
    text.add(" => ");
    show(text, entry[1], map->table->kinds[1], form);
  });
  text.add('}');
}

/// `Point(1, 2)`, `(1, 2)`, `Red`, or `Point { x: 1, y: 2 }`.
static void showData(Builder &text, plumb_object *object, Form form) noexcept {
  const plumb_type &type = *object->type;
  const plumb_constructor &made = type.constructors[object->tag];
  bool hasNames = made.field_names &&
                  (form == Form::Inspect || !(type.flags & PLUMB_TYPE_DISPLAY));
  Slots fields = slotsOf(object);
  text.add(made.name);
  if (fields.count == 0 && !(type.flags & PLUMB_TYPE_TUPLE)) {
    if (hasNames)
      text.add(" {}");
    return;
  }
  text.add(hasNames ? " { " : "(");
  for (uint64_t at = 0; at != fields.count; ++at) {
    if (at != 0)
      text.add(", ");
    if (hasNames) {
      text.add(made.field_names[at]);
      text.add(": ");
    }
    show(text, fields.first[at], fields.kinds[at], form);
  }
  text.add(hasNames ? " }" : ")");
}

static void showOwn(Builder &text, plumb_object *object,
                    plumb_string *(*function)(plumb_object *)) noexcept {
  plumb_string *own = function(object);
  text.add(viewOf(own));
  drop(own);
}

static void showObject(Builder &text, plumb_object *object,
                       Form form) noexcept {
  checkStack();
  const plumb_type &type = *object->type;
  if (form == Form::Text && type.text)
    return showOwn(text, object, type.text);
  // A type without a text of its own is shown as Debug does.
  if (type.inspect &&
      (form == Form::Inspect || !(type.flags & PLUMB_TYPE_DISPLAY)))
    return showOwn(text, object, type.inspect);
  switch (type.shape) {
  case PLUMB_SHAPE_DATA:
    return showData(text, object, form);
  case PLUMB_SHAPE_STRING:
  case PLUMB_SHAPE_ATOM:
    return text.add(viewOf(reinterpret_cast<plumb_string *>(object)));
  case PLUMB_SHAPE_LIST:
  case PLUMB_SHAPE_QUEUE:
    return showList(text, reinterpret_cast<plumb_list *>(object), form);
  case PLUMB_SHAPE_MAP:
  case PLUMB_SHAPE_SET:
    return showMap(text, reinterpret_cast<plumb_map *>(object), form);
  case PLUMB_SHAPE_RANGE: {
    auto *range = reinterpret_cast<plumb_range *>(object);
    text.addInt(range->from);
    text.add("..");
    return text.addInt(range->to);
  }
  default:
    text.add('<');
    text.add(type.name);
    return text.add('>');
  }
}

void show(Builder &text, plumb_slot value, int32_t kind, Form form) noexcept {
  switch (kind) {
  case PLUMB_INT:
    return text.addInt(static_cast<int64_t>(value));
  case PLUMB_FLOAT:
    return text.addFloat(floatOf(value));
  case PLUMB_BOOL:
    return text.add(value ? "true" : "false");
  case PLUMB_UNIT:
    return text.add("()");
  default:
    return showObject(text, objectOf(value), form);
  }
}

plumb_string *textOf(plumb_slot value, int32_t kind, Form form) noexcept {
  if (kind == PLUMB_OBJECT && !objectOf(value)->type->text &&
      objectOf(value)->type->shape == PLUMB_SHAPE_STRING) {
    retain(objectOf(value));
    return objectOf<plumb_string>(value);
  }
  Builder text;
  show(text, value, kind, form);
  return text.take();
}

} // namespace plumb::rt::values
