//===- ReadFamily.cpp - Records to model, with every check ----------------===//

#include "Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

namespace {

/// Errors are counted, never fatal: one run shows them all.
class FamilyReader {
public:
  explicit FamilyReader(const RecordKeeper &records)
      : records(records), family(std::make_unique<Family>()) {}

  std::unique_ptr<Family> read();

private:
  void error(const Record &at, const Twine &message) {
    PrintError(at.getLoc(), message);
    failed = true;
  }
  const Record *findFamily();
  void readTypes();
  void readCallbacks();
  void readStatuses();
  void readOptions();
  void readRow(const Record &def);
  void readEffects(const Record &def, Row &row);
  std::vector<Param> readParams(const Record &def, const DagInit *dag,
                                StringRef what);
  bool readParam(const Record &def, const Init *arg, StringRef name,
                 StringRef what, Param &param);
  const Type *readResult(const Record &def, StringRef what, std::string &name,
                         std::string &doc);
  const Type *typeOf(const Record &constraint);
  bool isOwn(const Record &def) {
    return def.getValueAsDef("family") == familyRecord;
  }
  void requireText(const Record &def, StringRef field, StringRef what);
  void checkName(const Record &def, StringRef name, StringRef what);
  void checkUnique(StringMap<const Record *> &seen, const Record &def,
                   StringRef name, StringRef what);

  const RecordKeeper &records;
  const Record *familyRecord = nullptr;
  std::unique_ptr<Family> family;
  DenseMap<const Record *, const Callback *> callbackOf;
  StringMap<const Record *> symbols, sourceNames, opNames;
  bool failed = false;
};

} // namespace

static const StringSet<> llvmTypes = {"ptr", "i1",  "i8",  "i16",
                                      "i32", "i64", "f32", "f64"};

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

/// Descriptions are indented as the record is; documentation wants them not.
static std::string dedent(StringRef text) {
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
                               StringRef what) {
  auto [it, isNew] = seen.try_emplace(name, &def);
  if (isNew)
    return;
  error(def, what + " '" + name + "' of '" + def.getName() + "' is taken by '" +
                 it->second->getName() + "'");
  PrintNote(it->second->getLoc(), "the other record is here");
}

const Record *FamilyReader::findFamily() {
  const Record *found = nullptr;
  for (const Record *def :
       records.getAllDerivedDefinitionsIfDefined("IntrinsicFamily")) {
    if (SrcMgr.FindBufferContainingLoc(def->getLoc().front()) !=
        SrcMgr.getMainFileID())
      continue;
    if (found) {
      error(*def, "a family file defines one IntrinsicFamily, and '" +
                      found->getName() + "' is one already");
      return nullptr;
    }
    found = def;
  }
  if (!found) {
    PrintError("the file defines no IntrinsicFamily; write `def X_Family : "
               "IntrinsicFamily { let name = \"x\"; ... }`");
    failed = true;
    return nullptr;
  }
  for (StringRef field : {"name", "module", "summary"})
    requireText(*found, field, "family '" + found->getName().str() + "'");
  return found;
}

const Type *FamilyReader::typeOf(const Record &constraint) {
  std::unique_ptr<Type> &slot = family->types[constraint.getName().str()];
  if (slot)
    return slot.get();
  slot = std::make_unique<Type>();
  const Record *kind = constraint.getValueAsDef("abiKind");
  slot->record = constraint.getName();
  slot->kind = kind->getValueAsString("kindName");
  slot->llvm = kind->getValueAsString("llvmType");
  slot->onException = kind->getValueAsString("onException");
  slot->probe = kind->getValueAsString("probe");
  slot->mlir = constraint.getValueAsString("mlirType");
  slot->c = constraint.getValueAsString("cType");
  slot->summary = constraint.getValueAsOptionalString("summary").value_or("");
  slot->isOwn = constraint.getValue("family") && isOwn(constraint);
  for (auto [field, list] : {std::pair("argAttrs", &slot->argAttrs),
                             std::pair("resultAttrs", &slot->resultAttrs)})
    for (const Record *attr : kind->getValueAsListOfDefs(field))
      list->push_back(attr->getValueAsString("attrName").str());
  if (!llvmTypes.contains(slot->llvm))
    error(constraint, "ABI kind '" + slot->kind + "' of type '" +
                          constraint.getName() + "' has LLVM type '" +
                          slot->llvm +
                          "'; it is one of ptr, i1, i8, i16, i32, i64, f32, "
                          "f64");
  if (slot->c.empty())
    error(constraint,
          "type '" + constraint.getName() + "' has no C type; give HasAbi one");
  return slot.get();
}

