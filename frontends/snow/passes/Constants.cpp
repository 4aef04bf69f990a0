//===- Constants.cpp - Constants in the layouts of plumb/object.h ---------===//

#include "frontends/snow/passes/Emitter.h"
#include "plumb/object.h"

using namespace mlir;
using namespace snow;
using namespace snow::passes;

std::string
Emitter::global(StringRef stem, Type type,
                llvm::function_ref<Value(Builder &, Location)> fill) {
  std::string name = unique(stem);
  Location loc = atEnd.getUnknownLoc();
  auto global = LLVM::GlobalOp::create(atEnd, loc, type, /*isConstant=*/true,
                                       LLVM::Linkage::Private, name,
                                       Attribute(), /*alignment=*/8);
  OpBuilder b(context);
  b.createBlock(&global.getInitializerRegion());
  LLVM::ReturnOp::create(b, loc, fill(b, loc));
  return name;
}

void Emitter::declareData(StringRef symbol) {
  bool &isDeclared = data[symbol];
  if (std::exchange(isDeclared, true))
    return;
  // Nothing but its address is used here.
  LLVM::GlobalOp::create(atEnd, atEnd.getUnknownLoc(), i8, /*isConstant=*/true,
                         LLVM::Linkage::External, symbol, Attribute());
}

static Value makeStruct(OpBuilder &b, Location loc, Type type,
                        ArrayRef<Value> fields) {
  Value value = LLVM::UndefOp::create(b, loc, type);
  for (auto [index, field] : llvm::enumerate(fields))
    value = LLVM::InsertValueOp::create(b, loc, value, field,
                                        ArrayRef<int64_t>(index));
  return value;
}

std::string Emitter::text(StringRef text) {
  std::string &name = made[("t" + text).str()];
  if (!name.empty())
    return name;
  std::string symbol = unique("snow.text");
  std::string content = text.str() + '\0';
  auto type = LLVM::LLVMArrayType::get(i8, content.size());
  LLVM::GlobalOp::create(atEnd, atEnd.getUnknownLoc(), type, true,
                         LLVM::Linkage::Private, symbol,
                         atEnd.getStringAttr(content));
  return name = symbol;
}

