//===- ReadFamily.cpp - The records of a family --------------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

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

std::vector<const Record *> FamilyReader::ownInOrder(StringRef base) {
  std::vector<const Record *> defs;
  for (const Record *def : records.getAllDerivedDefinitions(base))
    if (isOwn(*def))
      defs.push_back(def);
  llvm::sort(defs, [](const Record *a, const Record *b) {
    return a->getLoc().front().getPointer() < b->getLoc().front().getPointer();
  });
  return defs;
}

void FamilyReader::readTypes() {
  for (const Record *def : records.getAllDerivedDefinitions("IntrinsicType"))
    if (isOwn(*def)) {
      typeOf(*def);
      family->hasTypes = true;
    }
  // Those that no row uses are in the header, too.
  for (StringRef base : {"IntrinsicEnum", "IntrinsicStruct"})
    for (const Record *def : records.getAllDerivedDefinitions(base))
      if (isOwn(*def))
        typeOf(*def);
}

/// Position of a callback's environment in C; none when negative.
static int environmentOf(const Record &def, size_t numParams) {
  if (!def.getValueAsBit("hasEnvironment"))
    return -1;
  int64_t at = def.getValueAsInt("environmentPosition");
  return at < 0 ? numParams : at;
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
    checkParamNames(*def, cb.params, what);
    for (const Param &param : cb.params) {
      if (param.callback)
        error(*def, "parameter '" + param.name + "' of " + what +
                        " is a callback; callbacks are parameters of "
                        "intrinsics only");
      else if (param.passing != Passing::Direct ||
               param.type->kind == "struct" ||
               param.type->kind == "environment")
        error(*def, "parameter '" + param.name + "' of " + what +
                        " is a struct, a span, options or an environment; a "
                        "callback takes scalars, text and bytes");
    }
    cb.environment = environmentOf(*def, cb.params.size());
    if (cb.environment > int(cb.params.size()))
      error(*def, "environmentPosition of " + what + " is " +
                      Twine(cb.environment) + ", but it has only " +
                      Twine(cb.params.size()) + " parameters");
    std::string doc;
    cb.result = readResults(*def, what, cb.resultName, doc, nullptr);
    if (cb.result && cb.result->kind == "struct")
      error(*def, what + " returns a struct; a callback returns scalars, text "
                         "and bytes");
    callbackOf[def] = &family->callbacks.emplace_back(std::move(cb));
  }
}

void FamilyReader::readStatuses() {
  std::map<int64_t, const Record *> codes;
  StringMap<const Record *> names;
  // Those of other families first, so that a clash is reported at ours.
  std::vector<const Record *> defs;
  for (bool own : {false, true})
    llvm::copy_if(records.getAllDerivedDefinitions("IntrinsicStatus"),
                  std::back_inserter(defs),
                  [&](const Record *def) { return isOwn(*def) == own; });
  for (const Record *def : defs) {
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

void FamilyReader::readConvention(const Record &def, Row &row, StringRef what) {
  row.callingConvention = def.getValueAsString("callingConvention");
  static const StringSet<> known = {
      "c",        "preserve_most", "preserve_all",      "ms_abi",
      "sysv_abi", "swift",         "aarch64_vector_pcs"};
  if (!known.contains(row.callingConvention))
    error(def, "calling convention '" + row.callingConvention + "' of " + what +
                   " is unknown; it is c, preserve_most, preserve_all, "
                   "ms_abi, sysv_abi, swift or aarch64_vector_pcs");
  if (row.isVariadic && row.callingConvention != "c")
    error(def, what + " is variadic, so its calling convention is c");
  bool alone = false;
  for (const Param &p : row.params)
    if (p.passing == Passing::Function) {
      alone = true;
      if (row.hasEnvironment() && p.callback->environment < 0)
        error(def, "callback '" + p.callback->name + "' of " + what +
                       " has no environment, but the intrinsic takes one");
      if (!row.hasEnvironment() && p.callback->environment >= 0)
        error(def, "callback '" + p.callback->name + "' of " + what +
                       " has an environment, but the intrinsic takes none; add "
                       "`Environment:$env`, use Callback<...>, or `let "
                       "hasEnvironment = 0` in the callback's record");
    } else if (p.passing == Passing::Callback && p.callback->environment < 0)
      error(def, "callback '" + p.callback->name + "' of " + what +
                     " has no environment; use Function<...>");
  if (row.hasEnvironment() && !alone)
    error(def, what + " takes an environment but no Function<...> that is "
                      "called with it; use Pointer or Slot");
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
  StringRef file =
      SrcMgr
          .getMemoryBuffer(SrcMgr.FindBufferContainingLoc(def.getLoc().front()))
          ->getBufferIdentifier();
  if (!sourceRoot.empty() && file.consume_front(sourceRoot))
    file.consume_front("/");
  row.file = file;

  requireText(def, "summary", what);
  row.summary = def.getValueAsString("summary");
  row.description = dedent(def.getValueAsString("description"));
  checkName(def, row.mnemonic, "intrinsic");
  checkName(def, row.symbol, "symbol");
  checkDialect(def, row);
  checkUnique(opNames, def, row.opName, "intrinsic name");
  checkUnique(symbols, def, row.symbol, "symbol");
  checkUnique(sourceNames, def, row.sourceName, "source name");
  if (row.sourceName.empty() ||
      row.sourceName.find_first_of(" \t\n\"") != std::string::npos)
    error(def, "source name '" + row.sourceName + "' of " + what +
                   " is empty or has a space or quote");

  row.params =
      readParams(def, def.getValueAsDag("arguments"), what, &row.isVariadic);
  row.result =
      readResults(def, what, row.resultName, row.resultDoc, &row.params);
  checkParamNames(def, row.params, what);
  if (count_if(row.params, [](const Param &p) {
        return p.passing == Passing::Options;
      }) > 1)
    error(def, what + " takes options twice");
  readConvention(def, row, what);
  row.blocks = def.getValueAsBit("blocks");
  row.freshResult = def.getValueAsBit("freshResult");
  if (row.freshResult && (!row.result || row.result->llvm != "ptr"))
    error(def, what + " has freshResult but returns no pointer");
  readEffects(def, row);
  if (row.result && row.result->kind == "environment")
    error(def, what + " returns an environment; it returns a Slot or Pointer");
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
  readOptions();
  readCallbacks();
  readStatuses();
  std::vector<const Record *> rows = ownInOrder("Intrinsic");
  for (const Record *def : records.getAllDerivedDefinitions("Intrinsic"))
    if (!isOwn(*def))
      checkNotHere(*def);
  for (const Record *def : rows)
    readRow(*def);
  return failed ? nullptr : std::move(family);
}

std::unique_ptr<Family> plumb::tblgen::readFamily(const RecordKeeper &records,
                                                  StringRef sourceRoot) {
  return FamilyReader(records, sourceRoot).read();
}
