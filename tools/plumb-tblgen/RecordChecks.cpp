//===- RecordChecks.cpp - Names and texts of records ---------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

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

static bool isIdentifier(StringRef name) {
  return !name.empty() && !isDigit(name.front()) &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

std::string plumb::tblgen::dedent(StringRef text) {
  std::string result;
  SmallVector<StringRef> lines;
  text.trim().split(lines, '\n');
  for (StringRef line : lines)
    result += (result.empty() ? "" : "\n") + line.trim().str();
  return result;
}

void FamilyReader::requireText(const Record &def, StringRef field,
                               StringRef what) {
  std::optional<StringRef> text = def.getValueAsOptionalString(field);
  if (!text || text->trim().empty())
    error(def, what + " has no " + field + "; write `let " + field +
                   " = \"...\";`, it becomes documentation");
}

void FamilyReader::checkName(const Record &def, StringRef name,
                             StringRef what) {
  if (!isIdentifier(name))
    error(def, what + " '" + name +
                   "' is not an identifier: letters, digits and _, not "
                   "starting with a digit");
  else if (isReservedWord(name))
    error(def, what + " '" + name +
                   "' is a word that C, C++ or the generated code keeps for "
                   "itself; choose another");
}

void FamilyReader::checkUnique(StringMap<const Record *> &seen,
                               const Record &def, StringRef name,
                               const Twine &what) {
  auto [it, isNew] = seen.try_emplace(name, &def);
  if (isNew)
    return;
  error(def, what + " '" + name + "' of '" + def.getName() + "' is taken by '" +
                 it->second->getName() + "'");
  PrintNote(it->second->getLoc(), "the other record is here");
}

/// Nothing is generated of a row of another family that stands in this file: no
/// program could call it.
void FamilyReader::checkNotHere(const Record &def) {
  if (SrcMgr.FindBufferContainingLoc(def.getLoc().front()) !=
      SrcMgr.getMainFileID())
    return;
  error(def, "'" + def.getName() + "' is an intrinsic of family '" +
                 def.getValueAsDef("family")->getValueAsString("name") +
                 "' in the file of family '" + family->name +
                 "': no program could call it; make it Intrinsic<" +
                 familyRecord->getName() +
                 ", ...>, or move it to its family's file");
}

/// The row's name is that of its operation, whose dialect is the family's.
void FamilyReader::checkDialect(const Record &def, const Row &row) {
  StringRef dialect = def.getValueAsDef("opDialect")->getValueAsString("name");
  if (dialect != family->name)
    error(def, "intrinsic '" + row.opName + "' is an operation of dialect '" +
                   dialect + "': no program would find it as '" + row.opName +
                   "'; give it the dialect of family '" + family->name + "'");
}
