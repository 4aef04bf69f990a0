/* Plumb's dialects by MLIR's own C API: parses a program, and prints it with
 * its intrinsics lowered. */

#include <mlir-c/Dialect/Func.h>
#include <mlir-c/IR.h>
#include <mlir-c/Pass.h>
#include <plumb-c/Dialects.h>
#include <stdio.h>
#include <string.h>

static const char program[] =
    "func.func private @\"Str.length\"(!intr.str) -> i64\n"
    "func.func @join(%conn: !ws.conn) -> i64 {\n"
    "  %room = intr.constant \"lobby\"\n"
    "  %0 = ws.join %conn, %room\n"
    "  %1 = func.call @\"Str.length\"(%room) : (!intr.str) -> i64\n"
    "  func.return %1 : i64\n"
    "}\n";

static void print(MlirStringRef text, void *stream) {
  fwrite(text.data, 1, text.length, stream);
}

int main(void) {
  MlirContext context = mlirContextCreate();
  /* One by a registry, one loaded, with the family that it is of. */
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  mlirDialectHandleInsertDialect(mlirGetDialectHandle__func__(), registry);
  mlirDialectHandleInsertDialect(mlirGetDialectHandle__str__(), registry);
  mlirDialectHandleInsertDialect(mlirGetDialectHandle__intr__(), registry);
  mlirContextAppendDialectRegistry(context, registry);
  mlirDialectRegistryDestroy(registry);
  mlirContextLoadAllAvailableDialects(context);
  MlirDialect ws =
      mlirDialectHandleLoadDialect(mlirGetDialectHandle__ws__(), context);
  if (!mlirStringRefEqual(mlirDialectGetNamespace(ws),
                          mlirStringRefCreateFromCString("ws")) ||
      !mlirStringRefEqual(
          mlirDialectHandleGetNamespace(mlirGetDialectHandle__ws__()),
          mlirDialectGetNamespace(ws)))
    return 2;

  MlirModule module =
      mlirModuleCreateParse(context, mlirStringRefCreateFromCString(program));
  if (mlirModuleIsNull(module) ||
      !mlirOperationVerify(mlirModuleGetOperation(module)))
    return 3;
  mlirRegisterPlumbPasses();
  MlirPassManager passes = mlirPassManagerCreate(context);
  if (mlirLogicalResultIsFailure(mlirParsePassPipeline(
          mlirPassManagerGetAsOpPassManager(passes),
          mlirStringRefCreateFromCString("builtin.module(resolve-builtins,"
                                         "convert-intrinsics-to-llvm)"),
          print, stderr)) ||
      mlirLogicalResultIsFailure(
          mlirPassManagerRunOnOp(passes, mlirModuleGetOperation(module))))
    return 4;
  mlirOperationPrint(mlirModuleGetOperation(module), print, stdout);
  mlirPassManagerDestroy(passes);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
