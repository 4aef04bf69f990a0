//===- Environments.cpp - What callbacks are called with ------------------===//

#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

//===----------------------------------------------------------------------===//
// Which operand is whose
//===----------------------------------------------------------------------===//

static ArrayRef<Attribute> namesOf(Operation *op) {
  auto names = op->getAttrOfType<ArrayAttr>(environmentNames);
  return names ? names.getValue() : ArrayRef<Attribute>();
}

unsigned plumb::intr::numEnvironments(Operation *op,
                                      const plumb_intr_row &row) {
  // Most operations have none, and need not be asked.
  if (!model::takesCallback(row))
    return 0;
  return std::min<size_t>(namesOf(op).size(), op->getNumOperands());
}

std::optional<unsigned>
plumb::intr::environmentOperand(Operation *op, const plumb_intr_param &param) {
  ArrayRef<Attribute> names = namesOf(op);
  if (names.size() > op->getNumOperands())
    return std::nullopt;
  for (auto [index, name] : llvm::enumerate(names))
    if (auto text = dyn_cast<StringAttr>(name);
        text && text.getValue() == param.name)
      return op->getNumOperands() - names.size() + index;
  return std::nullopt;
}

bool plumb::intr::takesEnvironments(RegisteredOperationName name) {
  return llvm::any_of(name.getAttributeNames(), [](StringAttr attr) {
    return attr.getValue() == environmentNames;
  });
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static const plumb_intr_param *findCallback(const plumb_intr_row &row,
                                            StringRef name) {
  for (const plumb_intr_param &p : model::params(row))
    if (p.callback && name == p.name)
      return &p;
  return nullptr;
}

std::string plumb::intr::whyNoEnvironment(const plumb_intr_row &row,
                                          const plumb_intr_param &param) {
  if (param.passing == PLUMB_INTR_PASS_CALLBACK)
    return "";
  if (getsEnvironment(row, param))
    return std::string("it is called with what is passed as '") +
           environmentOf(row)->name + "'";
  return "its C function takes none";
}

LogicalResult plumb::intr::verifyEnvironments(Operation *op,
                                              const plumb_intr_row &row) {
  Attribute given = op->getAttr(environmentNames);
  if (!given)
    return success();
  ArrayRef<Attribute> names = namesOf(op);
  if (!isa<ArrayAttr>(given) || !llvm::all_of(names, llvm::IsaPred<StringAttr>))
    return op->emitOpError("'")
           << environmentNames << "' is an array of strings, not " << given;
  if (names.size() > op->getNumOperands())
    return op->emitOpError("names ")
           << names.size() << " environments, but has only "
           << op->getNumOperands() << " operands";
  ValueRange values = op->getOperands().take_back(names.size());
  bool failedAny = false;
  for (auto [index, attr] : llvm::enumerate(names)) {
    StringRef name = cast<StringAttr>(attr).getValue();
    auto error = [&] {
      failedAny = true;
      return op->emitOpError("environment '") << name << "': ";
    };
    const plumb_intr_param *param = findCallback(row, name);
    if (!param)
      error() << "'" << row.name << "' has no such callback";
    else if (std::string why = whyNoEnvironment(row, *param); !why.empty())
      error() << "the callback has none of its own; " << why;
    else if (!op->hasAttr(name))
      error() << "the callback itself is not given";
    if (llvm::is_contained(names.take_front(index), attr))
      error() << "the callback has one already";
    if (Type type = values[index].getType(); !isa<SlotType>(type))
      error() << "it is an !intr.slot, but the operand has type " << type
              << "; intr.pack makes a slot of it";
  }
  return failure(failedAny);
}

//===----------------------------------------------------------------------===//
// Assembly
//===----------------------------------------------------------------------===//

ParseResult plumb::intr::detail::parseEnvironments(
    OpAsmParser &parser,
    SmallVectorImpl<OpAsmParser::UnresolvedOperand> &values, ArrayAttr &names) {
  if (failed(parser.parseOptionalKeyword("env")))
    return success();
  SmallVector<Attribute> parsed;
  auto parseOne = [&]() -> ParseResult {
    std::string name;
    if (parser.parseKeywordOrString(&name) || parser.parseEqual() ||
        parser.parseOperand(values.emplace_back()))
      return failure();
    parsed.push_back(parser.getBuilder().getStringAttr(name));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseOne,
                                     " of environments"))
    return failure();
  names = parser.getBuilder().getArrayAttr(parsed);
  return success();
}

void plumb::intr::detail::printEnvironments(OpAsmPrinter &printer, Operation *,
                                            OperandRange values,
                                            ArrayAttr names) {
  if (!names)
    return;
  printer << " env(";
  llvm::interleaveComma(llvm::zip(names, values), printer, [&](auto pair) {
    printer.printKeywordOrString(
        cast<StringAttr>(std::get<0>(pair)).getValue());
    printer << " = " << std::get<1>(pair);
  });
  printer << ")";
}

//===----------------------------------------------------------------------===//
// The carrier
//===----------------------------------------------------------------------===//

ParseResult CallOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr callee;
  SmallVector<OpAsmParser::UnresolvedOperand> arguments, environments;
  ArrayAttr names;
  FunctionType type;
  if (parser.parseAttribute(callee, parser.getBuilder().getType<NoneType>()) ||
      parser.parseOperandList(arguments, AsmParser::Delimiter::Paren) ||
      intr::detail::parseEnvironments(parser, environments, names) ||
      parser.parseOptionalAttrDict(result.attributes) || parser.parseColon())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseType(type) ||
      parser.resolveOperands(arguments, type.getInputs(), loc,
                             result.operands) ||
      parser.resolveOperands(environments, SlotType::get(parser.getContext()),
                             result.operands))
    return failure();
  auto &properties = result.getOrAddProperties<Properties>();
  properties.callee = callee;
  properties.environment_names = names;
  result.addTypes(type.getResults());
  return success();
}

void CallOp::print(OpAsmPrinter &printer) {
  ArrayAttr names = getEnvironmentNamesAttr();
  OperandRange all = getOperands();
  // Unverified operations are printed too.
  size_t count = names ? std::min<size_t>(names.size(), all.size()) : 0;
  OperandRange arguments = all.drop_back(count);
  printer << " ";
  printer.printAttributeWithoutType(getCalleeAttr());
  printer << "(" << arguments << ")";
  intr::detail::printEnvironments(printer, *this, all.take_back(count), names);
  printer.printOptionalAttrDict((*this)->getAttrs(),
                                {"callee", environmentNames});
  printer << " : ";
  printer.printFunctionalType(arguments.getTypes(), getResultTypes());
}

//===----------------------------------------------------------------------===//
// Functions with an environment
//===----------------------------------------------------------------------===//

LogicalResult BindOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FlatSymbolRefAttr symbol = getFunctionAttr();
  auto function = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, symbol.getAttr());
  if (!function)
    return emitOpError("this module has no function ") << symbol;
  FunctionType own = cast<FunctionType>(getType());
  SmallVector<Type> params(own.getInputs());
  params.push_back(SlotType::get(getContext()));
  auto expected = FunctionType::get(getContext(), params, own.getResults());
  if (function.getFunctionType() == expected)
    return success();
  InFlightDiagnostic diag = emitOpError("function ");
  diag << symbol << " has type " << function.getFunctionType()
       << ", but one whose type is " << own << " with an environment has type "
       << expected;
  diag.attachNote(function.getLoc()) << "the function is here";
  return diag;
}
