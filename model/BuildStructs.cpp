//===- BuildStructs.cpp - Structs and unions, and how they lie -----------===//

#include "model/Builder.h"
#include "plumb/Model/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::model;

/// More than anybody passes over a call; counts of arrays are of records, which
/// may say anything.
static constexpr uint64_t maxStructSize = 1u << 30;

void FamilyBuilder::checkField(Place at, const plumb_intr_struct &s,
                               const plumb_intr_field &f, bool isLast) {
  std::string what = "field '" + std::string(f.name) + "' of " +
                     (s.is_union ? "union '" : "struct '") + s.name + "'";
  const KindInfo *kind = f.type ? infoOf(*f.type) : nullptr;
  if (kind && !kind->may(AsField))
    fault(at, what + " has kind '" + kind->name +
                  "'; fields are integers, floats, bools, enums, handles, "
                  "slots, pointers, structs, and arrays of those");
  if (f.is_array && !f.count && (s.is_union || !isLast || s.num_fields < 2))
    fault(at, what + " is an array of no elements, which C allows only at the "
                     "end of a struct with other fields");
  if (f.type && f.type->structure && isInMemoryOnly(*f.type->structure) &&
      (f.is_array || !isLast))
    fault(at, what + " has a flexible array member or bit-fields, after which "
                     "nothing can stand; put it at the end");
  if (!f.bits)
    return;
  if (f.is_array || !kind ||
      !(kind->may(AsEnumInteger) || kind->kind == Kind::Bool ||
        kind->kind == Kind::Enum || kind->kind == Kind::Flags))
    fault(at, what + " is a bit-field; those are of integers, bools and enums");
  else if (f.bits >
           (kind->kind == Kind::Bool ? 1 : 8 * sizeInMemory(f.type->llvm)))
    fault(at, what + " has more bits than its type");
}

namespace {
/// Lays fields out as C compilers of 64-bit targets with ELF do.
class FieldLayout {
public:
  explicit FieldLayout(bool isUnion) : isUnion(isUnion) {}

  void add(plumb_intr_field &f) {
    uint64_t unit = f.type ? sizeOf(*f.type) : 1;
    uint64_t unitAlign = f.type ? alignOf(*f.type) : 1;
    align = std::max(align, unitAlign);
    uint64_t start = isUnion ? 0 : bits;
    if (f.bits) {
      // One may not reach over the end of its storage.
      if (start / (8 * unit) != (start + f.bits - 1) / (8 * unit))
        start = alignTo(start, 8 * unit);
      f.offset = start / (8 * unit) * unit;
      f.first_bit = start - 8 * f.offset;
      return take(start + f.bits);
    }
    f.offset = alignTo(divideCeil(start, 8), unitAlign);
    f.first_bit = 0;
    take(8 * (f.offset + unit * f.count));
  }

  uint64_t getSize() const { return alignTo(divideCeil(bits, 8), align); }
  uint64_t getAlign() const { return align; }

private:
  void take(uint64_t end) { bits = std::max(bits, end); }

  bool isUnion;
  uint64_t bits = 0, align = 1;
};
} // namespace

const plumb_intr_struct *
FamilyBuilder::addStruct(Place at, plumb_intr_struct s,
                         std::vector<plumb_intr_field> fields) {
  std::string what =
      (s.is_union ? "union '" : "struct '") + std::string(s.name) + "'";
  checkQualified(at, "struct", s.name);
  checkTwice(structNames, at, "struct", s.name);
  Seen seen;
  s.num_fields = fields.size();
  FieldLayout layout(s.is_union);
  for (plumb_intr_field &f : fields) {
    if (!f.is_array)
      f.count = 1;
    checkName(at, "field", f.name);
    checkTwice(seen, at, "field of " + what, f.name);
    checkPlainName(at, f.name, s.name);
    checkField(at, s, f, &f == &fields.back());
    layout.add(f);
    if (layout.getSize() > maxStructSize) {
      fault(at, what + " has more than " + Twine(maxStructSize) + " bytes");
      f.count = f.is_array ? 0 : 1;
      layout = FieldLayout(s.is_union);
    }
  }
  if (fields.empty())
    fault(at, what + " has no fields");
  ArrayRef kept = keep(ArrayRef(fields));
  s.fields = kept.data();
  s.size = layout.getSize();
  s.align = layout.getAlign();
  const plumb_intr_struct *made = keep(s);
  family->structs.push_back(made);
  if (!isOf(names(), s.name))
    return made;
  ownStructs.push_back(made);
  takeCName(at, what, s.c_name);
  return made;
}

void FamilyBuilder::checkValue(Place at, const Twine &which,
                               const plumb_intr_type *type) {
  if (type && type->structure && isInMemoryOnly(*type->structure))
    fault(at, which + " is struct '" + type->structure->name +
                  "', which has bit-fields or a flexible array member and is "
                  "only behind pointers: make it a pointer");
}
