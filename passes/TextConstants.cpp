//===- TextConstants.cpp - Texts and files in a module --------------------===//

#include "passes/TextConstants.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace plumb;

Value TextConstants::get(StringAttr text, Location loc, OpBuilder &builder) {
  LLVM::GlobalOp &global = texts[text];
  if (!global) {
    MLIRContext *context = module.getContext();
    Type i64 = IntegerType::get(context, 64);
    Type bytes = LLVM::LLVMArrayType::get(IntegerType::get(context, 8),
                                          text.getValue().size());
    Type type = LLVM::LLVMStructType::getLiteral(context, {i64, bytes});
    OpBuilder start = OpBuilder::atBlockBegin(module.getBody());
    global = LLVM::GlobalOp::create(start, module.getLoc(), type,
                                    /*isConstant=*/true, LLVM::Linkage::Private,
                                    "plumb.text", Attribute(), /*alignment=*/8);
    global.setUnnamedAddr(LLVM::UnnamedAddr::Global);
    global.setDsoLocal(true);
    symbols.insert(global); // makes the name unique
    contents[global.getSymNameAttr()] = text;
    Location globalLoc = module.getLoc();
    start.createBlock(&global.getInitializerRegion());
    Value value = LLVM::UndefOp::create(start, globalLoc, type);
    Value size = LLVM::ConstantOp::create(
        start, globalLoc, i64, start.getI64IntegerAttr(text.getValue().size()));
    value = LLVM::InsertValueOp::create(start, globalLoc, value, size,
                                        ArrayRef<int64_t>(0));
    if (!text.getValue().empty()) {
      Value data = LLVM::ConstantOp::create(
          start, globalLoc, bytes, start.getStringAttr(text.getValue()));
      value = LLVM::InsertValueOp::create(start, globalLoc, value, data,
                                          ArrayRef<int64_t>(1));
    }
    LLVM::ReturnOp::create(start, globalLoc, value);
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

Value TextConstants::null(Location loc, OpBuilder &builder) {
  if (!nullText) {
    Type type = IntegerType::get(module.getContext(), 64);
    OpBuilder start = OpBuilder::atBlockBegin(module.getBody());
    // Its address tells it from other empty texts, in all objects of a program.
    nullText = LLVM::GlobalOp::create(
        start, module.getLoc(), type, /*isConstant=*/true,
        LLVM::Linkage::LinkonceODR, "plumb.null_text",
        start.getI64IntegerAttr(0), /*alignment=*/8);
    symbols.insert(nullText);
  }
  return LLVM::AddressOfOp::create(builder, loc, nullText);
}

Value TextConstants::getCString(Value text, Location loc, OpBuilder &builder) {
  auto address = text.getDefiningOp<LLVM::AddressOfOp>();
  if (!address)
    return {};
  if (nullText && address.getGlobalName() == nullText.getSymName())
    return LLVM::ZeroOp::create(builder, loc, text.getType());
  StringAttr content = contents.lookup(address.getGlobalNameAttr().getAttr());
  if (!content || content.getValue().contains('\0'))
    return {};
  LLVM::GlobalOp &global = cStrings[content];
  if (!global) {
    std::string data = content.str() + '\0';
    OpBuilder start = OpBuilder::atBlockBegin(module.getBody());
    global = LLVM::GlobalOp::create(
        start, module.getLoc(),
        LLVM::LLVMArrayType::get(start.getI8Type(), data.size()),
        /*isConstant=*/true, LLVM::Linkage::Private, "plumb.c_string",
        start.getStringAttr(data), /*alignment=*/1);
    global.setUnnamedAddr(LLVM::UnnamedAddr::Global);
    global.setDsoLocal(true);
    symbols.insert(global);
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

/// The folder of the source file that the location names.
static std::string sourceFolder(Location loc) {
  std::string folder;
  loc->walk([&](Location l) {
    if (auto file = dyn_cast<FileLineColLoc>(l)) {
      folder = llvm::sys::path::parent_path(file.getFilename().getValue());
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return folder;
}

FailureOr<Value> TextConstants::embed(intr::EmbedOp op, OpBuilder &builder) {
  SmallString<128> beside(sourceFolder(op.getLoc()));
  llvm::sys::path::append(beside, op.getFile());
  if (llvm::sys::path::is_absolute(op.getFile()))
    beside = op.getFile();
  auto buffer = llvm::MemoryBuffer::getFile(beside, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer && beside != op.getFile())
    buffer = llvm::MemoryBuffer::getFile(op.getFile(), false, false);
  if (!buffer)
    return op.emitError("cannot read '")
           << op.getFile() << "': " << buffer.getError().message()
           << "; looked for '" << beside.str()
           << "' and, in the working directory, '" << op.getFile() << "'";
  StringRef content = (*buffer)->getBuffer();
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(content.begin());
  if (isa<intr::StrType>(op.getType()) &&
      !llvm::isLegalUTF8String(
          &begin, reinterpret_cast<const llvm::UTF8 *>(content.end())))
    return op.emitError("'")
           << op.getFile() << "' is not UTF-8; embed it as !intr.bytes";
  return get(builder.getStringAttr(content), op.getLoc(), builder);
}
