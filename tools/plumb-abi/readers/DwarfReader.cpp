//===- DwarfReader.cpp - Signatures out of DWARF --------------------------===//

#include "tools/plumb-abi/readers/DwarfReader.h"
#include "tools/plumb-abi/readers/DebugTypes.h"
#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"

using namespace llvm;
using namespace llvm::dwarf;
using namespace plumb::abi;

namespace {
/// A DIE as DebugTypes.h wants it.
class DwarfNode {
public:
  DwarfNode() = default;
  explicit DwarfNode(DWARFDie given) : die(given) {
    if (DWARFDie whole = die ? die.resolveTypeUnitReference() : DWARFDie())
      die = whole;
  }

  bool isValid() const { return die.isValid(); }
  uint64_t key() const {
    return reinterpret_cast<uintptr_t>(die.getDebugInfoEntry());
  }
  unsigned tag() const { return die.getTag(); }
  std::string name() const {
    const char *text = toString(die.find(DW_AT_name), nullptr);
    return text ? text : "";
  }
  DwarfNode type() const {
    return DwarfNode(die.getAttributeValueAsReferencedDie(DW_AT_type));
  }
  uint64_t size() const {
    bool isPointer =
        tag() == DW_TAG_pointer_type || tag() == DW_TAG_reference_type;
    return isPointer ? 8 : number(DW_AT_byte_size);
  }
  unsigned encoding() const { return number(DW_AT_encoding); }
  bool isDeclaration() const { return number(DW_AT_declaration); }
  bool isVector() const { return number(DW_AT_GNU_vector); }
  bool isRust() const {
    return number(die.getDwarfUnit()->getUnitDIE(), DW_AT_language) ==
           DW_LANG_Rust;
  }
  uint64_t offset() const { return number(DW_AT_data_member_location); }
  bool isBitField() const {
    return die.find(DW_AT_bit_size) || die.find(DW_AT_data_bit_offset);
  }
  int64_t value() const {
    std::optional<DWARFFormValue> value = die.find(DW_AT_const_value);
    if (!value)
      return 0;
    if (std::optional<int64_t> constant = value->getAsSignedConstant())
      return *constant;
    return value->getAsUnsignedConstant().value_or(0);
  }
  uint64_t count() const {
    for (DWARFDie child : die.children()) {
      if (child.getTag() != DW_TAG_subrange_type)
        continue;
      if (uint64_t count = number(child, DW_AT_count))
        return count;
      if (child.find(DW_AT_upper_bound))
        return number(child, DW_AT_upper_bound) + 1;
    }
    return 0;
  }
  unsigned convention() const { return number(DW_AT_calling_convention); }
  void children(function_ref<void(DwarfNode)> visit) const {
    for (DWARFDie child : die.children())
      visit(DwarfNode(child));
  }

  DwarfNode result() const {
    return DwarfNode(follow(die, [](DWARFDie at) {
      return at.getAttributeValueAsReferencedDie(DW_AT_type);
    }));
  }
  void parameters(function_ref<void(std::string, DwarfNode)> visit,
                  bool &variadic) const {
    // A copy that was inlined elsewhere may have lost some of its own.
    DWARFDie whole = die;
    for (unsigned i = 0; i < 8; ++i) {
      DWARFDie origin =
          whole.getAttributeValueAsReferencedDie(DW_AT_abstract_origin);
      if (!origin)
        break;
      whole = origin;
    }
    for (DWARFDie child : whole.children()) {
      variadic |= child.getTag() == DW_TAG_unspecified_parameters;
      if (child.getTag() == DW_TAG_formal_parameter)
        visit(DwarfNode(child).name(), DwarfNode(child).type());
    }
  }
  /// In C only, a function may have parameters that nobody has written.
  bool isPrototyped() const {
    switch (number(die.getDwarfUnit()->getUnitDIE(), DW_AT_language)) {
    case DW_LANG_C:
    case DW_LANG_C89:
    case DW_LANG_C99:
    case DW_LANG_C11:
    case DW_LANG_C17:
      return follow(die,
                    [](DWARFDie at) {
                      return number(at, DW_AT_prototyped) ? at : DWARFDie();
                    })
          .isValid();
    default:
      return true;
    }
  }

private:
  static uint64_t number(DWARFDie die, dwarf::Attribute attribute) {
    return toUnsigned(die.find(attribute), 0);
  }
  uint64_t number(dwarf::Attribute attribute) const {
    return number(die, attribute);
  }

