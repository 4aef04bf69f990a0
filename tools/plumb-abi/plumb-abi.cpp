//===- plumb-abi.cpp - Families beside existing runtimes ------------------===//

#include "Commands.h"
#include "Guard.h"
#include "command-line/Tool.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

int main(int argc, char **argv) {
  bool isParsed = parseSubCommands(
      argc, argv, "plumb-abi",
      "Holds families of intrinsics beside runtimes that Plumb did not "
      "build\n\n"
      "  Exit codes: 0 all is well, 1 there are mismatches, 2 the command or a "
      "file\n  cannot be used.\n");
  if (!isParsed)
    return 2;
  return runGuarded([] {
    if (checkCommand())
      return runCheck();
    if (importCommand())
      return runImport();
    if (diffCommand())
      return runDiff();
    cl::PrintHelpMessage();
    return 2;
  });
}
