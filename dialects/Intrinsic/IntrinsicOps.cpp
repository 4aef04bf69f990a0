//===- IntrinsicOps.cpp - Operations of the intr dialect ------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
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

LogicalResult MakeOp::verify() {
  const plumb_intr_struct *s = getStruct(*this, getName());
  if (!s)
    return failure();
  if (!isStructType(getType(), getName()))
    return emitOpError("makes a '") << getName() << "', not a " << getType();
  if (getFields().size() != s->num_fields)
    return emitOpError("struct '") << getName() << "' has " << s->num_fields
                                   << " fields, but got " << getFields().size();
  for (auto [field, value] :
       llvm::zip(ArrayRef(s->fields, s->num_fields), getFields()))
    if (value.getType() != plumb::intr::getType(getContext(), *field.type))
      return emitOpError("field '")
             << field.name << "' of '" << getName() << "' has type '"
             << field.type->mlir << "', but the operand has type "
             << value.getType();
  return success();
}

LogicalResult FieldOp::verify() {
  StringRef name = cast<StructType>(getValue().getType()).getName();
  const plumb_intr_struct *s = getStruct(*this, name);
  if (!s)
    return failure();
  ArrayRef fields(s->fields, s->num_fields);
  const auto *field = llvm::find_if(
      fields, [&](const plumb_intr_field &f) { return getField() == f.name; });
  if (field == fields.end())
    return emitOpError("struct '")
           << name << "' has no field '" << getField() << "'; it has "
           << llvm::join(llvm::map_range(fields,
                                         [](const plumb_intr_field &f) {
                                           return StringRef(f.name);
                                         }),
                         ", ");
  if (getType() != plumb::intr::getType(getContext(), *field->type))
    return emitOpError("field '")
           << field->name << "' of '" << name << "' has type '"
           << field->type->mlir << "', but the result has type " << getType();
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
