//===- Check.cpp - A family against a runtime -----------------------------===//

#include "tools/plumb-abi/comparison/Check.h"
#include "plumb/Model/Views.h"
#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "tools/plumb-abi/readers/RecordSignature.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/Format.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

unsigned CheckReport::numErrors() const {
  return count_if(findings, [](const Finding &f) { return f.isError; });
}

std::string plumb::abi::symbolPrefix(const plumb_intr_family &family) {
  // The symbol of a row without a symbol of its own ends with the row's name.
  StringMap<unsigned> counts;
  std::string best;
  for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows)) {
    StringRef symbol = row.symbol;
    if (!symbol.consume_back(StringRef(row.name).split('.').second) ||
        symbol.empty())
      continue;
    unsigned count = ++counts[symbol];
    if (best.empty() || count > counts[best])
      best = symbol.str();
  }
  return best;
}

namespace {
class Checker {
public:
  Checker(const plumb_intr_family &family, Runtime &runtime,
          const CheckOptions &options, CheckReport &report)
      : family(family), runtime(runtime), options(options), report(report),
        records(runtime.types, family),
        comparer(runtime.types, runtime.architecture) {}

  void run() {
    for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows))
      checkRow(row);
    checkConstants();
    checkOthers();
  }

private:
  void checkRow(const plumb_intr_row &row) {
    const CSignature &expected = records.of(row);
    Finding finding;
    finding.isError = true;
    finding.intrinsic = row.name;
    finding.symbol = row.symbol;
    finding.recordPlace = row.location;
    finding.recordPrototype = declare(expected, row.symbol);

    auto found = runtime.functions.find(row.symbol);
    bool isMissing = found == runtime.functions.end() ||
                     (runtime.hasObjects() && !found->second.isDefined());
    if (isMissing) {
      describeMissing(finding);
      report.findings.push_back(std::move(finding));
      return;
    }
    const RuntimeFunction &function = found->second;
    finding.runtimePlace = Runtime::locate(function);
    if (std::string why = cannotCompare(expected, function); !why.empty()) {
      ++report.numBy[unsigned(TypeSource::None)];
      report.namesOnly.push_back({row.name, row.symbol, why});
      if (options.isStrict) {
        finding.kind = "name-only";
        finding.what = "only the name could be checked: " + why;
        finding.fix = howToKnow(why);
        report.findings.push_back(std::move(finding));
      }
      return;
    }
    ++report.numBy[unsigned(function.typeSource())];
    const CSignature &types = *function.types();
    finding.runtimePrototype = declare(types, row.symbol);
    Comparison compared = comparer.compare(expected, types, row.symbol);
    for (Difference &difference : compared.differences) {
      finding.kind = std::move(difference.kind);
      finding.what = std::move(difference.what);
      finding.fix = std::move(difference.fix);
      report.findings.push_back(finding);
    }
    for (const std::string &why : compared.notKnown) {
      report.inPart.push_back({row.name, row.symbol, why});
      if (!options.isStrict)
        continue;
      finding.kind = "in-part";
      finding.what = "it could be checked in part only: " + why;
      finding.fix = howToKnow(why);
      report.findings.push_back(finding);
    }
    compareHeader(finding, function);
  }

  /// Whether the runtime was built from the header that was given with it: a
  /// program is compiled from what the header says, also about structs behind
  /// pointers, of which records have the names alone.
  void compareHeader(Finding finding, const RuntimeFunction &function) {
    const CSignature *declared = function.declared;
    if (!declared || declared == function.types())
      return;
    finding.kind = "header";
    finding.recordPlace =
        function.headerFile + ":" + std::to_string(function.headerLine);
    finding.recordPrototype = declare(*declared, function.symbol);
    Comparer ofHeader(runtime.types, runtime.architecture,
                      {"the header", "the runtime", /*areSpelled=*/false});
    for (Difference &difference :
         ofHeader.compare(*declared, *function.types(), function.symbol)
             .differences) {
      finding.what = std::move(difference.what);
      finding.fix = "give the header that the runtime was built with, or build "
                    "the runtime again";
      report.findings.push_back(finding);
    }
  }

  /// Empty when the types can be compared.
  static std::string cannotCompare(const CSignature &expected,
                                   const RuntimeFunction &function) {
    if (!function.types())
      return function.why.empty() ? "there is no debug information"
                                  : function.why;
    if (function.typeSource() == TypeSource::Header &&
        !function.types()->hasPrototype)
      return "it is declared without parameters, not with (void)";
    if (!function.types()->isLowered)
      return "";
    bool hasStruct = strip(expected.result).kind == CKind::Struct ||
                     any_of(expected.params, [](const CParam &p) {
                       return strip(p.type).kind == CKind::Struct;
                     });
    return hasStruct ? "it takes or returns a struct by value, which bitcode "
                       "without debug information does not show"
                     : "";
  }

  void describeMissing(Finding &finding) {
    finding.kind = "missing";
    finding.what = "the runtime does not define it";
    finding.fix = "define it, or take the record away";
    auto declared = runtime.functions.find(finding.symbol);
    if (declared != runtime.functions.end()) {
      finding.what = "a header declares it, but the runtime does not define it";
      finding.runtimePlace = Runtime::locate(declared->second);
      return;
    }
    auto other = runtime.others.find(finding.symbol);
    if (other != runtime.others.end()) {
      finding.what = "the runtime has no such function: it is " + other->second;
      return;
    }
    // A language's own name for it: extern "C" or #[no_mangle] was left out.
    std::string similar;
    unsigned best = std::max<size_t>(2, finding.symbol.size() / 8) + 1;
    for (const auto &entry : runtime.functions) {
      StringRef name = entry.first();
      std::string plain = demangled(name);
      if (!plain.empty() && plain == finding.symbol) {
        finding.what =
            "the runtime has it only under the mangled name " + name.str();
        finding.fix =
            "declare it extern \"C\" (in Rust, #[no_mangle] extern \"C\")";
        finding.runtimePlace = Runtime::locate(entry.second);
        return;
      }
      unsigned distance = name.edit_distance(finding.symbol, true, best);
      if (distance < best && !isRowSymbol(name) &&
          (entry.second.isDefined() || !runtime.hasObjects())) {
        best = distance;
        similar = name.str();
      }
    }
    if (similar.empty())
      return;
    finding.what += "; it has " + similar + ", which no record has";
    finding.runtimePlace = Runtime::locate(runtime.functions[similar]);
    finding.fix = "give both one name, e.g. with `let symbol = \"" + similar +
                  "\";` in the record";
  }

  /// The last part of a mangled name without its parameters, or "".
  static std::string demangled(StringRef name) {
    if (!name.starts_with("_Z") && !name.starts_with("_R"))
      return "";
    std::string text = llvm::demangle(name);
    if (text == name)
      return "";
    StringRef plain =
        StringRef(text).take_until([](char c) { return c == '('; });
    // "plumb_clock::now::h0123456789abcdef" of older Rust.
    auto [front, last] = plain.rsplit("::");
    if (last.size() == 17 && last.starts_with("h"))
      plain = front;
    return plain.rsplit("::").second.empty() ? plain.str()
                                             : plain.rsplit("::").second.str();
  }

  bool isRowSymbol(StringRef symbol) {
    if (rowSymbols.empty())
      for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows))
        addSymbols(row);
    return rowSymbols.contains(symbol);
  }

  static std::string spell(const RuntimeConstant &constant) {
    switch (constant.kind) {
    case RuntimeConstant::Text:
      return "\"" + constant.text + "\"";
    case RuntimeConstant::Float: {
      std::string text;
      raw_string_ostream(text) << format("%.17g", constant.number);
      return text;
    }
    default:
      return strip(constant.type).sign == CSign::Unsigned
                 ? std::to_string(uint64_t(constant.integer))
                 : std::to_string(constant.integer);
    }
  }

  static bool isSame(const plumb_intr_constant &c,
                     const RuntimeConstant &found) {
    bool isFloat = c.type->llvm == PLUMB_INTR_LLVM_F32 ||
                   c.type->llvm == PLUMB_INTR_LLVM_F64;
    switch (found.kind) {
    case RuntimeConstant::Text:
      return c.text && found.text == c.text;
    case RuntimeConstant::Float:
      return isFloat && c.number == found.number;
    default:
      return !c.text && !isFloat && c.integer == found.integer;
    }
  }

  /// Constants that say what a header calls them, with what it says.
  void checkConstants() {
    if (runtime.constants.empty())
      return;
    StringMap<const RuntimeConstant *> byName;
    for (const RuntimeConstant &constant : runtime.constants)
      byName.try_emplace(constant.name, &constant);
    for (const plumb_intr_constant &c : model::constants(family)) {
      if (!*c.spelling)
        continue;
      const RuntimeConstant *found = byName.lookup(c.spelling);
      if (found && isSame(c, *found))
        continue;
      Finding finding;
      finding.isError = true;
      finding.kind = "constant";
      finding.intrinsic = c.name;
      finding.symbol = c.spelling;
      finding.recordPrototype =
          std::string(c.spelling) + " is " + model::spellValue(c);
      finding.what = "the header has no such constant";
      finding.fix = "take the record away, or its spelling";
      if (found) {
        finding.what = "it is " + model::spellValue(c) +
                       " in the record, and " + spell(*found) +
                       " in the header";
        finding.fix = "give the record the header's value";
        finding.runtimePlace = found->file + ":" + std::to_string(found->line);
        finding.runtimePrototype = found->name + " is " + spell(*found);
      }
      report.findings.push_back(std::move(finding));
    }
  }

  /// Its function, and those that free what it hands out.
  void addSymbols(const plumb_intr_row &row) {
    rowSymbols.insert(row.symbol);
    for (const plumb_intr_type *type : plumb::model::resultTypes(row))
      if (type->release)
        rowSymbols.insert(type->release);
  }

  /// Functions of the family that no record has.
  void checkOthers() {
    std::string prefix =
        options.prefix.empty() ? symbolPrefix(family) : options.prefix;
    if (prefix.empty())
      return;
    std::vector<const RuntimeFunction *> others;
    for (const auto &entry : runtime.functions)
      if (entry.second.isExported &&
          (entry.second.isDefined() || !runtime.hasObjects()) &&
          entry.first().starts_with(prefix) && !isRowSymbol(entry.first()))
        others.push_back(&entry.second);
    llvm::sort(others, [](auto *a, auto *b) { return a->symbol < b->symbol; });
    for (const RuntimeFunction *function : others) {
      Finding finding;
      finding.isError = options.isStrict;
      finding.kind = "unknown-function";
      finding.symbol = function->symbol;
      finding.what =
          std::string("the ") +
          (function->isDefined() ? "runtime exports" : "header declares") +
          " it, and no record of family '" + report.family + "' has it";
      finding.runtimePlace = Runtime::locate(*function);
      if (function->types())
        finding.runtimePrototype =
            declare(*function->types(), function->symbol);
      finding.fix = "write a record (`plumb-abi import` drafts one), or hide "
                    "the function";
      report.findings.push_back(std::move(finding));
    }
  }

  const plumb_intr_family &family;
  Runtime &runtime;
  const CheckOptions &options;
  CheckReport &report;
  RecordSignatures records;
  Comparer comparer;
  StringSet<> rowSymbols;
};
} // namespace

static void makePrintable(CheckReport &report) {
  for (Finding &f : report.findings)
    for (std::string *text :
         {&f.symbol, &f.what, &f.runtimePlace, &f.runtimePrototype, &f.fix})
      *text = printable(*text);
  for (std::string &warning : report.warnings)
    warning = printable(warning);
  for (std::vector<NotCompared> *list : {&report.namesOnly, &report.inPart})
    for (NotCompared &row : *list)
      row.why = printable(row.why);
}

CheckReport plumb::abi::checkFamily(const plumb_intr_family &family,
                                    Runtime &runtime,
                                    const CheckOptions &options) {
  CheckReport report;
  report.family = family.name;
  report.files = runtime.files;
  report.architecture = runtime.architecture;
  report.numRows = family.num_rows;
  report.warnings = runtime.warnings;
  Checker(family, runtime, options, report).run();
  makePrintable(report);
  return report;
}
