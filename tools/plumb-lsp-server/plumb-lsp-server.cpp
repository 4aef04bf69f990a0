//===- plumb-lsp-server.cpp - The language server -------------------------===//

#include "command-line/FamilyOptions.h"
#include "command-line/Tool.h"
#include "tools/plumb-lsp-server/Input.h"
#include "tools/plumb-lsp-server/Server.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

static cl::OptionCategory category("plumb-lsp-server options");
static FamilyOptions families(category);

static cl::list<std::string>
    sourceRoots("source-root",
                cl::desc("Folder in which the record files of intrinsics are "
                         "looked for, before the folders of the workspace; "
                         "may be repeated"),
                cl::value_desc("folder"), cl::cat(category));

static cl::opt<bool> verbose("log", cl::desc("Log every message on stderr"),
                             cl::cat(category));

int main(int argc, char **argv) {
  parseCommandLine(
      argc, argv, "plumb-lsp-server", category,
      "Plumb's language server: serves an editor over stdin and stdout\n\n"
      "  Diagnostics, hover, completion, definitions, references and symbols "
      "of MLIR\n  files that call intrinsics. Editors start it: see "
      "docs/editor.md.\n");
  families.loadEnvironment();
  lsp::Logger::setLogLevel(verbose ? lsp::Logger::Level::Debug
                                   : lsp::Logger::Level::Error);
  lspserver::Records records(
      sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(&main)));
  for (const std::string &root : sourceRoots) {
    if (!sys::fs::is_directory(root)) {
      toolError("--source-root=" + root + " is not a folder");
      return 1;
    }
    records.addRoot(root);
  }

  lspserver::Known known(families.get());
  (void)sys::ChangeStdinToBinary();
  (void)sys::ChangeStdoutToBinary();
  CrashRecoveryContext::Enable();

  lsp::JSONTransport transport(std::make_unique<lspserver::Input>(stdin),
                               outs());
  bool well = lspserver::Server(transport, known, std::move(records)).run();
  outs().flush();
  if (outs().has_error()) {
    toolError("cannot write to the client: " + outs().error().message());
    outs().clear_error();
    return 1;
  }
  return well ? 0 : 1;
}
