//===- DwarfReader.cpp - Signatures out of DWARF --------------------------===//
//
// Names come first: linkers and compilers give functions of equal code one
// address. Only where a name cannot be in the debug information, since it is an
// alias, the address says what it stands for.
//
//===----------------------------------------------------------------------===//

#include "tools/plumb-abi/readers/DwarfReader.h"
#include "tools/plumb-abi/readers/DebugTypes.h"
#include "tools/plumb-abi/readers/DwarfNode.h"
#include "tools/plumb-abi/readers/DwarfUnits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/DebugInfo/DWARF/DWARFUnit.h"
#include <map>
#include <set>

using namespace llvm;
using namespace llvm::dwarf;
using namespace plumb::abi;

namespace {
/// A function of the debug information.
struct Definition {
  DwarfNode node;
  std::string name;
  bool hasAddress = false; ///< not so: what a linker has folded or dropped
  uint64_t section = 0, begin = 0, size = 0;
};

class DwarfReader {
public:
  DwarfReader(const StringMap<FunctionSymbol> &symbols, bool isLinked,
              bool mayMerge, const DwarfAlternative *alternative,
              Runtime &runtime)
      : symbols(symbols), isLinked(isLinked), mayMerge(mayMerge),
        alternative(alternative), types(runtime.types) {
    for (const auto &entry : symbols)
      addresses.insert({entry.second.section, entry.second.address});
  }

  void read(DWARFUnit &unit) {
    DWARFDie root = unit.getNonSkeletonUnitDIE(/*ExtractUnitDIEOnly=*/false);
    if (!root)
      return;
    DWARFUnit &whole = *root.getDwarfUnit();
    unsigned language = languageOf(root);
    for (const DWARFDebugInfoEntry &entry : whole.dies()) {
      DWARFDie die(&whole, &entry);
      if (die.getTag() == DW_TAG_subprogram &&
          !die.find({DW_AT_declaration, DW_AT_inline}))
        collect(DwarfNode(die, language, alternative));
    }
  }

  void give() {
    for (const auto &entry : symbols) {
      RuntimeFunction *function = entry.second.function;
      if (!function->signature)
        give(*function, entry.first(), entry.second);
    }
  }

private:
  void collect(DwarfNode node) {
    Definition made;
    made.node = node;
    if (toUnsigned(node.getDie().findRecursively({DW_AT_external}), 0)) {
      made.name = node.inheritedText(DW_AT_linkage_name);
      if (made.name.empty())
        made.name = node.inheritedText(DW_AT_name);
    }
    locate(made);
    if (!made.name.empty() && symbols.contains(made.name))
      byName[made.name].push_back(made);
    if (made.hasAddress && addresses.contains({made.section, made.begin}))
      byAddress[{made.section, made.begin}].push_back(made);
  }

  void locate(Definition &made) const {
    Expected<DWARFAddressRangesVector> ranges =
        made.node.getDie().getAddressRanges();
    if (!ranges)
      return consumeError(ranges.takeError());
    if (ranges->empty())
      return;
    const DWARFAddressRange &first = ranges->front();
    // Linkers write 0, 1, -1 or -2 for code that is not in the file.
    bool isDropped =
        isLinked && (first.LowPC <= 1 || first.LowPC >= UINT64_MAX - 1);
    made.hasAddress = !isDropped;
    made.section = isLinked ? UINT64_MAX : first.SectionIndex;
    made.begin = first.LowPC;
    made.size = first.HighPC - first.LowPC;
  }

  void give(RuntimeFunction &function, StringRef name,
            const FunctionSymbol &symbol) {
    auto named = byName.find(name);
    if (named != byName.end())
      return giveNamed(function, symbol, named->second);
    auto there = byAddress.find({symbol.section, symbol.address});
    if (there == byAddress.end())
      return;
    const Definition &other = there->second.front();
    std::string otherName = other.node.inheritedText(DW_AT_name);
    if (there->second.size() == 1 && isAlias(symbol, other))
      return set(function, other.node);
    function.why = "there is no debug information under its name; at its "
                   "address is '" +
                   otherName +
                   "', and a linker or compiler may have merged "
                   "the two";
  }

