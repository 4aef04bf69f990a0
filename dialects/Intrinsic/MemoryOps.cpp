//===- MemoryOps.cpp - Fields and elements in memory ----------------------===//

#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

/// Bytes of a value in memory; 0 of a type that has no place there.
static uint64_t sizeInMemory(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.isSignless() &&
                   llvm::is_contained({1, 8, 16, 32, 64}, integer.getWidth())
               ? std::max(1u, integer.getWidth() / 8)
               : 0;
  if (auto structure = dyn_cast<StructType>(type)) {
    const plumb_intr_struct *s =
        getRegistry(type.getContext()).lookupStruct(structure.getName());
    return s ? s->size : 0;
  }
  return type.isF32() ? 4 : 8; // f64, handles, pointers and slots
}

std::optional<MemoryPlace> plumb::intr::findPlace(MLIRContext *context,
                                                  StringRef structure,
                                                  StringRef path, Type value,
                                                  std::string &why) {
  MemoryPlace place;
  const plumb_intr_struct *s = nullptr;
  if (!structure.empty()) {
    s = getRegistry(context).lookupStruct(structure);
    if (!s) {
      why = "no loaded family has a struct '" + structure.str() + "'";
      return std::nullopt;
    }
    place.stride = s->size;
    place.type = StructType::get(context, structure);
  } else if (!path.empty()) {
    why = "a field is of a struct; say which, as in \"clock.date\"[\"year\"]";
    return std::nullopt;
  }
  if (!path.empty()) {
    std::optional<model::FieldPlace> found = model::findField(*s, path, why);
    if (!found)
      return std::nullopt;
    place.offset = found->offset;
    place.field = found->field;
    place.isWholeArray = found->isWholeArray;
    place.type =
        place.isWholeArray ? Type() : getType(context, *found->field->type);
  }
  if (!value)
    return place;
  std::string text;
  llvm::raw_string_ostream os(text);
  if (place.isWholeArray) {
    why = std::string("field '") + place.field->name +
          "' is an array, which is no value; say which element, such as " +
          place.field->name + "[0], or take its intr.address";
    return std::nullopt;
  }
  // As in C, a `void *` is one of the others, and they are one.
  if (place.type && !takes(place.type, value) && !takes(value, place.type)) {
    os << value;
    std::string is;
    llvm::raw_string_ostream(is) << place.type;
    why =
        "what is there is '" + is + "', but the value has type '" + text + "'";
    return std::nullopt;
  }
  if (!sizeInMemory(value)) {
    os << value;
    why = "a value of type '" + text + "' has no place in memory";
    return std::nullopt;
  }
  if (auto whole = dyn_cast<StructType>(value)) {
    const plumb_intr_struct *of =
        getRegistry(context).lookupStruct(whole.getName());
    if (model::isInMemoryOnly(*of)) {
      why = std::string("struct '") + of->name +
            "' has bit-fields or a flexible array member, and is no value; "
            "load and store its fields";
      return std::nullopt;
    }
  }
  if (!s)
    place.stride = sizeInMemory(value);
  return place;
}

/// That a pointer which says what it leads to says the struct.
static LogicalResult verifyPointer(Operation *op, Type type,
                                   StringRef structure) {
  auto pointer = dyn_cast<PointerType>(type);
  if (structure.empty() || !pointer || pointer.getPointee().empty() ||
      pointer.getPointee() == structure)
    return success();
  return op->emitOpError("the pointer is ")
         << type << ", but the operation says struct '" << structure
         << "'; intr.cast makes one of the other";
}

template <typename OpT> static LogicalResult verifyPlace(OpT op, Type value) {
  if (failed(verifyPointer(op, op.getPointer().getType(),
                           op.getStructure().value_or(""))))
    return failure();
  std::string why;
  if (findPlace(op.getContext(), op.getStructure().value_or(""),
                op.getPath().value_or(""), value, why))
    return success();
  return op.emitOpError(why);
}

LogicalResult AddressOp::verify() {
  if (failed(verifyPointer(*this, getPointer().getType(),
                           getStructure().value_or(""))))
    return failure();
  std::string why;
  auto place = findPlace(getContext(), getStructure().value_or(""),
                         getPath().value_or(""), Type(), why);
  if (!place)
    return emitOpError(why);
  if (place->field && place->field->bits)
    return emitOpError("field '")
           << place->field->name << "' is a bit-field, which has no address";
  return success();
}

LogicalResult LoadOp::verify() { return verifyPlace(*this, getType()); }

LogicalResult StoreOp::verify() {
  return verifyPlace(*this, getValue().getType());
}

LogicalResult AllocateOp::verify() {
  if (failed(verifyPointer(*this, getType(), getStructure())))
    return failure();
  std::string why;
  if (findPlace(getContext(), getStructure(), "", Type(), why))
    return success();
  return emitOpError(why);
}