std::string Emitter::bytes(ArrayRef<uint8_t> bytes) {
  StringRef content(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  return text(content);
}

std::string Emitter::string(StringRef text, bool isAtom) {
  std::string key = ((isAtom ? "a" : "s") + text).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  StringRef typeName = isAtom ? "plumb_type_atom" : "plumb_type_string";
  declareData(typeName);
  Type array = LLVM::LLVMArrayType::get(i8, text.size());
  Type type = LLVM::LLVMStructType::getLiteral(context, {header, i64, array});
  return made[key] = global("snow.string", type, [&](Builder &b, Location loc) {
           Value head = makeStruct(b, loc, header,
                                   {constant(b, loc, i32, PLUMB_IMMORTAL),
                                    constant(b, loc, i32, 0),
                                    addressOf(b, loc, typeName)});
           Value size = constant(b, loc, i64, text.size());
           Value content =
               LLVM::ConstantOp::create(b, loc, array, b.getStringAttr(text));
           return makeStruct(b, loc, type, {head, size, content});
         });
}

std::string Emitter::object(StringRef type, unsigned tag) {
  std::string key = ("o" + Twine(tag) + ":" + type).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  return made[key] =
             global("snow.object", header, [&](Builder &b, Location loc) {
               return makeStruct(b, loc, header,
                                 {constant(b, loc, i32, PLUMB_IMMORTAL),
                                  constant(b, loc, i32, tag),
                                  addressOf(b, loc, type)});
             });
}

static_assert(offsetof(plumb_fun, num_captures) == 24 &&
              offsetof(plumb_fun, kinds) == 32);

std::string Emitter::closure(func::FuncOp function, bool mayFail) {
  std::string key = ("c" + function.getSymName()).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  declareData("plumb_type_fun");
  std::string code = closureCode(function, {}, mayFail);
  Type type =
      LLVM::LLVMStructType::getLiteral(context, {header, ptr, i32, i32, ptr});
  return made[key] =
             global("snow.closure", type, [&](Builder &b, Location loc) {
               Value head = makeStruct(b, loc, header,
                                       {constant(b, loc, i32, PLUMB_IMMORTAL),
                                        constant(b, loc, i32, 0),
                                        addressOf(b, loc, "plumb_type_fun")});
               Value zero = constant(b, loc, i32, 0);
               return makeStruct(
                   b, loc, type,
                   {head, addressOf(b, loc, code), zero, zero, null(b, loc)});
             });
}

static_assert(sizeof(plumb_function) == 16 &&
              offsetof(plumb_function, file) == 8);

std::string Emitter::function(func::FuncOp op) {
  std::string key = ("f" + op.getSymName()).str();
  if (std::string known = made[key]; !known.empty())
    return known;
  auto named = op.getLoc()->findInstanceOf<NameLoc>();
  auto file = op.getLoc()->findInstanceOf<FileLineColLoc>();
  std::string name = text(named ? named.getName().getValue() : op.getSymName());
  std::string path = text(file ? file.getFilename().getValue() : "");
  Type type = LLVM::LLVMStructType::getLiteral(context, {ptr, ptr});
  return made[key] =
             global("snow.function", type, [&](Builder &b, Location loc) {
               return makeStruct(
                   b, loc, type,
                   {addressOf(b, loc, name), addressOf(b, loc, path)});
             });
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// An array of such values; null for none.
static std::string
arrayOf(Emitter &e, StringRef stem, Type element, size_t count,
        llvm::function_ref<Value(OpBuilder &, Location, size_t)> at) {
  Type type = LLVM::LLVMArrayType::get(element, count);
  return e.global(stem, type, [&](OpBuilder &b, Location loc) {
    Value value = LLVM::UndefOp::create(b, loc, type);
    for (size_t i = 0; i != count; ++i)
      value = LLVM::InsertValueOp::create(b, loc, value, at(b, loc, i),
                                          ArrayRef<int64_t>(i));
    return value;
  });
}

static_assert(sizeof(plumb_constructor) == 32 &&
              offsetof(plumb_constructor, num_fields) == 8 &&
              offsetof(plumb_constructor, kinds) == 16 &&
              offsetof(plumb_constructor, field_names) == 24);
static_assert(sizeof(plumb_type) == 80 && offsetof(plumb_type, shape) == 8 &&
              offsetof(plumb_type, flags) == 12 &&
              offsetof(plumb_type, num_constructors) == 16 &&
              offsetof(plumb_type, constructors) == 24 &&
              offsetof(plumb_type, equal) == 32 &&
              offsetof(plumb_type, compare) == 40 &&
              offsetof(plumb_type, hash) == 48 &&
              offsetof(plumb_type, text) == 56 &&
              offsetof(plumb_type, inspect) == 64 &&
              offsetof(plumb_type, free) == 72);

std::string Emitter::type(dialect::DataTypeOp op, Attribute hooks) {
  auto hookOf = [&](StringRef name) -> std::string {
    auto all = dyn_cast_or_null<DictionaryAttr>(hooks);
    auto symbol = all ? all.getAs<StringAttr>(name) : StringAttr();
    return symbol ? symbol.str() : "";
  };
  Type constructorType =
      LLVM::LLVMStructType::getLiteral(context, {ptr, i32, ptr, ptr});
  SmallVector<std::array<std::string, 3>> parts; // name, kinds, field names
  SmallVector<size_t> counts;
  for (Attribute constructor : op.getConstructors()) {
    auto array = cast<ArrayAttr>(constructor);
    SmallVector<uint8_t> kinds;
    for (int32_t kind : cast<DenseI32ArrayAttr>(array[1]).asArrayRef())
      kinds.push_back(kind);
    auto names = cast<ArrayAttr>(array[2]);
    SmallVector<std::string> fields;
    for (Attribute name : names)
      fields.push_back(text(cast<StringAttr>(name).getValue()));
    std::string nameArray;
    if (!fields.empty())
      nameArray = arrayOf(*this, "snow.fields", ptr, fields.size(),
                          [&](Builder &b, Location loc, size_t i) {
                            return addressOf(b, loc, fields[i]);
                          });
    parts.push_back(
        {text(cast<StringAttr>(array[0]).getValue()), bytes(kinds), nameArray});
    counts.push_back(kinds.size());
  }
  auto optional = [&](Builder &b, Location loc, StringRef symbol) {
    return symbol.empty() ? null(b, loc) : addressOf(b, loc, symbol);
  };
  std::string constructors = arrayOf(
      *this, "snow.constructors", constructorType, parts.size(),
      [&](Builder &b, Location loc, size_t i) {
        return makeStruct(
            b, loc, constructorType,
            {addressOf(b, loc, parts[i][0]), constant(b, loc, i32, counts[i]),
             addressOf(b, loc, parts[i][1]), optional(b, loc, parts[i][2])});
      });
  std::string name = text(op.getName());
  unsigned flags = (op.getHasDisplay() ? PLUMB_TYPE_DISPLAY : 0) |
                   (op.getIsStruct() ? PLUMB_TYPE_STRUCT : 0) |
                   (op.getIsTuple() ? PLUMB_TYPE_TUPLE : 0);
  Type type = LLVM::LLVMStructType::getLiteral(
      context, {ptr, i32, i32, i32, ptr, ptr, ptr, ptr, ptr, ptr, ptr});
  return global("snow.type", type, [&](Builder &b, Location loc) {
    return makeStruct(
        b, loc, type,
        {addressOf(b, loc, name), constant(b, loc, i32, PLUMB_SHAPE_DATA),
         constant(b, loc, i32, flags), constant(b, loc, i32, parts.size()),
         addressOf(b, loc, constructors), optional(b, loc, hookOf("equal")),
         optional(b, loc, hookOf("compare")), optional(b, loc, hookOf("hash")),
         optional(b, loc, hookOf("text")), optional(b, loc, hookOf("inspect")),
         null(b, loc)});
  });
}
