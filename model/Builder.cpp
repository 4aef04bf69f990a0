//===- Builder.cpp - Names, statuses, and the finished family -------------===//

#include "model/Builder.h"
#include "model/TakenNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

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

void FamilyBuilder::checkCName(Place at, const Twine &what, StringRef name) {
  if (!isIdentifier(name))
    fault(at, what + " '" + name +
                  "' is not an identifier: letters, digits and _, not "
                  "starting with a digit");
}

void FamilyBuilder::checkName(Place at, StringRef what, StringRef name) {
  checkCName(at, what, name);
  if (isWordOfC(name))
    fault(at, what + " '" + name +
                  "' is a word that C, C++ or the generated code keeps for "
                  "itself; choose another");
}

/// Of a parameter or field.
void FamilyBuilder::checkPlainName(Place at, const char *name,
                                   const char *owner) {
  if (looksReservedInC(name))
    fault(at, "'" + Twine(name) + "' in '" + owner +
                  "' has the form of a macro of C, or of a word that its "
                  "compilers keep for themselves; choose another");
  else if (isTypeOfC(name))
    fault(at, "'" + Twine(name) + "' in '" + owner +
                  "' would hide a type of C; choose another");
  plainNames.push_back({at, name, owner});
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

void FamilyBuilder::takeCName(Place at, const Twine &what, StringRef name) {
  if (isTypeOfC(name) || isWordOfC(name) || isMacroOfOurHeaders(name))
    return fault(at, what + " is '" + name +
                         "' in C, which C keeps for itself; choose another "
                         "name");
  std::string words = what.str();
  auto [it, isNew] = cNames.try_emplace(name, std::pair(at, words));
  // What is there twice of one kind is told by who looks for that.
  if (!isNew && it->second.second != words)
    fault(at,
          words + " and " + it->second.second + " are both '" + name +
              "' in C; rename one",
          it->second.first);
}

void FamilyBuilder::checkHiddenTypes() {
  for (const PlainName &plain : plainNames) {
    auto taken = cNames.find(plain.name);
    // A function may be hidden: none is called there.
    if (taken != cNames.end() &&
        !StringRef(taken->second.second).starts_with("intrinsic"))
      fault(plain.at,
            "'" + Twine(plain.name) + "' in '" + plain.owner + "' would hide " +
                taken->second.second + " in C; choose another",
            taken->second.first);
  }
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
  if (isTakenByFamilies(made.name))
    fault(at, "family '" + Twine(made.name) +
                  "' would be a namespace of C++ or a dialect of MLIR that is "
                  "there already; choose another name");
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
  takeCName(at, "status '" + Twine(status.name) + "'", status.c_name);
  ownStatuses.push_back(status);
}

//===----------------------------------------------------------------------===//
// The family
//===----------------------------------------------------------------------===//

std::unique_ptr<Family> FamilyBuilder::finish() {
  plumb_intr_family &made = family->descriptor;
  checkHiddenTypes();
  if (!ownStatuses.empty())
    takeCName(nullptr, "the list of statuses",
              family->macroPrefix + "STATUSES");
  if (!ownOptions.empty())
    takeCName(nullptr, "the list of options", family->macroPrefix + "OPTIONS");
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
    return kind == Kind::Environment || kind == Kind::CString ||
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
  set(ownConstants, made.constants, made.num_constants);
  set(ownCallbacks, made.callbacks, made.num_callbacks);
  set(ownRows, made.rows, made.num_rows);
  return std::move(family);
}