/// Names the constraint and the ones that can be used in its place.
static std::string noKind(const RecordKeeper &records, StringRef constraint) {
  std::string text =
      "type constraint '" + constraint.str() + "' has no ABI kind; use one of";
  ListSeparator comma;
  for (const Record *def : records.getAllDerivedDefinitions("HasAbi"))
    text += (StringRef(comma).empty() ? " " : ", ") + def->getName().str();
  return text;
}

bool FamilyReader::readParam(const Record &def, const Init *arg, StringRef name,
                             StringRef what, Param &param) {
  param.name = name;
  checkName(def, name, "parameter");
  const auto *defInit = dyn_cast<DefInit>(arg);
  if (!defInit) {
    error(def, "parameter '" + name + "' of " + what + " is not a record");
    return false;
  }
  const Record *constraint = defInit->getDef();
  if (constraint->isSubClassOf("OpVariable")) {
    param.doc = constraint->getValueAsString("summary");
    constraint = constraint->getValueAsDef("constraint");
  }
  if (constraint->isSubClassOf("HasCallback")) {
    const Record *cb = constraint->getValueAsDef("callback");
    param.callback = callbackOf.lookup(cb);
    param.isOptional = constraint->getValueAsBit("isOptionalCallback");
    if (param.callback)
      return true;
    error(def, "parameter '" + name + "' of " + what + " takes callback '" +
                   cb->getName() + "', which is not a record of this family");
    return false;
  }
  if (constraint->isSubClassOf("AttrConstraint")) {
    error(def, "parameter '" + name + "' of " + what +
                   " is an attribute with no callback record; write "
                   "Callback<SomeIntrinsicCallback>");
    return false;
  }
  if (!constraint->isSubClassOf("HasAbi")) {
    error(def, "parameter '" + name + "' of " + what + ": " +
                   noKind(records, constraint->getName()));
    return false;
  }
  param.type = typeOf(*constraint);
  if (param.type->probe.empty() && def.isSubClassOf("Intrinsic")) {
    error(def, "parameter '" + name + "' of " + what + ": ABI kind '" +
                   param.type->kind + "' is for results only");
    return false;
  }
  return true;
}

std::vector<Param> FamilyReader::readParams(const Record &def,
                                            const DagInit *dag,
                                            StringRef what) {
  std::vector<Param> params;
  StringSet<> seen;
  for (unsigned i = 0, e = dag->getNumArgs(); i != e; ++i) {
    StringRef name = dag->getArgNameStr(i);
    if (name.empty()) {
      error(def, "parameter " + Twine(i) + " of " + what +
                     " has no name; write `Type:$name`");
      continue;
    }
    Param param;
    if (!readParam(def, dag->getArg(i), name, what, param))
      continue;
    std::vector<std::string> cNames = {param.name};
    if (param.callback)
      cNames.push_back(param.name + "_env");
    for (const std::string &cName : cNames)
      if (!seen.insert(cName).second)
        error(def,
              "two parameters of " + what + " are called '" + cName + "' in C");
    params.push_back(std::move(param));
  }
  return params;
}