  /// What `get` finds at the DIE or at what it is an instance of.
  static DWARFDie follow(DWARFDie die, function_ref<DWARFDie(DWARFDie)> get) {
    for (unsigned i = 0; die && i < 8; ++i) {
      if (DWARFDie found = get(die))
        return found;
      DWARFDie origin =
          die.getAttributeValueAsReferencedDie(DW_AT_abstract_origin);
      die = origin ? origin
                   : die.getAttributeValueAsReferencedDie(DW_AT_specification);
    }
    return DWARFDie();
  }

  DWARFDie die;
};

class DwarfReader {
public:
  DwarfReader(StringMap<RuntimeFunction *> &functions,
              const AddressMap &addresses, Runtime &runtime, bool isLinked)
      : functions(functions), addresses(addresses), isLinked(isLinked),
        types(runtime.types) {}

  void read(DWARFUnit &unit) {
    DWARFDie root = unit.getNonSkeletonUnitDIE(/*ExtractUnitDIEOnly=*/false);
    if (!root)
      return;
    // gcc -g1 names functions and leaves their types out.
    const char *producer = toString(root.find(DW_AT_producer), "");
    if (StringRef(producer).contains(" -g1 ") ||
        StringRef(producer).ends_with(" -g1"))
      return;
    DWARFUnit &whole = *root.getDwarfUnit();
    for (const DWARFDebugInfoEntry &entry : whole.dies()) {
      DWARFDie die(&whole, &entry);
      if (die.getTag() == DW_TAG_subprogram &&
          !die.find({DW_AT_declaration, DW_AT_inline}))
        readFunction(die);
    }
  }

private:
  void readFunction(DWARFDie die) {
    if (toUnsigned(die.findRecursively({DW_AT_external}), 0)) {
      const char *name = die.getLinkageName();
      if (!name)
        name = die.getShortName();
      if (name)
        give(functions.lookup(name), die);
    }
    uint64_t low, high, section = 0;
    if (!die.getLowAndHighPC(low, high, section))
      return;
    auto found = addresses.find({isLinked ? UINT64_MAX : section, low});
    if (found != addresses.end())
      for (RuntimeFunction *function : found->second)
        give(function, die);
  }

  void give(RuntimeFunction *function, DWARFDie die) {
    if (!function || function->signature)
      return;
    function->signature = &types.signature(DwarfNode(die));
    function->source = TypeSource::Dwarf;
    function->file = die.getDeclFile(
        DILineInfoSpecifier::FileLineInfoKind::RelativeFilePath);
    function->line = die.getDeclLine();
  }

  StringMap<RuntimeFunction *> &functions;
  const AddressMap &addresses;
  bool isLinked;
  DebugTypes<DwarfNode> types;
};
} // namespace

void plumb::abi::readDwarf(const object::ObjectFile &object, StringRef name,
                           StringMap<RuntimeFunction *> &functions,
                           const AddressMap &addresses, Runtime &runtime) {
  std::string firstDamage;
  auto handle = [&](Error error) {
    std::string text = toString(std::move(error));
    if (firstDamage.empty())
      firstDamage = text;
  };
  std::unique_ptr<DWARFContext> context = DWARFContext::create(
      object, DWARFContext::ProcessDebugRelocations::Process, nullptr, "",
      handle, handle);
  DwarfReader reader(functions, addresses, runtime,
                     !object.isRelocatableObject());
  for (const std::unique_ptr<DWARFUnit> &unit : context->compile_units())
    reader.read(*unit);
  if (!firstDamage.empty())
    runtime.warnings.push_back(
        ("debug information of '" + name +
         "' is damaged or not known to this LLVM: " + firstDamage)
            .str());
}
