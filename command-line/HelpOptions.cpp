//===- HelpOptions.cpp - --help-options -----------------------------------===//

#include "command-line/HelpOptions.h"
#include "command-line/Tool.h"
#include "dialects/Intrinsic/Options.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/Registry.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

HelpOptions::HelpOptions(cl::OptionCategory &category)
    : isAsked("help-options",
              cl::desc("List the options of the families' runtimes, which "
                       "programs and environment variables set"),
              cl::cat(category)) {}

static void printAll() {
  mlir::DialectRegistry registry;
  registerFamilies(registry);
  outs()
      << "Options of the runtimes: a program gives them to an intrinsic that "
         "takes\noptions, and the environment variables win over it.\n";
  for (const plumb_intr_family *family : intr::Registry::get().families())
    if (family->num_options) {
      outs() << "\n";
      intr::printOptions(*family, outs());
    }
}

void HelpOptions::endOrRequire(const FamilyOptions &families,
                               const cl::opt<std::string> &input) const {
  families.loadEnvironment();
  if (isAsked) {
    printAll();
    std::exit(EXIT_SUCCESS);
  }
  if (input.getNumOccurrences())
    return;
  toolError("Must specify at least 1 positional argument: See: " +
            getToolName() + " --help");
  std::exit(EXIT_FAILURE);
}
