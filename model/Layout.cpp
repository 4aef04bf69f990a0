//===- Layout.cpp - Structs and unions in memory --------------------------===//

#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;

uint32_t plumb::model::sizeOf(const plumb_intr_type &type) {
  return type.structure ? type.structure->size : sizeInMemory(type.llvm);
}

uint32_t plumb::model::alignOf(const plumb_intr_type &type) {
  return type.structure ? type.structure->align : sizeInMemory(type.llvm);
}

bool plumb::model::isInMemoryOnly(const plumb_intr_struct &structure) {
  return any_of(fields(structure), [](const plumb_intr_field &f) {
    return f.bits || (f.is_array && !f.count) ||
           (f.type && f.type->structure && isInMemoryOnly(*f.type->structure));
  });
}

bool plumb::model::hasUnion(const plumb_intr_struct &structure) {
  return structure.is_union ||
         any_of(fields(structure), [](const plumb_intr_field &f) {
           return f.type->structure && hasUnion(*f.type->structure);
         });
}

static void addLeaves(const plumb_intr_struct &structure, uint32_t start,
                      SmallVectorImpl<Leaf> &leaves) {
  for (const plumb_intr_field &f : fields(structure))
    for (uint32_t i = 0; i < f.count; ++i) {
      uint32_t offset = start + f.offset + i * sizeOf(*f.type);
      if (f.type->structure)
        addLeaves(*f.type->structure, offset, leaves);
      else
        leaves.push_back({offset, f.type->llvm});
    }
}

SmallVector<Leaf> plumb::model::leavesOf(const plumb_intr_struct &structure,
                                         uint32_t maxSize) {
  SmallVector<Leaf> leaves;
  if (structure.size <= maxSize)
    addLeaves(structure, 0, leaves);
  return leaves;
}

static const plumb_intr_field *fieldNamed(const plumb_intr_struct &structure,
                                          StringRef name, int64_t &index) {
  for (auto [i, f] : enumerate(fields(structure)))
    if (name == f.name) {
      index = i;
      return &f;
    }
  return nullptr;
}

std::optional<FieldPlace>
plumb::model::findField(const plumb_intr_struct &structure, StringRef path,
                        std::string &why) {
  const plumb_intr_struct *at = &structure;
  FieldPlace place = {};
  for (StringRef rest = path;;) {
    StringRef name =
        rest.take_until([](char c) { return c == '.' || c == '['; });
    rest = rest.drop_front(name.size());
    int64_t index;
    place.field = fieldNamed(*at, name, index);
    if (!place.field) {
      why = (at->is_union ? "union '" : "struct '") + std::string(at->name) +
            "' has no field '" + name.str() + "'; it has " +
            join(map_range(fields(*at),
                           [](const plumb_intr_field &f) {
                             return StringRef(f.name);
                           }),
                 ", ");
      return std::nullopt;
    }
    place.isInUnion |= at->is_union;
    place.indices.push_back(index);
    place.offset += place.field->offset;
    place.isWholeArray = place.field->is_array;
    place.count = place.field->count;
    if (rest.consume_front("[")) {
      uint64_t element;
      if (rest.consumeInteger(10, element) || !rest.consume_front("]")) {
        why = "the path '" + path.str() +
              "' is not names with . between and "
              "[number] after arrays, such as when.days[3]";
        return std::nullopt;
      }
      if (!place.field->is_array) {
        why = "field '" + name.str() + "' of '" + at->name + "' is no array";
        return std::nullopt;
      }
      bool isFlexible = !place.field->count;
      if (isFlexible ? element > UINT32_MAX : element >= place.field->count) {
        why = "field '" + name.str() + "' of '" + at->name + "' has " +
              std::to_string(place.field->count) + " elements, from 0 on";
        return std::nullopt;
      }
      place.offset += element * sizeOf(*place.field->type);
      place.indices.push_back(element);
      place.isWholeArray = false;
      place.count = 1;
    }
    if (rest.empty())
      return place;
    if (!rest.consume_front(".")) {
      why = "the path '" + path.str() +
            "' is not names with . between and "
            "[number] after arrays, such as when.days[3]";
      return std::nullopt;
    }
    if (place.isWholeArray) {
      why = "field '" + name.str() + "' of '" + at->name +
            "' is an array; say which element, such as " + name.str() + "[0]";
      return std::nullopt;
    }
    if (!place.field->type->structure) {
      why = "field '" + name.str() + "' of '" + at->name + "' is '" +
            place.field->type->mlir + "', which has no fields";
      return std::nullopt;
    }
    at = place.field->type->structure;
  }
}

std::string plumb::model::declare(const plumb_intr_field &field) {
  std::string text = declare(*field.type, field.name);
  if (field.is_array)
    text += "[" + (field.count ? std::to_string(field.count) : "") + "]";
  if (field.bits)
    text += " : " + std::to_string(field.bits);
  return text;
}

std::string plumb::model::describeType(const plumb_intr_field &field) {
  std::string text = field.type->mlir;
  if (field.is_array)
    text += field.count ? " x " + std::to_string(field.count)
                        : std::string(" x any number");
  if (field.bits)
    text += " : " + std::to_string(field.bits);
  return text;
}
