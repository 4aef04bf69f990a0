//===- RuntimeEmitter.cpp - What holds a runtime to its records -----------===//
//
// A body is written once, as `PLUMB_BODY(ws, join) { ... }`: the signature is
// the record's. The C function around it contains exceptions and traces.
//
//===----------------------------------------------------------------------===//

#include "Emitters.h"
#include "plumb/Model/Layout.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// A body is a function of a class of its own: compilers show the class when
/// one is written with another signature, and take none for an overload.
void plumb::tblgen::emitBodies(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the bodies that its runtime writes", os);
  constexpr StringLiteral continued = " \\\n  ";
  os << "#pragma once\n\n#include \"" << family.get().header
     << "\"\n\n#ifndef PLUMB_BODY\n"
     << "/// Starts the definition of an intrinsic's body; the parameters have "
        "the record's\n/// names. A body may throw: the caller gets the value "
        "that the result's kind has\n/// for failure.\n"
     << "#define PLUMB_BODY(FAMILY, NAME)" << continued
     << "PLUMB_BODY_OF(FAMILY, NAME, PLUMB_BODY_##FAMILY##_##NAME)\n"
     << "#define PLUMB_BODY_OF(FAMILY, NAME, ...)" << continued
     << "PLUMB_BODY_PICK(FAMILY, NAME, __VA_ARGS__)\n"
     << "// A known body is two arguments at least.\n"
     << "#define PLUMB_BODY_PICK(FAMILY, NAME, MARK, ...)" << continued
     << "__VA_OPT__(__VA_ARGS__) "
        "PLUMB_BODY_UNKNOWN##__VA_OPT__(_NOT)(FAMILY, NAME)\n"
     << "#define PLUMB_BODY_UNKNOWN(FAMILY, NAME)" << continued
     << "static_assert(false, \"no record of family '\" #FAMILY \"' is an "
        "intrinsic '\" #NAME \"'; \""
     << continued << "\"write its record first\"); void no_record_of_##NAME()\n"
     << "#define PLUMB_BODY_UNKNOWN_NOT(FAMILY, NAME)\n#endif\n\n";
  for (const plumb_intr_row &row : rows(family.get())) {
    // Nothing can pass `...` on: its C function is the body.
    if (isVariadic(row))
      continue;
    std::string head = cResult(row.result), tail = "(" + cParams(row) + ")";
    os << "namespace plumb::rt::" << family.get().name << " {\n/// "
       << row.summary << ".\nstruct " << plainName(row.name) << " { "
       << (comesBack(row) ? "" : "[[noreturn]] ") << "static " << head << "body"
       << tail << "; };\n}\n#define PLUMB_BODY_" << family.get().name << "_"
       << plainName(row.name) << " ~, " << head
       << "plumb::rt::" << family.get().name << "::" << plainName(row.name)
       << "::body" << tail << "\n\n";
  }
}

void plumb::tblgen::emitGuards(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the C functions of its runtime", os);
  os << "#include \"plumb/" << family.get().name << ".bodies.h\"\n"
     << "#include \"plumb/Runtime/Guard.h\"\n"
     << "#include \"plumb/" << family.get().name << ".asserts.h\"\n\n";
  for (const plumb_intr_row &row : rows(family.get())) {
    if (isVariadic(row))
      continue;
    os << "extern \"C\" " << cResult(row.result) << row.symbol << "("
       << cParams(row) << ") noexcept {\n";
    std::string call =
        ("plumb::rt::" + Twine(family.get().name) + "::" + plainName(row.name) +
         "::body(" + cArguments(row) + ");")
            .str();
    if (!comesBack(row)) {
      // Nothing stands around it that would be left out.
      os << "  if (plumb::rt::traceIsOn())\n    plumb::rt::traceVoid("
         << cString(row.source_name) << ");\n  " << call << "\n}\n\n";
      continue;
    }
    os << "  return plumb::rt::guard";
    if (isErased(row.result))
      os << "OrFail<" << StringRef(cResult(row.result)).rtrim() << ">("
         << cString(row.source_name) << ", plumb_fail";
    else if (row.result)
      os << "<" << StringRef(cResult(row.result)).rtrim() << ">("
         << cString(row.source_name) << ", "
         << infoOf(*row.result)->onException;
    else
      os << "Void(" << cString(row.source_name);
    os << ", [&] { return " << call << " });\n}\n\n";
  }
}

