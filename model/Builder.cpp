//===- Builder.cpp - Names, statuses, and the finished family -------------===//

#include "model/Builder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::model;

FamilyBuilder::FamilyBuilder(ReportFault report)
    : report(std::move(report)), family(std::make_unique<Family>()) {}

const char *FamilyBuilder::save(const Twine &text) {
  return family->strings.save(text).data();
}

void FamilyBuilder::fault(Place at, const Twine &message, Place other) {
  failed = true;
  report(at, message, other);
}

//===----------------------------------------------------------------------===//
// Names and texts
//===----------------------------------------------------------------------===//

bool plumb::model::isIdentifier(StringRef name) {
  return !name.empty() && !isDigit(name.front()) &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

/// Parameter names become C and C++ parameter names.
static bool isReservedWord(StringRef name) {
  static const StringSet<> words = {
      "auto",     "bool",     "break",    "case",    "catch",    "char",
      "class",    "const",    "continue", "default", "delete",   "do",
      "double",   "else",     "enum",     "env",     "explicit", "export",
      "extern",   "false",    "float",    "for",     "friend",   "goto",
      "if",       "inline",   "int",      "long",    "mutable",  "namespace",
      "new",      "operator", "private",  "public",  "register", "return",
      "short",    "signed",   "sizeof",   "static",  "struct",   "switch",
      "template", "this",     "throw",    "true",    "try",      "typedef",
      "union",    "unsigned", "using",    "virtual", "void",     "volatile",
      "while"};
  return words.contains(name);
}

void FamilyBuilder::checkCName(Place at, const Twine &what, StringRef name) {
  if (!isIdentifier(name))
    fault(at, what + " '" + name +
                  "' is not an identifier: letters, digits and _, not "
                  "starting with a digit");
}

void FamilyBuilder::checkName(Place at, StringRef what, StringRef name) {
  checkCName(at, what, name);
  if (isReservedWord(name))
    fault(at, what + " '" + name +
                  "' is a word that C, C++ or the generated code keeps for "
                  "itself; choose another");
}

void FamilyBuilder::checkQualified(Place at, StringRef what, StringRef name) {
  auto [owner, plain] = name.split('.');
  if (!isIdentifier(owner) || !name.contains('.'))
    fault(at, what + " '" + name + "' is not of the form " + names().name +
                  ".something");
  else
    checkName(at, what, plain);
}

void FamilyBuilder::checkText(Place at, const Twine &what, StringRef field,
                              StringRef text) {
  if (text.trim().empty())
    fault(at, what + " has no " + field + ", which becomes documentation");
}

void FamilyBuilder::checkTwice(Seen &seen, Place at, const Twine &what,
                               StringRef name) {
  auto [it, isNew] = seen.try_emplace(name, at);
  if (!isNew)
    fault(at, what + " '" + name + "' is there twice", it->second);
}

void FamilyBuilder::begin(Place at, const plumb_intr_family &names) {
  plumb_intr_family &made = family->descriptor;
  made.version = PLUMB_INTR_DESCRIPTOR_VERSION;
  made.struct_size = sizeof(plumb_intr_family);
  made.name = names.name;
  made.module = names.module;
  made.summary = names.summary;
  made.description = names.description;
  made.header = names.header;
  checkName(at, "family", made.name);
  std::string what = std::string("family '") + made.name + "'";
  checkText(at, what, "module", made.module);
  checkText(at, what, "summary", made.summary);
}

//===----------------------------------------------------------------------===//
// Statuses
//===----------------------------------------------------------------------===//

void FamilyBuilder::checkCode(Place at, const plumb_intr_status &status) {
  // Codes of other families count too: a status does not say whose it is.
  auto [it, isNew] = codes.try_emplace(status.code, std::pair(at, status.name));
  if (!isNew)
    fault(at,
          "code " + Twine(status.code) + " of status '" + status.name +
              "' is taken by '" + it->second.second + "'",
          it->second.first);
}

void FamilyBuilder::addForeignStatus(Place at,
                                     const plumb_intr_status &status) {
  codes.try_emplace(status.code, std::pair(at, status.name));
}

void FamilyBuilder::addStatus(Place at, const plumb_intr_status &status) {
  checkCode(at, status);
  if (status.code > 0)
    fault(at, "code " + Twine(status.code) + " of status '" + status.name +
                  "' is positive; errors are negative, 0 is success");
  checkQualified(at, "status", status.name);
  if (isIdentifier(plainName(status.name)))
    checkCName(at, "C name of a status", status.c_name);
  checkTwice(statusNames, at, "status", status.name);
  ownStatuses.push_back(status);
}

//===----------------------------------------------------------------------===//
// The family
//===----------------------------------------------------------------------===//

std::unique_ptr<Family> FamilyBuilder::finish() {
  plumb_intr_family &made = family->descriptor;
  llvm::sort(ownStatuses,
             [](const plumb_intr_status &a, const plumb_intr_status &b) {
               return a.code > b.code;
             });
  llvm::sort(family->types, [](const NamedType &a, const NamedType &b) {
    return StringRef(a.id) < b.id;
  });
  // What the family brings into MLIR, each by the type's own record, and not by
  // one that says something more about it.
  std::vector<const plumb_intr_type *> ownTypes;
  std::string prefix = std::string("!") + made.name + ".";
  auto saysMore = [](const plumb_intr_type &type) {
    Kind kind = kindOf(type);
    return kind == Kind::Environment ||
           (kind == Kind::Handle && type.arg_attrs & PLUMB_INTR_ATTR_NONNULL);
  };
  for (bool more : {false, true})
    for (const NamedType &t : family->types)
      if (t.isOwn && saysMore(*t.type) == more && !t.type->structure &&
          StringRef(t.type->mlir).starts_with(prefix) &&
          none_of(ownTypes, [&](const plumb_intr_type *other) {
            return StringRef(other->mlir) == t.type->mlir;
          }))
        ownTypes.push_back(t.type);
  auto set = [&](auto &items, auto &pointer, uint32_t &size) {
    auto kept = keep(ArrayRef(items));
    pointer = kept.empty() ? nullptr : kept.data();
    size = kept.size();
  };
  set(ownTypes, made.types, made.num_types);
  set(ownEnums, made.enums, made.num_enums);
  set(ownStructs, made.structs, made.num_structs);
  set(ownStatuses, made.statuses, made.num_statuses);
  set(ownOptions, made.options, made.num_options);
  set(ownCallbacks, made.callbacks, made.num_callbacks);
  set(ownRows, made.rows, made.num_rows);
  return std::move(family);
}
