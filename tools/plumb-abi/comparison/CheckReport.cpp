//===- CheckReport.cpp - The report as text and JSON ----------------------===//

#include "tools/plumb-abi/comparison/Check.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace plumb::abi;

static std::string plural(unsigned n, StringRef word) {
  return std::to_string(n) + " " + word.str() +
         (n == 1                 ? ""
          : word.ends_with("ch") ? "es"
                                 : "s");
}

static void printFinding(const Finding &finding, raw_ostream &os) {
  os << (finding.isError ? "error: " : "warning: ");
  if (!finding.intrinsic.empty())
    os << finding.intrinsic << " (" << finding.symbol << "): ";
  else
    os << finding.symbol << ": ";
  os << finding.what << "\n";
  if (!finding.recordPlace.empty())
    os << (finding.kind == "header" ? "  header:  " : "  record:  ")
       << finding.recordPlace << ": " << finding.recordPrototype << "\n";
  if (!finding.runtimePlace.empty()) {
    os << "  runtime: " << finding.runtimePlace;
    if (!finding.runtimePrototype.empty())
      os << ": " << finding.runtimePrototype;
    os << "\n";
  }
  os << "  to fix: " << finding.fix << "\n";
}

std::string plumb::abi::howToKnow(StringRef why) {
  return why.contains("is no debug information")
             ? "build the runtime with -g, or give its header or LLVM bitcode"
             : "give the runtime's header or LLVM bitcode, too";
}

/// Functions with the same reason in one line: a runtime without debug
/// information has hundreds.
static void printNotCompared(ArrayRef<NotCompared> rows, StringRef what,
                             raw_ostream &os) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const NotCompared &row : rows) {
    auto at = find_if(reasons, [&](auto &r) { return r.first == row.why; });
    if (at == reasons.end())
      at = reasons.insert(reasons.end(), {row.why, {}});
    at->second.push_back(row.intrinsic);
  }
  for (const auto &[why, names] : reasons) {
    os << "note: " << plural(names.size(), "intrinsic") << " could be checked "
       << what << " (" << why << "): " << join(names, ", ") << "\n"
       << "  to fix: " << howToKnow(why) << "\n";
  }
}

void plumb::abi::printText(const CheckReport &report, raw_ostream &os) {
  for (const std::string &warning : report.warnings)
    os << "warning: " << warning << "\n";
  for (const Finding &finding : report.findings)
    printFinding(finding, os);
  printNotCompared(report.namesOnly, "by name only", os);
  printNotCompared(report.inPart, "in part only", os);

  unsigned numMissing = report.numRows;
  for (unsigned number : report.numBy)
    numMissing -= number;
  os << report.family << ": " << plural(report.numRows, "intrinsic") << " in "
     << join(report.files, ", ");
  if (!report.architecture.empty())
    os << " (" << report.architecture << ")";
  const char *sources[numTypeSources] = {"by name only", "against DWARF",
                                         "against debug metadata",
                                         "against LLVM IR", "against a header"};
  ListSeparator comma;
  os << ": ";
  for (unsigned i : {1, 2, 3, 4, 0})
    if (report.numBy[i])
      os << StringRef(comma) << report.numBy[i] << " checked " << sources[i];
  if (numMissing)
    os << StringRef(comma) << numMissing << " missing";
  unsigned numErrors = report.numErrors();
  os << "; " << plural(numErrors, "mismatch") << ", "
     << plural(report.findings.size() - numErrors, "warning") << "\n";
}

void plumb::abi::printJson(const CheckReport &report, raw_ostream &os) {
  json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", 1);
    json.attribute("family", report.family);
    json.attribute("runtime", json::Array(report.files));
    json.attribute("architecture", report.architecture);
    json.attribute("intrinsics", report.numRows);
    json.attributeObject("checked", [&] {
      json.attribute("name_only", report.numBy[0]);
      json.attribute("dwarf", report.numBy[1]);
      json.attribute("debug_metadata", report.numBy[2]);
      json.attribute("llvm_ir", report.numBy[3]);
      json.attribute("header", report.numBy[4]);
    });
    json.attribute("mismatches", report.numErrors());
    json.attributeArray("findings", [&] {
      for (const Finding &f : report.findings)
        json.object([&] {
          json.attribute("severity", f.isError ? "error" : "warning");
          json.attribute("kind", f.kind);
          if (f.intrinsic.empty())
            json.attribute("intrinsic", nullptr);
          else
            json.attribute("intrinsic", f.intrinsic);
          json.attribute("symbol", f.symbol);
          json.attribute("message", f.what);
          auto side = [&](const char *name, const std::string &place,
                          const std::string &prototype) {
            if (place.empty())
              return json.attribute(name, nullptr);
            json.attributeObject(name, [&] {
              json.attribute("place", place);
              json.attribute("prototype", prototype);
            });
          };
          side("record", f.recordPlace, f.recordPrototype);
          side("runtime", f.runtimePlace, f.runtimePrototype);
          json.attribute("fix", f.fix);
        });
    });
    auto list = [&](const char *name, ArrayRef<NotCompared> rows) {
      json.attributeArray(name, [&] {
        for (const NotCompared &row : rows)
          json.object([&] {
            json.attribute("intrinsic", row.intrinsic);
            json.attribute("symbol", row.symbol);
            json.attribute("why", row.why);
          });
      });
    };
    list("names_only", report.namesOnly);
    list("in_part", report.inPart);
    json.attribute("warnings", json::Array(report.warnings));
  });
  os << "\n";
}