  /// Only what is nowhere merged can be told to be an alias by its address.
  bool isAlias(const FunctionSymbol &symbol, const Definition &other) const {
    DWARFDie unit = other.node.whole().getDie().getDwarfUnit()->getUnitDIE();
    StringRef producer = toString(unit.find(DW_AT_producer), "");
    bool isKnownCompiler =
        producer.starts_with("GNU C") ||
        (producer.contains("clang version") && !producer.contains("rustc"));
    return !mayMerge && isKnownCompiler && symbol.size == other.size;
  }

  void giveNamed(RuntimeFunction &function, const FunctionSymbol &symbol,
                 ArrayRef<Definition> named) {
    // Another file may have a function of the name that was not taken.
    for (const Definition &d : named)
      if (d.hasAddress && d.begin == symbol.address &&
          d.section == symbol.section)
        return set(function, d.node);
    const Definition *only = nullptr;
    for (const Definition &d : named) {
      if (d.hasAddress && isLinked)
        continue;
      if (only && declare(types.signature(only->node), "f") !=
                      declare(types.signature(d.node), "f")) {
        function.why = "its debug information has several functions of its "
                       "name, and does not say which it is";
        return;
      }
      only = &d;
    }
    if (only)
      return set(function, only->node);
    function.why = "the function of its name in the debug information is "
                   "another one";
  }

  void set(RuntimeFunction &function, DwarfNode node) {
    DwarfNode whole = node.whole();
    if (whole.missing()) {
      function.why = std::string("it is not known what its debug information "
                                 "says: ") +
                     whole.missing();
      return;
    }
    DWARFDie unit = whole.getDie().getDwarfUnit()->getUnitDIE();
    unsigned language = languageOf(unit);
    if (!isReadLanguage(language)) {
      function.why = whyNotRead(language);
      return;
    }
    const CSignature &signature = types.signature(node);
    bool saysNothing = signature.params.empty() && !node.result().isValid() &&
                       !units.haveTypes(*whole.getDie().getDwarfUnit());
    if (saysNothing) {
      function.why = noTypesInUnit;
      return;
    }
    function.why.clear();
    function.signature = &signature;
    function.source = TypeSource::Dwarf;
    function.file = node.getDie().getDeclFile(
        DILineInfoSpecifier::FileLineInfoKind::RelativeFilePath);
    function.line = node.getDie().getDeclLine();
  }

  const StringMap<FunctionSymbol> &symbols;
  bool isLinked, mayMerge;
  const DwarfAlternative *alternative;
  DebugTypes<DwarfNode> types;
  DwarfUnits units;
  std::set<std::pair<uint64_t, uint64_t>> addresses;
  StringMap<SmallVector<Definition, 1>> byName;
  std::map<std::pair<uint64_t, uint64_t>, SmallVector<Definition, 1>> byAddress;
};
} // namespace

void plumb::abi::readDwarf(const object::ObjectFile &object, StringRef path,
                           const StringMap<FunctionSymbol> &symbols,
                           Runtime &runtime) {
  std::string firstDamage;
  auto handle = [&](Error error) {
    std::string text = toString(std::move(error));
    if (firstDamage.empty())
      firstDamage = text;
  };
  Expected<std::unique_ptr<DwarfAlternative>> alternative =
      DwarfAlternative::open(object, path);
  if (!alternative)
    runtime.warnings.push_back(toString(alternative.takeError()));
  std::unique_ptr<DWARFContext> context = DWARFContext::create(
      object, DWARFContext::ProcessDebugRelocations::Process, nullptr, "",
      handle, handle);
  DwarfReader reader(symbols, !object.isRelocatableObject(),
                     mayBeMerged(object),
                     alternative ? alternative->get() : nullptr, runtime);
  for (const std::unique_ptr<DWARFUnit> &unit : context->compile_units())
    reader.read(*unit);
  reader.give();
  if (!firstDamage.empty())
    runtime.warnings.push_back(
        ("debug information of '" + path +
         "' is damaged or not known to this LLVM: " + firstDamage)
            .str());
}