const Type *FamilyReader::readResult(const Record &def, StringRef what,
                                     std::string &name, std::string &doc) {
  const DagInit *dag = def.getValueAsDag("results");
  if (dag->getNumArgs() == 0)
    return nullptr;
  if (dag->getNumArgs() > 1) {
    error(def, what + " has " + Twine(dag->getNumArgs()) +
                   " results; a C function returns at most one");
    return nullptr;
  }
  const auto *init = dyn_cast<DefInit>(dag->getArg(0));
  const Record *constraint = init ? init->getDef() : nullptr;
  name = dag->getArgNameStr(0).str();
  if (constraint && constraint->isSubClassOf("OpVariable")) {
    doc = constraint->getValueAsString("summary");
    constraint = constraint->getValueAsDef("constraint");
  }
  if (constraint && constraint->isSubClassOf("HasAbi"))
    return typeOf(*constraint);
  error(def, "result '" + name + "' of " + what + " has no C type: " +
                 noKind(records, constraint ? constraint->getName() : "?"));
  return nullptr;
}

void FamilyReader::readTypes() {
  for (const Record *def : records.getAllDerivedDefinitions("IntrinsicType"))
    if (isOwn(*def)) {
      typeOf(*def);
      family->hasTypes = true;
    }
}

void FamilyReader::readCallbacks() {
  StringMap<const Record *> names;
  for (const Record *def :
       records.getAllDerivedDefinitions("IntrinsicCallback")) {
    if (!isOwn(*def))
      continue;
    Callback cb;
    cb.name = def->getValueAsString("callbackName");
    std::string what = "callback '" + cb.name + "'";
    requireText(*def, "summary", what);
    checkName(*def, cb.name, "callback");
    checkUnique(names, *def, cb.name, "callback name");
    cb.cName = def->getValueAsString("cName");
    cb.summary = def->getValueAsOptionalString("summary").value_or("");
    cb.description = dedent(def->getValueAsString("description"));
    cb.params = readParams(*def, def->getValueAsDag("arguments"), what);
    for (const Param &param : cb.params)
      if (param.callback)
        error(*def, "parameter '" + param.name + "' of " + what +
                        " is a callback; callbacks are parameters of "
                        "intrinsics only");
    std::string doc;
    cb.result = readResult(*def, what, cb.resultName, doc);
    callbackOf[def] = &family->callbacks.emplace_back(std::move(cb));
  }
}

void FamilyReader::readStatuses() {
  std::map<int64_t, const Record *> codes;
  StringMap<const Record *> names;
  for (const Record *def :
       records.getAllDerivedDefinitions("IntrinsicStatus")) {
    int64_t code = def->getValueAsInt("statusCode");
    // Codes of other families count too: a status does not say whose it is.
    auto [it, isNew] = codes.try_emplace(code, def);
    if (!isNew) {
      error(*def, "status code " + Twine(code) + " of '" + def->getName() +
                      "' is taken by '" + it->second->getName() + "'");
      PrintNote(it->second->getLoc(), "the other record is here");
    }
    if (code > 0)
      error(*def, "status code " + Twine(code) +
                      " is positive; errors are negative, 0 is success");
    if (!isOwn(*def))
      continue;
    StringRef name = def->getValueAsString("statusName");
    checkName(*def, name, "status");
    checkUnique(names, *def, name, "status name");
    family->statuses.push_back({family->name + "." + name.str(),
                                family->macroPrefix + name.upper(),
                                def->getValueAsString("message").str(), code});
  }
  llvm::sort(family->statuses,
             [](const Status &a, const Status &b) { return a.code > b.code; });
}

void FamilyReader::readOptions() {
  StringMap<const Record *> names;
  for (const Record *def :
       records.getAllDerivedDefinitions("IntrinsicOption")) {
    if (!isOwn(*def))
      continue;
    StringRef name = def->getValueAsString("optionName");
    StringRef type = def->getValueAsString("optionType");
    checkName(*def, name, "option");
    checkUnique(names, *def, name, "option name");
    if (type != "i64" && type != "str")
      error(*def,
            "option '" + name + "' has type '" + type + "'; it is i64 or str");
    family->options.push_back({name.str(), type.str(),
                               def->getValueAsString("defaultValue").str(),
                               def->getValueAsString("doc").str(),
                               family->macroPrefix + name.upper()});
  }
}

