//===- IntrinsicOps.cpp - Operations of the intr dialect ------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace mlir;
using namespace plumb::intr;

/// Of an operation of the intr dialect.
static const Registry &families(Operation *op) {
  return cast<IntrDialect>(op->getDialect())->getRegistry();
}

LogicalResult ConstantOp::verify() {
  StringRef text = getValue();
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  if (isa<StrType>(getType()) &&
      !llvm::isLegalUTF8String(
          &begin, reinterpret_cast<const llvm::UTF8 *>(text.end())))
    return emitOpError("text is not UTF-8 from byte ")
           << begin - reinterpret_cast<const llvm::UTF8 *>(text.begin())
           << " on; binary data has type !intr.bytes";
  return success();
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }

LogicalResult EmbedOp::verify() {
  if (getFile().empty())
    return emitOpError("names no file");
  return success();
}

const plumb_intr_row *CallOp::getIntrinsic() {
  return families(*this).lookup(getCallee());
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

static LogicalResult verifySlotValue(Operation *op, Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    if (integer.getWidth() > 64 || !integer.isSignless())
      return op->emitOpError("a slot has 64 bits; it cannot hold ") << type;
  return success();
}

LogicalResult PackOp::verify() {
  return verifySlotValue(*this, getValue().getType());
}

LogicalResult UnpackOp::verify() { return verifySlotValue(*this, getType()); }

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

/// Null, after an error, when no loaded family has the struct.
static const plumb_intr_struct *getStruct(Operation *op, StringRef name) {
  const plumb_intr_struct *found = families(op).lookupStruct(name);
  if (!found)
    op->emitOpError("no loaded family has a struct '") << name << "'";
  return found;
}

ParseResult MakeOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr name;
  SmallVector<OpAsmParser::UnresolvedOperand> fields;
  SmallVector<Type> types;
  SMLoc loc;
  if (parser.parseAttribute(name, getNameAttrName(result.name),
                            result.attributes) ||
      parser.getCurrentLocation(&loc) ||
      parser.parseOperandList(fields, AsmParser::Delimiter::Paren) ||
      parser.parseOptionalAttrDict(result.attributes) || parser.parseColon() ||
      parser.parseCommaSeparatedList(
          AsmParser::Delimiter::Paren,
          [&] { return parser.parseType(types.emplace_back()); }) ||
      parser.resolveOperands(fields, types, loc, result.operands))
    return failure();
  result.addTypes(StructType::get(parser.getContext(), name.getValue()));
  return success();
}

void MakeOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getNameAttr() << '(' << getFields() << ')';
  printer.printOptionalAttrDict((*this)->getAttrs(), {getNameAttrName()});
  printer << " : (" << getFields().getTypes() << ')';
}

/// The fields that the operation is made of: all, of a union the named one.
static FailureOr<ArrayRef<plumb_intr_field>>
fieldsOf(MakeOp op, const plumb_intr_struct &s) {
  ArrayRef fields(s.fields, s.num_fields);
  std::optional<StringRef> member = op.getMember();
  if (!s.is_union) {
    if (member)
      return op.emitOpError("struct '")
             << s.name << "' is made of all its fields, not of a 'member'";
    return fields;
  }
  if (!member)
    return op.emitOpError("union '")
           << s.name << "' is made of one field; say which, as in {member = \""
           << fields.front().name << "\"}";
  for (const plumb_intr_field &f : fields)
    if (*member == f.name)
      return ArrayRef(f);
  std::string why;
  plumb::model::findField(s, *member, why);
  return op.emitOpError(why);
}

LogicalResult MakeOp::verify() {
  const plumb_intr_struct *s = getStruct(*this, getName());
  if (!s)
    return failure();
  if (!isStructType(getType(), getName()))
    return emitOpError("makes a '") << getName() << "', not a " << getType();
  if (plumb::model::isInMemoryOnly(*s))
    return emitOpError("struct '")
           << getName()
           << "' has bit-fields or a flexible array member, and is only in "
              "memory; use intr.allocate and intr.store";
  FailureOr<ArrayRef<plumb_intr_field>> fields = fieldsOf(*this, *s);
  if (failed(fields))
    return failure();
  uint64_t expected = 0;
  for (const plumb_intr_field &field : *fields)
    expected += field.count;
  if (getFields().size() != expected)
    return emitOpError("struct '")
           << getName() << "' has " << expected
           << (expected == fields->size() ? " fields" : " fields and elements")
           << ", but got " << getFields().size();
  size_t index = 0;
  for (const plumb_intr_field &field : *fields)
    for (uint32_t i = 0; i < field.count; ++i) {
      Type type = getFields()[index++].getType();
      if (!takes(plumb::intr::getType(getContext(), *field.type), type))
        return emitOpError("field '")
               << field.name << "' of '" << getName() << "' has type '"
               << field.type->mlir << "', but the operand has type " << type;
    }
  return success();
}

LogicalResult FieldOp::verify() {
  StringRef name = cast<StructType>(getValue().getType()).getName();
  const plumb_intr_struct *s = getStruct(*this, name);
  if (!s)
    return failure();
  std::string why;
  auto place = plumb::model::findField(*s, getField(), why);
  if (!place)
    return emitOpError(why);
  if (place->isWholeArray)
    return emitOpError("field '")
           << place->field->name << "' of '" << name
           << "' is an array; say which element, such as " << place->field->name
           << "[0]";
  if (getType() != plumb::intr::getType(getContext(), *place->field->type))
    return emitOpError("field '") << getField() << "' of '" << name
                                  << "' has type '" << place->field->type->mlir
                                  << "', but the result has type " << getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

LogicalResult NamedOp::verify() {
  const Registry &registry = families(*this);
  const plumb_intr_constant *constant = registry.lookupConstant(getName());
  if (!constant) {
    SmallVector<StringRef> names;
    for (const plumb_intr_family *family : registry.families())
      for (const plumb_intr_constant &c :
           ArrayRef(family->constants, family->num_constants))
        names.push_back(c.name);
    return emitOpError("no loaded family has a constant '")
           << getName() << "'" << didYouMean(nearest(names, getName()));
  }
  if (getType() != plumb::intr::getType(getContext(), *constant->type))
    return emitOpError("'")
           << constant->name << "' has type '" << constant->type->mlir
           << "', but the result has type " << getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Enums
//===----------------------------------------------------------------------===//

static const plumb_intr_case *findCase(const plumb_intr_enum &e,
                                       StringRef name) {
  for (const plumb_intr_case &c : ArrayRef(e.cases, e.num_cases))
    if (name == c.name)
      return &c;
  return nullptr;
}

LogicalResult EnumOp::verify() {
  const plumb_intr_enum *e = families(*this).lookupEnum(getEnumeration());
  if (!e)
    return emitOpError("no loaded family has an enum '")
           << getEnumeration() << "'";
  if (getType() != plumb::intr::getType(getContext(), *e->type))
    return emitOpError("'") << e->name << "' has type '" << e->type->mlir
                            << "', but the result has type " << getType();
  for (StringRef name : llvm::split(getCases(), '|'))
    if (!findCase(*e, name))
      return emitOpError("'") << e->name << "' has no case '" << name
                              << "'; it has " << describeCases(*e);
  if (!e->is_flags && getCases().contains('|'))
    return emitOpError("'")
           << e->name << "' is an enum, not flags: it has one value";
  return success();
}

int64_t EnumOp::getNumber() {
  const plumb_intr_enum *e = families(*this).lookupEnum(getEnumeration());
  int64_t number = 0;
  for (StringRef name : llvm::split(getCases(), '|'))
    number |= findCase(*e, name)->value;
  return number;
}
