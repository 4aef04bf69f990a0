//===- DiffCommand.cpp - plumb-abi diff -----------------------------------===//

#include "Commands.h"
#include "Families.h"
#include "Guard.h"
#include "command-line/Tool.h"
#include "tools/plumb-abi/comparison/Diff.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

cl::SubCommand &plumb::abi::diffCommand() {
  static cl::SubCommand command(
      "diff", "Whether what was built with one state of a family works with "
              "another");
  return command;
}

static cl::opt<std::string> oldSide(cl::Positional, cl::Required,
                                    cl::desc("<old family or ledger>"),
                                    cl::sub(diffCommand()));
static cl::opt<std::string> newSide(cl::Positional, cl::Required,
                                    cl::desc("<new family or ledger>"),
                                    cl::sub(diffCommand()));
static cl::opt<Format>
    outputFormat("format", cl::desc("How the report is written"),
                 cl::values(clEnumValN(Format::Text, "text", "for people"),
                            clEnumValN(Format::Json, "json", "for tools")),
                 cl::init(Format::Text), cl::sub(diffCommand()));

static Expected<FamilyState> readState(StringRef path) {
  setGuardedFile(path);
  if (sys::path::extension(path) == ".abi") {
    auto file = MemoryBuffer::getFile(path);
    if (!file)
      return createStringError("cannot read '" + path +
                               "': " + file.getError().message());
    return readLedgerState((*file)->getBuffer(), path);
  }
  Expected<const plumb_intr_family *> family = findFamily(path);
  if (!family)
    return family.takeError();
  return stateOf(**family);
}

static void printText(ArrayRef<Change> changes, unsigned numBreaking,
                      raw_ostream &os) {
  for (const Change &change : changes) {
    os << (change.breaks ? "incompatible: " : "compatible: ") << change.name
       << ": " << change.what << "\n";
    if (!change.oldSide.empty())
      os << "  old: " << change.oldSide << "\n";
    if (!change.newSide.empty())
      os << "  new: " << change.newSide << "\n";
  }
  if (numBreaking)
    os << "not compatible: " << numBreaking << " of " << changes.size()
       << (changes.size() == 1 ? " change breaks" : " changes break")
       << " what was built with '" << oldSide << "'\n";
  else if (changes.empty())
    os << "compatible: nothing changed\n";
  else
    os << "compatible: what was built with '" << oldSide << "' works with '"
       << newSide << "'\n";
}

static void printJson(ArrayRef<Change> changes, unsigned numBreaking,
                      raw_ostream &os) {
  json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", 1);
    json.attribute("old", oldSide.getValue());
    json.attribute("new", newSide.getValue());
    json.attribute("compatible", numBreaking == 0);
    json.attributeArray("changes", [&] {
      for (const Change &change : changes)
        json.object([&] {
          json.attribute("compatible", !change.breaks);
          json.attribute("kind", change.kind);
          json.attribute("name", change.name);
          json.attribute("message", change.what);
          json.attribute("old", change.oldSide);
          json.attribute("new", change.newSide);
        });
    });
  });
  os << "\n";
}

int plumb::abi::runDiff() {
  Expected<FamilyState> before = readState(oldSide);
  if (!before)
    return toolError(printable(before.takeError())), 2;
  Expected<FamilyState> after = readState(newSide);
  if (!after)
    return toolError(printable(after.takeError())), 2;
  std::vector<Change> changes = diffStates(*before, *after);
  unsigned numBreaking =
      count_if(changes, [](const Change &change) { return change.breaks; });
  if (outputFormat == Format::Json)
    printJson(changes, numBreaking, outs());
  else
    printText(changes, numBreaking, outs());
  return numBreaking ? 1 : 0;
}