void FamilyReader::readEffects(const Record &def, Row &row) {
  for (const Record *touch : def.getValueAsListOfDefs("touches")) {
    StringRef resource =
        touch->getValueAsDef("resource")->getValueAsString("resourceName");
    StringRef how = touch->getValueAsString("access");
    if (how != "read" && how != "write")
      error(def, "'" + row.opName + "' touches '" + resource + "' by '" + how +
                     "'; use Reads or Writes");
    auto it =
        find_if(row.effects, [&](Effect &e) { return e.resource == resource; });
    Effect &effect = it != row.effects.end()
                         ? *it
                         : row.effects.emplace_back(Effect{resource.str()});
    (how == "read" ? effect.reads : effect.writes) = true;
  }
}

void FamilyReader::readRow(const Record &def) {
  Row row;
  row.mnemonic = def.getValueAsString("opName");
  row.opName = family->name + "." + row.mnemonic;
  row.sourceName = def.getValueAsString("sourceName");
  row.symbol = def.getValueAsString("symbol");
  row.since = def.getValueAsString("since");
  std::string what = "intrinsic '" + row.opName + "'";
  auto [line, column] = SrcMgr.getLineAndColumn(def.getLoc().front());
  row.line = line;
  row.file =
      SrcMgr
          .getMemoryBuffer(SrcMgr.FindBufferContainingLoc(def.getLoc().front()))
          ->getBufferIdentifier();

  requireText(def, "summary", what);
  row.summary = def.getValueAsString("summary");
  row.description = dedent(def.getValueAsString("description"));
  checkName(def, row.mnemonic, "intrinsic");
  checkName(def, row.symbol, "symbol");
  checkUnique(opNames, def, row.opName, "intrinsic name");
  checkUnique(symbols, def, row.symbol, "symbol");
  checkUnique(sourceNames, def, row.sourceName, "source name");
  if (row.sourceName.empty() ||
      row.sourceName.find_first_of(" \t\n\"") != std::string::npos)
    error(def, "source name '" + row.sourceName + "' of " + what +
                   " is empty or has a space or quote");

  row.params = readParams(def, def.getValueAsDag("arguments"), what);
  row.result = readResult(def, what, row.resultName, row.resultDoc);
  row.blocks = def.getValueAsBit("blocks");
  row.freshResult = def.getValueAsBit("freshResult");
  if (row.freshResult && (!row.result || row.result->llvm != "ptr"))
    error(def, what + " has freshResult but returns no pointer");
  readEffects(def, row);
  family->rows.push_back(std::move(row));
}

std::unique_ptr<Family> FamilyReader::read() {
  familyRecord = findFamily();
  if (failed)
    return nullptr;
  for (auto [field, text] :
       {std::pair("name", &family->name), std::pair("module", &family->module),
        std::pair("summary", &family->summary),
        std::pair("description", &family->description),
        std::pair("symbolPrefix", &family->symbolPrefix),
        std::pair("macroPrefix", &family->macroPrefix),
        std::pair("header", &family->header),
        std::pair("cppNamespace", &family->cppNamespace),
        std::pair("headerPreamble", &family->preamble)})
    *text = familyRecord->getValueAsString(field).str();
  family->description = dedent(family->description);
  checkName(*familyRecord, family->name, "family");

  for (const Record *def : records.getAllDerivedDefinitions("Dialect"))
    if (def->getValueAsString("name") == family->name)
      family->dialectClass =
          StringRef(def->getName()).split('_').first.str() + "Dialect";
  readTypes();
  readCallbacks();
  readStatuses();
  readOptions();
  // In the order of the file: the reference page and the tables follow it.
  std::vector<const Record *> rows;
  for (const Record *def : records.getAllDerivedDefinitions("Intrinsic"))
    if (isOwn(*def))
      rows.push_back(def);
  llvm::sort(rows, [](const Record *a, const Record *b) {
    return a->getLoc().front().getPointer() < b->getLoc().front().getPointer();
  });
  for (const Record *def : rows)
    readRow(*def);
  return failed ? nullptr : std::move(family);
}

std::unique_ptr<Family> plumb::tblgen::readFamily(const RecordKeeper &records) {
  return FamilyReader(records).read();
}
