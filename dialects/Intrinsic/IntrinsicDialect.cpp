//===- IntrinsicDialect.cpp - The intr dialect and its operations ---------===//

#include "dialects/Intrinsic/IntrinsicDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/ConvertUTF.h"

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

#include "dialects/Intrinsic/IntrDialect.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/Intrinsic/IntrTypes.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/Intrinsic/IntrOps.cpp.inc"

void IntrDialect::initialize() {
  Registry::get().addBuiltin(plumb_family_intr);
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Intrinsic/IntrTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Intrinsic/IntrOps.cpp.inc"
      >();
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
  return Registry::get().lookup(getCallee());
}
