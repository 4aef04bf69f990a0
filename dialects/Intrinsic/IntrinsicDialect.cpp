//===- IntrinsicDialect.cpp - The intr dialect and its operations ---------===//

#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/OpImplementation.h"
#include "plumb/Intrinsic/AbortOp.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plumb::intr;

extern "C" const plumb_intr_family plumb_family_intr;

/// `: type`, left out for text: constants of programs mostly are.
static ParseResult parseTextType(OpAsmParser &parser, Type &type) {
  if (failed(parser.parseOptionalColon())) {
    type = StrType::get(parser.getContext());
    return success();
  }
  return parser.parseType(type);
}

static void printTextType(OpAsmPrinter &printer, Operation *, Type type) {
  if (!isa<StrType>(type))
    printer << ": " << type;
}

/// "(i64, i1)" of a closure's type.
static ParseResult parseFnInputs(AsmParser &parser, SmallVector<Type> &inputs) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, [&] {
    return parser.parseType(inputs.emplace_back());
  });
}

static void printFnInputs(AsmPrinter &printer, ArrayRef<Type> inputs) {
  printer << "(" << inputs << ")";
}

/// `[%i] "clock.week"["days[2]"]`, each of which may be left out.
static ParseResult
parsePlace(OpAsmParser &parser,
           std::optional<OpAsmParser::UnresolvedOperand> &index,
           StringAttr &structure, StringAttr &path) {
  if (succeeded(parser.parseOptionalLSquare())) {
    index.emplace();
    if (parser.parseOperand(*index) || parser.parseRSquare())
      return failure();
  }
  // As attributes they would take the types after them for theirs.
  std::string text;
  if (failed(parser.parseOptionalString(&text)))
    return success();
  structure = parser.getBuilder().getStringAttr(text);
  if (failed(parser.parseOptionalLSquare()))
    return success();
  if (parser.parseString(&text) || parser.parseRSquare())
    return failure();
  path = parser.getBuilder().getStringAttr(text);
  return success();
}

static void printPlace(OpAsmPrinter &printer, Operation *, Value index,
                       StringAttr structure, StringAttr path) {
  if (index)
    printer << '[' << index << ']';
  if (structure)
    printer << ' ' << structure;
  if (path)
    printer << '[' << path << ']';
}

#include "dialects/Intrinsic/IntrDialect.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/Intrinsic/IntrTypes.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/Intrinsic/IntrOps.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/Intrinsic/IntrRows.cpp.inc"

void IntrDialect::initialize() {
  families.addBuiltin(plumb_family_intr);
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Intrinsic/IntrTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Intrinsic/IntrOps.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Intrinsic/IntrRows.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Objects and closures
//===----------------------------------------------------------------------===//

bool plumb::intr::isErasable(Type type) {
  return type.isSignlessInteger(64) || type.isSignlessInteger(1) ||
         isa<Float64Type, UnitType, ObjectType, FnType, VariableType>(type);
}

static LogicalResult
verifyArgument(function_ref<InFlightDiagnostic()> emitError, Type type,
               const char *what) {
  if (isErasable(type))
    return success();
  return emitError() << what << " is " << type
                     << "; it must be i64, f64, i1, !intr.unit, an object or a "
                        "closure";
}

LogicalResult ObjectType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 StringRef name, ArrayRef<Type> arguments) {
  if (name.empty())
    return emitError() << "an object has a name, such as \"List\"";
  for (Type type : arguments)
    if (failed(
            verifyArgument(emitError, type, "the type argument of an object")))
      return failure();
  return success();
}

LogicalResult FnType::verify(function_ref<InFlightDiagnostic()> emitError,
                             ArrayRef<Type> inputs, Type result) {
  for (Type type : inputs)
    if (failed(verifyArgument(emitError, type, "the parameter of a closure")))
      return failure();
  return verifyArgument(emitError, result, "the result of a closure");
}

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

Type PointerType::parse(AsmParser &parser) {
  std::string pointee;
  if (succeeded(parser.parseOptionalLess()) &&
      (parser.parseString(&pointee) || parser.parseGreater()))
    return {};
  return PointerType::get(parser.getContext(), pointee);
}

void PointerType::print(AsmPrinter &printer) const {
  if (getPointee().empty())
    return;
  printer << '<';
  printer.printString(getPointee());
  printer << '>';
}

//===----------------------------------------------------------------------===//
// Structs in memory
//===----------------------------------------------------------------------===//

static const plumb_intr_struct *layoutOf(StructType type) {
  return getRegistry(type.getContext()).lookupStruct(type.getName());
}

llvm::TypeSize StructType::getTypeSizeInBits(const DataLayout &,
                                             DataLayoutEntryListRef) const {
  const plumb_intr_struct *layout = layoutOf(*this);
  return llvm::TypeSize::getFixed(layout ? layout->size * uint64_t(8) : 64);
}

uint64_t StructType::getABIAlignment(const DataLayout &,
                                     DataLayoutEntryListRef) const {
  const plumb_intr_struct *layout = layoutOf(*this);
  return layout ? layout->align : 8;
}

//===----------------------------------------------------------------------===//
// The families of a context
//===----------------------------------------------------------------------===//

const Registry &plumb::intr::getRegistry(MLIRContext *context) {
  static const Registry none;
  auto *dialect = context->getLoadedDialect<IntrDialect>();
  return dialect ? dialect->getRegistry() : none;
}

namespace {
class AddFamily : public DialectExtensionBase {
public:
  explicit AddFamily(FamilyRef family)
      : DialectExtensionBase(IntrDialect::getDialectNamespace()),
        family(std::move(family)) {}

  void apply(MLIRContext *, MutableArrayRef<Dialect *> dialects) const final {
    if (llvm::Error error =
            cast<IntrDialect>(dialects.front())->getRegistry().add(family))
      llvm::reportFatalUsageError(std::move(error));
  }
  std::unique_ptr<DialectExtensionBase> clone() const final {
    return std::make_unique<AddFamily>(*this);
  }

private:
  FamilyRef family;
};
} // namespace

void plumb::intr::addFamily(DialectRegistry &registry, FamilyRef family) {
  // The address of the family itself may name another extension.
  auto id =
      TypeID::getFromOpaquePointer(static_cast<const void *>(&family->name));
  registry.addExtension(id, std::make_unique<AddFamily>(std::move(family)));
}
