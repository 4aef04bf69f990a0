//===- RecordSignature.cpp - The C function that a record promises --------===//

#include "tools/plumb-abi/readers/RecordSignature.h"
#include "plumb/Model/Layout.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

static const CType *alias(CTypes &types, StringRef name, const CType *target) {
  CType &made = types.make(CKind::Alias, name);
  made.target = target;
  return &made;
}

const CType *RecordSignatures::constPointer(const CType *pointee) {
  CType &qualified = types.make(CKind::Const);
  qualified.target = pointee;
  return types.makePointer(&qualified);
}

const CType *RecordSignatures::makeInteger(const plumb_intr_type &type) {
  unsigned bits = model::sizeInMemory(type.llvm) * 8;
  StringRef c = type.c;
  const model::KindInfo &kind = *model::infoOf(type);
  bool isUnsigned =
      kind.may(model::IsUnsigned) || c.starts_with("u") || c == "size_t";
  // A slot is any 64 bits.
  bool isSlot =
      kind.kind == model::Kind::Slot || kind.kind == model::Kind::Variable;
  CSign sign = isSlot       ? CSign::Unknown
               : isUnsigned ? CSign::Unsigned
                            : CSign::Signed;
  return types.makeInt(bits, sign, type.c);
}

const CType *RecordSignatures::makeEnum(const plumb_intr_type &type) {
  const plumb_intr_enum &e = *type.enumeration;
  const CType &under = strip(this->type(*e.type));
  CType &made = types.make(CKind::Int, e.c_name);
  made.bits = under.bits;
  made.sign = under.sign;
  made.isEnum = true;
  for (const plumb_intr_case &c : ArrayRef(e.cases, e.num_cases))
    made.enumerators.push_back({c.name, c.value});
  return alias(types, e.c_name, &made);
}

RecordSignatures::RecordSignatures(CTypes &types,
                                   const plumb_intr_family &family)
    : types(types) {
  for (const plumb_intr_struct *s :
       ArrayRef(family.structs, family.num_structs)) {
    StringRef name = s->c_name;
    name.consume_front("struct ") || name.consume_front("union ");
    structs[name] = s;
  }
  for (const plumb_intr_type *type : ArrayRef(family.types, family.num_types))
    if (model::kindOf(type) == model::Kind::Handle)
      handles[type->c] = type;
}

bool plumb::abi::isOpaqueStorage(const plumb_intr_struct &s) {
  return s.num_fields == 1 && s.fields->is_array &&
         StringRef(s.fields->name) == opaqueField;
}

const CType *RecordSignatures::makeStruct(const plumb_intr_struct &s) {
  const CType *&known = made[&s];
  if (known)
    return known;
  StringRef name = s.c_name;
  name.consume_front("struct ") || name.consume_front("union ");
  CType &fresh = types.make(s.is_union ? CKind::Union : CKind::Struct, name);
  // What is inside of storage that a record does not name is nobody's business.
  fresh.isComplete = !isOpaqueStorage(s);
  fresh.size = s.size;
  const CType *named = alias(types, s.c_name, &fresh);
  known = named; // `made` may grow
  for (const plumb_intr_field &f : ArrayRef(s.fields, s.num_fields)) {
    CField field = {f.name, this->type(*f.type), f.offset};
    if (f.is_array) {
      CType &array = types.make(CKind::Array);
      array.target = field.type;
      array.count = f.count;
      array.size = uint64_t(model::sizeOf(*f.type)) * f.count;
      field.type = &array;
    }
    if (f.bits) {
      field.isBitField = true;
      field.bits = f.bits;
      field.firstBit = 8 * uint64_t(f.offset) + f.first_bit;
      field.offset = *field.firstBit / 8;
    }
    fresh.fields.push_back(field);
  }
  return named;
}

