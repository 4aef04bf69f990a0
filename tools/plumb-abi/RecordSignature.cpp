//===- RecordSignature.cpp - The C function that a record promises --------===//

#include "RecordSignature.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;
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
  static constexpr unsigned widths[] = {8, 16, 32, 64};
  unsigned bits = widths[type.llvm - PLUMB_INTR_LLVM_I8];
  StringRef c = type.c, kind = type.kind;
  bool isUnsigned = type.arg_attrs & PLUMB_INTR_ATTR_ZEROEXT ||
                    c.starts_with("u") || c == "size_t" ||
                    kind.starts_with("uint");
  // A slot is any 64 bits.
  CSign sign = kind == "slot" ? CSign::Unknown
               : isUnsigned   ? CSign::Unsigned
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

const CType *RecordSignatures::makeStruct(const plumb_intr_type &type) {
  const plumb_intr_struct &s = *type.structure;
  CType &made = types.make(CKind::Struct, s.c_name);
  made.isComplete = true;
  made.size = s.size;
  for (const plumb_intr_field &f : ArrayRef(s.fields, s.num_fields))
    made.fields.push_back({f.name, this->type(*f.type), f.offset});
  return alias(types, s.c_name, &made);
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
    return makeStruct(type);
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
    // The environment of a callback is a slot for the program only.
    if (StringRef(type.kind) == "environment")
      return types.makePointer(types.makeVoid());
    return makeInteger(type);
  case PLUMB_INTR_LLVM_PTR:
  case PLUMB_INTR_LLVM_STRUCT:
    break;
  }
  StringRef kind = type.kind;
  if (kind == "environment")
    return types.makePointer(types.makeVoid());
  if (kind == "text" || kind == "bytes")
    return makeText(type);
  CType &pointer = types.make(CKind::Pointer);
  if (kind == "handle") {
    pointer.isOpaque = true;
    return alias(types, type.c, &pointer);
  }
  pointer.target = parsePointee(types, type.c);
  return &pointer;
}

void RecordSignatures::append(CSignature &signature,
                              const plumb_intr_param &param) {
  auto add = [&](const Twine &name, const CType *type) {
    signature.params.push_back({name.str(), type});
  };
  switch (param.passing) {
  case PLUMB_INTR_PASS_DIRECT:
  case PLUMB_INTR_PASS_OPTIONS:
    return add(param.name, type(*param.type));
  case PLUMB_INTR_PASS_SPAN:
    add(param.name, constPointer(types.makeInt(8, CSign::Unsigned, "uint8_t")));
    return add(Twine(param.name) + "_len",
               types.makeInt(64, CSign::Unsigned, "size_t"));
  case PLUMB_INTR_PASS_POINTER:
    return add(param.name, constPointer(type(*param.type)));
  case PLUMB_INTR_PASS_OUT:
    return add(param.name, types.makePointer(type(*param.type)));
  case PLUMB_INTR_PASS_CALLBACK:
  case PLUMB_INTR_PASS_FUNCTION: {
    CType &function = types.make(CKind::Function);
    function.function = &of(*param.callback);
    add(param.name,
        alias(types, param.callback->c_name, types.makePointer(&function)));
    if (param.passing == PLUMB_INTR_PASS_CALLBACK)
      add(Twine(param.name) + "_env", types.makePointer(types.makeVoid()));
    return;
  }
  }
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
  made.isVariadic = row.flags & PLUMB_INTR_ROW_VARIADIC;
  made.cc = row.cc;
  return made;
}
