//===- Probes.cpp - Arguments of generated tests --------------------------===//

#include "Probes.h"
#include "RowCall.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

std::string plumb::tblgen::concreteMlir(const plumb_intr_type &type) {
  std::string text = type.mlir;
  for (StringRef variable : variablesOf(&type))
    text = replaceAll(text, ("!intr.var<\"" + variable + "\">").str(), "i64");
  return text;
}

namespace {
/// Objects that plumb/object.h has a function for.
struct Maker {
  StringLiteral object;
  unsigned arity;
  StringLiteral declaration;
  /// Make `%$_raw`, a pointer; $0 and $1 are the kinds of the arguments.
  StringLiteral lines;
};
} // namespace

static constexpr Maker makers[] = {
    {"String", 0, "llvm.func @plumb_copy_text(!llvm.ptr) -> !llvm.ptr\n",
     "%$_text = intr.constant \"x\"\n"
     "  %$_data = builtin.unrealized_conversion_cast %$_text : !intr.str to "
     "!llvm.ptr\n"
     "  %$_raw = llvm.call @plumb_copy_text(%$_data) : (!llvm.ptr) -> "
     "!llvm.ptr\n"},
    {"List", 1, "llvm.func @plumb_new_list(i64, i32) -> !llvm.ptr\n",
     "%$_size = arith.constant 0 : i64\n"
     "  %$_kind = arith.constant $0 : i32\n"
     "  %$_raw = llvm.call @plumb_new_list(%$_size, %$_kind) : (i64, i32) -> "
     "!llvm.ptr\n"},
    {"Option", 1, "llvm.mlir.global external @plumb_none() : i64\n",
     "%$_raw = llvm.mlir.addressof @plumb_none : !llvm.ptr\n"},
    {"Ordering", 0, "llvm.mlir.global external @plumb_less() : i64\n",
     "%$_raw = llvm.mlir.addressof @plumb_less : !llvm.ptr\n"},
    {"Tuple", 2, "llvm.func @plumb_new_pair(i64, i64, i32, i32) -> !llvm.ptr\n",
     "%$_value = arith.constant 0 : i64\n"
     "  %$_int = arith.constant 0 : i32\n"
     "  %$_raw = llvm.call @plumb_new_pair(%$_value, %$_value, %$_int, %$_int) "
     ": (i64, i64, i32, i32) -> !llvm.ptr\n"}};

/// Of the values that a type argument of a probe has.
static ValueKind valueKindOf(const plumb_intr_type &type) {
  switch (kindOf(type)) {
  case Kind::Object:
  case Kind::Function:
    return ValueKind::Object;
  case Kind::Float64:
    return ValueKind::Float;
  case Kind::Bool:
    return ValueKind::Bool;
  case Kind::Unit:
    return ValueKind::Unit;
  default:
    return ValueKind::Int;
  }
}

static std::string castTo(StringRef name, const plumb_intr_type &type) {
  return ("  %" + name + " = builtin.unrealized_conversion_cast %" + name +
          "_raw : !llvm.ptr to " + concreteMlir(type))
      .str();
}

/// The C type of the closure's code: it gets itself, then slots.
std::string Probes::makeClosure(const plumb_intr_type &type, StringRef name) {
  unsigned arity = type.num_arguments - 1;
  std::string code = "probe_code_" + std::to_string(arity), slots;
  for (unsigned i = 0; i != arity; ++i)
    slots += ", i64";
  // Zero is a value of all but objects, of which a program's closure is not
  // called: the probes of lists are empty.
  declared.insert("llvm.func internal @" + code + "(%self: !llvm.ptr" +
                  [&] {
                    std::string params;
                    for (unsigned i = 0; i != arity; ++i)
                      params += ", %slot" + std::to_string(i) + ": i64";
                    return params;
                  }() +
                  ") -> i64 {\n  %zero = llvm.mlir.constant(0 : i64) : i64\n"
                  "  llvm.return %zero : i64\n}\n");
  declared.insert("llvm.func @plumb_new_closure(!llvm.ptr, i32, !llvm.ptr) -> "
                  "!llvm.ptr\n");
  std::string lines = "%$_code = llvm.mlir.addressof @" + code +
                      " : !llvm.ptr\n"
                      "  %$_none = arith.constant 0 : i32\n"
                      "  %$_kinds = llvm.mlir.zero : !llvm.ptr\n"
                      "  %$_raw = llvm.call @plumb_new_closure(%$_code, "
                      "%$_none, %$_kinds) : (!llvm.ptr, i32, !llvm.ptr) -> "
                      "!llvm.ptr\n";
  return replaceAll(lines, "$_", (name + "_").str()) + castTo(name, type);
}

/// By a row of the family that gives such an object: Map.new().
std::optional<std::string> Probes::makeByRow(const plumb_intr_type &type,
                                             StringRef name) {
  for (const plumb_intr_row &row : rows(family)) {
    if (kindOf(row.result) != Kind::Object ||
        StringRef(row.result->name) != type.name || mayFail(row) ||
        resultTypes(row).size() != 1 || !inUse.insert(&row).second)
      continue;
    auto done = scope_exit([&] { inUse.erase(&row); });
    std::string lines;
    std::vector<std::string> values, types;
    bool isWhole = true;
    for (const plumb_intr_param &p : params(row)) {
      std::string argument = (name + "_" + p.name).str();
      std::optional<std::string> made =
          isOperand(p) ? make(*p.type, argument) : std::nullopt;
      if (!made) {
        isWhole = false;
        break;
      }
      lines += *made + "\n  ";
      values.push_back("%" + argument);
      types.push_back(concreteMlir(*p.type));
    }
    if (isWhole)
      return lines + ("%" + name + " = intr.call \"" + row.name + "\"(" +
                      join(values, ", ") + ") : (" + join(types, ", ") +
                      ") -> " + concreteMlir(type))
                         .str();
  }
  return std::nullopt;
}

std::optional<std::string> Probes::makeObject(const plumb_intr_type &type,
                                              StringRef name) {
  for (const Maker &maker : makers)
    if (maker.object == type.name && maker.arity == type.num_arguments) {
      declared.insert(maker.declaration.str());
      std::string lines =
          replaceAll(maker.lines.str(), "$_", (name + "_").str());
      for (auto [index, argument] : enumerate(arguments(type)))
        lines = replaceAll(lines, "$" + std::to_string(index),
                           std::to_string(int(valueKindOf(*argument))));
      return lines + castTo(name, type);
    }
  return makeByRow(type, name);
}

std::optional<std::string> Probes::make(const plumb_intr_type &type,
                                        StringRef name) {
  Kind kind = kindOf(type);
  if (kind == Kind::Object)
    return makeObject(type, name);
  if (kind == Kind::Function)
    return makeClosure(type, name);
  std::string text =
      infoOf(kind == Kind::Variable ? Kind::Int64 : kind)->probe.str();
  if (type.arg_attrs & PLUMB_INTR_ATTR_NONNULL && kind == Kind::Handle)
    // A token that no runtime has given out.
    text = "$_result_bits = arith.constant 1 : i64\n"
           "  $_result_slot = intr.pack $_result_bits : i64\n"
           "  $_result = intr.unpack $_result_slot : $_type";
  return replaceAll(replaceAll(text, "$_result", ("%" + name).str()), "$_type",
                    type.mlir);
}

std::string Probes::functions() const {
  std::string text;
  for (const std::string &one : declared)
    text += one;
  return text;
}