/// The struct of the family that a pointee is spelled as, with its fields.
const CType *RecordSignatures::known(const CType *pointee) {
  if (!pointee)
    return nullptr;
  const CType &plain = strip(*pointee);
  if (plain.kind == CKind::Other)
    if (const plumb_intr_type *handle = handles.lookup(plain.name))
      return type(*handle);
  bool mayBe = plain.kind == CKind::Struct || plain.kind == CKind::Other;
  const plumb_intr_struct *structure =
      mayBe ? structs.lookup(plain.name) : nullptr;
  if (!structure)
    return pointee;
  const CType *whole = makeStruct(*structure);
  if (pointee->kind != CKind::Const)
    return whole;
  CType &qualified = types.make(CKind::Const);
  qualified.target = whole;
  return &qualified;
}

/// `const plumb_str *`: a length and the data after it.
const CType *RecordSignatures::makeText(const plumb_intr_type &type) {
  StringRef name = type.c;
  name.consume_front("const ");
  name = name.take_until([](char c) { return c == ' ' || c == '*'; });
  CType &made = types.make(CKind::Struct, name);
  made.isComplete = true;
  made.size = 8;
  made.fields.push_back(
      {"len", types.makeInt(64, CSign::Unsigned, "uint64_t"), 0});
  CType &data = types.make(CKind::Array);
  data.target = types.makeInt(8, CSign::Unsigned, "uint8_t");
  made.fields.push_back({"data", &data, 8});
  return constPointer(alias(types, name, &made));
}

const CType *plumb::abi::parsePointee(CTypes &types, StringRef spelling) {
  spelling = spelling.trim();
  if (!spelling.consume_back("*")) // a typedef of a pointer
    return nullptr;
  spelling = spelling.trim();
  if (spelling.ends_with(" const") || spelling.ends_with("*const"))
    spelling = spelling.drop_back(5).trim();
  if (spelling.ends_with("*"))
    return types.makePointer(parsePointee(types, spelling));
  bool isConst = spelling.consume_front("const ");
  spelling = spelling.trim();
  auto integer = [&](unsigned bits, CSign sign) {
    return types.makeInt(bits, sign, spelling);
  };
  const CType *made = nullptr;
  if (spelling.consume_front("struct ")) {
    made = &types.make(CKind::Struct, spelling.trim());
  } else if (spelling.consume_front("union ")) {
    made = &types.make(CKind::Union, spelling.trim());
  } else if (spelling == "void") {
    made = types.makeVoid();
  } else if (spelling == "bool" || spelling == "_Bool") {
    CType &type = types.make(CKind::Bool, spelling);
    type.bits = 8;
    made = &type;
  } else if (spelling == "float" || spelling == "double") {
    CType &type = types.make(CKind::Float, spelling);
    type.bits = spelling == "float" ? 32 : 64;
    made = &type;
  } else if (int bits =
                 StringSwitch<int>(spelling)
                     .Cases({"char", "signed char", "int8_t"}, 8)
                     .Cases({"short", "int16_t"}, 16)
                     .Cases({"int", "int32_t"}, 32)
                     .Cases({"long", "long long", "int64_t", "ptrdiff_t",
                             "ssize_t"},
                            64)
                     .Cases({"unsigned char", "uint8_t"}, -8)
                     .Cases({"unsigned short", "uint16_t"}, -16)
                     .Cases({"unsigned", "unsigned int", "uint32_t"}, -32)
                     .Cases({"unsigned long", "unsigned long long", "uint64_t",
                             "size_t"},
                            -64)
                     .Default(0)) {
    made = integer(std::abs(bits), bits < 0 ? CSign::Unsigned : CSign::Signed);
  } else {
    // A typedef that only the runtime's headers explain.
    made = &types.make(CKind::Other, spelling);
  }
  if (!isConst)
    return made;
  CType &qualified = types.make(CKind::Const);
  qualified.target = made;
  return &qualified;
}

const CType *RecordSignatures::type(const plumb_intr_type &type) {
  const CType *&known = made[&type];
  if (known)
    return known;
  const CType *fresh = make(type);
  return made[&type] = fresh;
}

