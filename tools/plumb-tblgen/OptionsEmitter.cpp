//===- OptionsEmitter.cpp - options and statuses for a runtime in C++ -----===//
//
// What the runtime knows of a family's options without its C interface: a
// struct, which the layers below that interface may include.
//
//===----------------------------------------------------------------------===//

#include "Emitters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// "QueuePolicy" of "queue_policy".
static std::string inCamelCase(StringRef name) {
  return convertToCamelFromSnakeCase(name, /*capitalizeFirst=*/true);
}

static void emitEnum(const plumb_intr_option &o, raw_ostream &os) {
  os << "  enum class " << inCamelCase(o.name) << " : uint8_t { "
     << join(map_range(choices(o), inCamelCase), ", ") << " };\n";
}

static void emitMember(const plumb_intr_option &o, raw_ostream &os) {
  os << "  /// " << o.doc << "\n";
  if (o.kind == PLUMB_INTR_OPTION_INTEGER)
    os << "  int64_t " << o.name << " = " << cInteger(o.integer) << "; // "
       << o.unit << "\n";
  else if (o.kind == PLUMB_INTR_OPTION_TEXT)
    os << "  std::string " << o.name << " = " << cString(o.text) << ";\n";
  else
    os << "  " << inCamelCase(o.name) << " " << o.name << " = "
       << inCamelCase(o.name) << "::" << inCamelCase(o.text) << ";\n";
}

void plumb::tblgen::emitOptionStruct(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "Options as a struct of C++", os);
  os << "// To be included in a namespace, behind <cstdint> and <string>.\n\n"
        "struct Options {\n"
        "  // The words of a choice, in their order.\n";
  for (const plumb_intr_option &o : options(family.get()))
    if (o.kind == PLUMB_INTR_OPTION_CHOICE)
      emitEnum(o, os);
  os << "\n";
  for (const plumb_intr_option &o : options(family.get()))
    emitMember(o, os);
  os << "};\n";
}

void plumb::tblgen::emitStatusRows(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "PLUMB_STATUS(code, name, message) for each", os);
  for (const plumb_intr_status &status : statuses(family.get()))
    os << "PLUMB_STATUS(" << cInteger(status.code) << ", "
       << cString(status.name) << ", " << cString(status.message) << ")\n";
}
