//===- HelpOptions.cpp - --help-options -----------------------------------===//

#include "command-line/HelpOptions.h"
#include "command-line/Tool.h"
#include "dialects/Intrinsic/Options.h"

using namespace llvm;
using namespace plumb;

HelpOptions::HelpOptions(cl::OptionCategory &category)
    : isAsked("help-options",
              cl::desc("List the options of the families' runtimes, which "
                       "programs and environment variables set"),
              cl::cat(category)) {}

static void printAll(const intr::Registry &registry) {
  outs()
      << "Options of the runtimes: a program gives them to an intrinsic that "
         "takes\noptions, and the environment variables win over it.\n";
  for (const plumb_intr_family *family : registry.families())
    if (family->num_options) {
      outs() << "\n";
      intr::printOptions(*family, outs());
    }
}

void HelpOptions::endOrRequire(FamilyOptions &families,
                               const cl::opt<std::string> &input) const {
  families.loadEnvironment();
  if (isAsked) {
    printAll(families.get().getRegistry());
    std::exit(EXIT_SUCCESS);
  }
  if (input.getNumOccurrences())
    return;
  toolError("Must specify at least 1 positional argument: See: " +
            getToolName() + " --help");
  std::exit(EXIT_FAILURE);
}