const CType *RecordSignatures::make(const plumb_intr_type &type) {
  if (type.structure)
    return makeStruct(*type.structure);
  if (type.enumeration)
    return makeEnum(type);
  switch (type.llvm) {
  case PLUMB_INTR_LLVM_VOID:
    return types.makeVoid();
  case PLUMB_INTR_LLVM_I1: {
    CType &made = types.make(CKind::Bool, "bool");
    made.bits = 8;
    return &made;
  }
  case PLUMB_INTR_LLVM_F32:
  case PLUMB_INTR_LLVM_F64: {
    CType &made = types.make(CKind::Float, type.c);
    made.bits = type.llvm == PLUMB_INTR_LLVM_F32 ? 32 : 64;
    return &made;
  }
  case PLUMB_INTR_LLVM_I8:
  case PLUMB_INTR_LLVM_I16:
  case PLUMB_INTR_LLVM_I32:
  case PLUMB_INTR_LLVM_I64:
    return makeInteger(type);
  case PLUMB_INTR_LLVM_PTR:
  case PLUMB_INTR_LLVM_STRUCT:
    break;
  }
  const model::KindInfo &kind = *model::infoOf(type);
  // The environment of a callback is a slot for the program only.
  if (kind.kind == model::Kind::Environment)
    return types.makePointer(types.makeVoid());
  if (kind.may(model::AsSpan))
    return makeText(type);
  CType &pointer = types.make(CKind::Pointer);
  if (kind.kind == model::Kind::Handle) {
    pointer.isOpaque = true;
    return alias(types, type.c, &pointer);
  }
  pointer.target = known(parsePointee(types, type.c));
  return &pointer;
}

const CType *RecordSignatures::part(const plumb_intr_param &param,
                                    model::Part part) {
  switch (part) {
  case model::Part::Value:
    return type(*param.type);
  case model::Part::Data:
    return constPointer(types.makeInt(8, CSign::Unsigned, "uint8_t"));
  case model::Part::Length:
    return types.makeInt(64, CSign::Unsigned, "size_t");
  case model::Part::ConstPointer:
    return constPointer(type(*param.type));
  case model::Part::ResultPointer:
    return types.makePointer(type(*param.type));
  case model::Part::Function: {
    CType &function = types.make(CKind::Function);
    function.function = &of(*param.callback);
    return alias(types, param.callback->c_name, types.makePointer(&function));
  }
  case model::Part::Environment:
    return types.makePointer(types.makeVoid());
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

void RecordSignatures::append(CSignature &signature,
                              const plumb_intr_param &param) {
  for (const model::CPart &each : model::infoOf(param.passing).parts)
    signature.params.push_back(
        {param.name + each.suffix.str(), part(param, each.part)});
}

const CSignature &RecordSignatures::of(const plumb_intr_callback &callback) {
  CSignature &made = types.makeSignature();
  made.result = callback.result ? type(*callback.result) : types.makeVoid();
  for (const plumb_intr_param &param :
       ArrayRef(callback.params, callback.num_params))
    append(made, param);
  if (callback.environment <= made.params.size())
    made.params.insert(made.params.begin() + callback.environment,
                       {"env", types.makePointer(types.makeVoid())});
  return made;
}

const CSignature &RecordSignatures::of(const plumb_intr_row &row) {
  CSignature &made = types.makeSignature();
  made.result = row.result ? type(*row.result) : types.makeVoid();
  for (const plumb_intr_param &param : ArrayRef(row.params, row.num_params))
    append(made, param);
  for (const char *variable : model::variables(row))
    made.params.push_back({model::kindParameter(variable),
                           types.makeInt(32, CSign::Signed, "int32_t")});
  made.isVariadic = row.flags & PLUMB_INTR_ROW_VARIADIC;
  made.cc = row.cc;
  return made;
}