/// Text for a message, without what would end a string literal.
static std::string replaceQuotes(std::string text) {
  std::replace(text.begin(), text.end(), '"', '\'');
  return text;
}

static void emitLayout(const plumb_intr_struct &s, StringRef assertion,
                       raw_ostream &os) {
  for (const plumb_intr_field &f : fields(s)) {
    if (f.bits) // C does not say where one is; the size of all shows it
      continue;
    os << assertion << "(offsetof(" << s.c_name << ", " << f.name
       << ") == " << f.offset;
    if (f.count) // a flexible array has no size
      os << " && sizeof(((" << s.c_name << " *)0)->" << f.name
         << ") == " << uint64_t(sizeOf(*f.type)) * f.count;
    os << ", \"field '" << f.name << "' of " << s.name
       << " is at another place in C than in compiled code\");\n";
  }
}

void plumb::tblgen::emitLayouts(const Family &family, StringRef assertion,
                                raw_ostream &os) {
  for (const NamedType &named : family.types) {
    const plumb_intr_type *type = named.type;
    os << assertion << "(sizeof(" << type->c << ") == " << sizeOf(*type)
       << ", \"" << StringRef(replaceQuotes(type->mlir)) << " is "
       << spell(type->llvm) << " in compiled code but " << type->c
       << " has another size in C\");\n";
  }
  for (const plumb_intr_struct *s : family.structs)
    emitLayout(*s, assertion, os);
}

/// Not a tautology: the left side is what the compiler makes of the header, the
/// right side is what the LLVM declaration says.
void plumb::tblgen::emitAsserts(const Family &family, raw_ostream &os) {
  emitBanner(family, "//",
             "its C types have the sizes that compiled code assumes", os);
  os << "#pragma once\n\n#include \"" << family.get().header
     << "\"\n#ifdef __cplusplus\n#include <type_traits>\n#else\n#include "
        "<assert.h>\n#endif\n\n";
  emitLayouts(family, "static_assert", os);
  os << "\n#ifdef __cplusplus\n";
  for (const plumb_intr_row &row : rows(family.get()))
    os << "static_assert(std::is_same_v<decltype(&" << row.symbol << "), "
       << cResult(row.result) << "(" << cConvention(row) << "*)("
       << cParams(row) << ") noexcept>,\n              \"" << row.symbol
       << " is declared with another type than record '" << row.name
       << "' has\");\n";
  os << "#endif\n";
}

void plumb::tblgen::emitExports(const Family &family, raw_ostream &os) {
  emitBanner(family, "#", "the symbols that its runtime exports", os);
  os << "PLUMB_" << StringRef(family.get().name).upper() << "_1 {\n  global:\n";
  for (const plumb_intr_row &row : rows(family.get()))
    os << "    " << row.symbol << ";\n";
  os << "    plumb_abi_" << family.get().name << ";\n";
  os << "};\n";
}

void plumb::tblgen::emitJitTable(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the addresses that a JIT links to", os);
  os << "#include \"plumb-c/Descriptor.h\"\n#include \"" << family.get().header
     << "\"\n\nextern \"C\" const plumb_intr_symbol plumb_symbols_"
     << family.get().name << "[] = {\n";
  for (const plumb_intr_row &row : rows(family.get()))
    os << "    {" << cString(row.symbol) << ", reinterpret_cast<void *>(&"
       << row.symbol << ")},\n";
  // A zero row ends it: no second symbol for the size can go out of step.
  os << "    {nullptr, nullptr}};\n";
}
