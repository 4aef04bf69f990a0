//===- plumb-tblgen.cpp - Everything that follows from a family file ------===//

#include "Emitters.h"
#include "LedgerCheck.h"
#include "ReadFamily.h"
#include "RuntimeCheck.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/TableGen/Main.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

namespace {
struct Action {
  StringLiteral flag, help;
  void (*emit)(const Family &, raw_ostream &);
};
} // namespace

static const Action actions[] = {
    {"gen-descriptor", "family descriptor, C++ data for the registry",
     emitDescriptor},
    {"gen-dialect-header", "C++ header of the family's dialect",
     emitDialectHeader},
    {"gen-dialect-source", "C++ source of the family's dialect",
     emitDialectSource},
    {"gen-plugin", "C++ source of what --load-family=<library> asks for",
     emitPlugin},
    {"gen-c-header", "C header that the runtime implements", emitCHeader},
    {"gen-bodies", "C++ header for writing the bodies", emitBodies},
    {"gen-guards", "C++ source of the C functions around the bodies",
     emitGuards},
    {"gen-option-struct", "options as a struct of C++", emitOptionStruct},
    {"gen-status-rows", "rows of statuses for C++", emitStatusRows},
    {"gen-asserts", "static assertions that hold a runtime to the header",
     emitAsserts},
    {"gen-exports", "linker version script", emitExports},
    {"gen-abi-table", "C source of what a runtime was built from",
     emitAbiTable},
    {"gen-jit-table", "C++ source of the JIT symbol table", emitJitTable},
    {"gen-json", "JSON for tools in other languages", emitJson},
    {"gen-reference", "reference page, Markdown", emitReference},
};

/// An index into `actions`: a literal option of its own for each.
enum class ActionIndex : size_t {};
struct AddActions {
  template <typename Opt> void apply(Opt &option) const {
    for (auto [index, action] : enumerate(actions))
      option.getParser().addLiteralOption(action.flag, ActionIndex(index),
                                          action.help);
  }
};

static cl::OptionCategory category("plumb-tblgen options");
static cl::opt<ActionIndex> chosen(cl::desc("What to generate:"),
                                   cl::cat(category), AddActions());

static cl::opt<bool>
    genTests("gen-tests",
             cl::desc("Generate the tests of every row: two files a row, named "
                      "after the output file"),
             cl::cat(category));

static cl::opt<std::string>
    sourceRoot("source-root", cl::value_desc("folder"),
               cl::desc("Name records' files relative to this folder"),
               cl::cat(category));

static cl::opt<std::string>
    ledgerToCheck("check-ledger", cl::value_desc("file"),
                  cl::desc("Compare the family with its ledger; writes what "
                           "was compared"),
                  cl::cat(category));
static cl::opt<std::string>
    ledgerToUpdate("update-ledger", cl::value_desc("file"),
                   cl::desc("Write the ledger as it should be now; -o may name "
                            "the same file"),
                   cl::cat(category));
static cl::opt<bool> release("release",
                             cl::desc("With -update-ledger: -family-version is "
                                      "released"),
                             cl::cat(category));
static cl::opt<std::string> runtimeToCheck(
    "check-runtime", cl::value_desc("file"),
    cl::desc("Compare the family with the symbols of a runtime, an object, a "
             "static or a shared library; writes what was compared"),
    cl::cat(category));
static cl::opt<std::string> mistakenJson(
    "mistaken-json", cl::value_desc("file"), cl::Hidden,
    cl::desc("Write the JSON of a family that has mistakes, too: for tests of "
             "other readers"));
static cl::opt<std::string>
    familyVersion("family-version", cl::value_desc("version"),
                  cl::desc("The version of the family's project"),
                  cl::cat(category));

static bool emit(TableGenOutputFiles &files, const RecordKeeper &records) {
  std::unique_ptr<Family> family =
      readFamily(records, sourceRoot, !mistakenJson.empty());
  if (!family)
    return true;
  if (!mistakenJson.empty()) {
    std::error_code error;
    raw_fd_ostream os(mistakenJson, error);
    if (error)
      return PrintError("cannot write '" + mistakenJson +
                        "': " + error.message()),
             true;
    emitJson(*family, os);
    return false;
  }
  family->version = familyVersion;
  if (genTests) {
    emitTests(*family, files);
    return false;
  }
  raw_string_ostream os(files.MainFile);
  if (!ledgerToCheck.empty())
    return !checkLedger(records, *family, ledgerToCheck, familyVersion, os);
  if (!runtimeToCheck.empty())
    return !checkRuntime(records, *family, runtimeToCheck, os);
  if (!ledgerToUpdate.empty())
    return !updateLedger(records, *family, ledgerToUpdate, familyVersion,
                         release, os);
  if (!chosen.getNumOccurrences()) {
    errs() << "error: say what to generate, such as -gen-c-header; see "
              "--help\n";
    return true;
  }
  actions[size_t(chosen.getValue())].emit(*family, os);
  return false;
}

/// Those of the TableGen library that shape the output stay in --help.
static void hideOptionsOfLibraries() {
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (!is_contained({"help", "help-list", "version", "D", "I", "d", "o",
                       "write-if-changed"},
                      name) &&
        !is_contained(option->Categories, &category))
      option->setHiddenFlag(cl::Hidden);
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << "Plumb " PLUMB_VERSION "\n"; });
  hideOptionsOfLibraries();
  cl::ParseCommandLineOptions(
      argc, argv,
      "Plumb's generator: reads a family of intrinsics (TableGen) and writes "
      "one artefact\n");
  return TableGenMain(argv[0], &emit);
}
