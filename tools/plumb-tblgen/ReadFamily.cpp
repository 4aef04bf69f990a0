//===- ReadFamily.cpp - The records of a family --------------------------===//

#include "FamilyReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

static void print(Place at, const Twine &message, Place other) {
  if (!at)
    return PrintError(message);
  PrintError(static_cast<const Record *>(at)->getLoc(), message);
  if (other)
    PrintNote(static_cast<const Record *>(other)->getLoc(),
              "the other record is here");
}

FamilyReader::FamilyReader(const RecordKeeper &records, StringRef sourceRoot)
    : records(records), sourceRoot(sourceRoot), builder(print) {}

const char *FamilyReader::text(const Record &def, StringRef field) {
  return save(def.getValueAsOptionalString(field).value_or(""));
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

static bool isInMainFile(const Record &def) {
  return SrcMgr.FindBufferContainingLoc(def.getLoc().front()) ==
         SrcMgr.getMainFileID();
}

//===----------------------------------------------------------------------===//
// The family and its types
//===----------------------------------------------------------------------===//

const Record *FamilyReader::findFamily() {
  const Record *found = nullptr;
  for (const Record *def :
       records.getAllDerivedDefinitionsIfDefined("IntrinsicFamily")) {
    if (!isInMainFile(*def))
      continue;
    if (found) {
      error(*def, "a family file defines one IntrinsicFamily, and '" +
                      found->getName() + "' is one already");
      return nullptr;
    }
    found = def;
  }
  if (!found)
    builder.fault(nullptr,
                  "the file defines no IntrinsicFamily; write `def X_Family : "
                  "IntrinsicFamily { let name = \"x\"; ... }`");
  return found;
}

void FamilyReader::begin() {
  plumb_intr_family names = {};
  names.name = text(*familyRecord, "name");
  names.module = text(*familyRecord, "module");
  names.summary = text(*familyRecord, "summary");
  names.description =
      save(dedent(familyRecord->getValueAsString("description")));
  names.header = text(*familyRecord, "header");
  builder.begin(familyRecord, names);
  Family &family = builder.extras();
  for (auto [field, into] : {std::pair("symbolPrefix", &family.symbolPrefix),
                             std::pair("macroPrefix", &family.macroPrefix),
                             std::pair("cppNamespace", &family.cppNamespace),
                             std::pair("headerPreamble", &family.preamble)})
    *into = familyRecord->getValueAsString(field).str();
  for (const Record *def : records.getAllDerivedDefinitions("Dialect"))
    if (def->getValueAsString("name") == names.name)
      family.dialectClass =
          StringRef(def->getName()).split('_').first.str() + "Dialect";
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
  // Those that no row uses are in the header, too.
  for (StringRef base : {"IntrinsicType", "IntrinsicEnum", "IntrinsicStruct"})
    for (const Record *def : records.getAllDerivedDefinitions(base))
      if (isOwn(*def))
        typeOf(*def);
}

//===----------------------------------------------------------------------===//
// Callbacks, statuses
//===----------------------------------------------------------------------===//

/// Position of a callback's environment in C; none when negative.
static int64_t environmentOf(const Record &def, size_t numParams) {
  if (!def.getValueAsBit("hasEnvironment"))
    return -1;
  int64_t at = def.getValueAsInt("environmentPosition");
  return at < 0 ? numParams : at;
}

void FamilyReader::readCallbacks() {
  for (const Record *def :
       records.getAllDerivedDefinitions("IntrinsicCallback")) {
    if (!isOwn(*def))
      continue;
    CallbackInput input;
    plumb_intr_callback &cb = input.callback;
    cb.name = text(*def, "callbackName");
    cb.c_name = text(*def, "cName");
    cb.summary = text(*def, "summary");
    input.description = save(dedent(def->getValueAsString("description")));
    std::string what = std::string("callback '") + cb.name + "'";
    input.params = readParams(*def, what);
    input.environment = environmentOf(*def, input.params.size());
    ParamInput result = readResults(*def, what, nullptr);
    cb.result = result.param.type;
    input.resultName = result.param.name;
    callbacks[def] = builder.addCallback(def, std::move(input));
  }
}

void FamilyReader::readStatuses() {
  std::vector<const Record *> own;
  for (const Record *def :
       records.getAllDerivedDefinitions("IntrinsicStatus")) {
    const Record *family = def->getValueAsDef("family");
    StringRef name = def->getValueAsString("statusName");
    plumb_intr_status status = {};
    status.name = save(family->getValueAsString("name") + "." + name);
    status.c_name =
        save(family->getValueAsString("macroPrefix") + name.upper());
    status.code = def->getValueAsInt("statusCode");
    status.message = text(*def, "message");
    if (isOwn(*def))
      own.push_back(def);
    else
      builder.addForeignStatus(def, status);
  }
  for (const Record *def : own) {
    StringRef name = def->getValueAsString("statusName");
    Family &family = builder.extras();
    builder.addStatus(def, {save(Twine(family.get().name) + "." + name),
                            save(family.macroPrefix + name.upper()),
                            def->getValueAsInt("statusCode"),
                            text(*def, "message")});
  }
}

//===----------------------------------------------------------------------===//
// Intrinsics
//===----------------------------------------------------------------------===//

std::vector<plumb_intr_effect> FamilyReader::readEffects(const Record &def,
                                                         StringRef what) {
  std::vector<plumb_intr_effect> effects;
  for (const Record *touch : def.getValueAsListOfDefs("touches")) {
    StringRef resource =
        touch->getValueAsDef("resource")->getValueAsString("resourceName");
    StringRef how = touch->getValueAsString("access");
    if (how != "read" && how != "write")
      error(def, what + " touches '" + resource + "' by '" + how +
                     "'; use Reads or Writes");
    auto it = find_if(effects, [&](const plumb_intr_effect &e) {
      return resource == e.resource;
    });
    plumb_intr_effect &effect =
        it != effects.end()
            ? *it
            : effects.emplace_back(plumb_intr_effect{save(resource), 0, 0});
    (how == "read" ? effect.reads : effect.writes) = true;
  }
  return effects;
}

/// "dialects/Ws/WsIntrinsics.td:31".
static std::string locationOf(const Record &def, StringRef sourceRoot) {
  SMLoc loc = def.getLoc().front();
  unsigned buffer = SrcMgr.FindBufferContainingLoc(loc);
  StringRef file = SrcMgr.getMemoryBuffer(buffer)->getBufferIdentifier();
  if (!sourceRoot.empty() && file.consume_front(sourceRoot))
    file.consume_front("/");
  return (file + ":" + Twine(SrcMgr.getLineAndColumn(loc).first)).str();
}

void FamilyReader::readRow(const Record &def) {
  RowInput input;
  plumb_intr_row &row = input.row;
  row.name = save(Twine(builder.extras().get().name) + "." +
                  def.getValueAsString("opName"));
  row.source_name = text(def, "sourceName");
  row.symbol = text(def, "symbol");
  row.since = text(def, "since");
  row.summary = text(def, "summary");
  row.description = save(dedent(def.getValueAsString("description")));
  row.location = save(locationOf(def, sourceRoot));
  std::string what = std::string("intrinsic '") + row.name + "'";
  checkDialect(def, row.name);
  bool isVariadic = false;
  input.params = readParams(def, what, &isVariadic);
  ParamInput result = readResults(def, what, &input.params);
  row.result = result.param.type;
  row.result_name = result.param.name;
  row.result_doc = result.param.doc;
  input.effects = readEffects(def, what);
  input.convention = def.getValueAsString("callingConvention");
  for (const Record *bound : def.getValueAsListOfDefs("bounds"))
    input.bounds.push_back(
        {bound->getValueAsDef("variable")->getValueAsString("typeName"),
         text(*bound, "boundName")});
  for (auto [field, into] : {std::pair("aliases", &input.aliases),
                             std::pair("operators", &input.operators)})
    for (StringRef word : def.getValueAsListOfStrings(field))
      into->push_back(save(word));
  row.flags =
      (isVariadic ? PLUMB_INTR_ROW_VARIADIC : 0) |
      (def.getValueAsBit("blocks") ? PLUMB_INTR_ROW_BLOCKS : 0) |
      (def.getValueAsBit("freshResult") ? PLUMB_INTR_ROW_FRESH_RESULT : 0);
  builder.addRow(&def, std::move(input));
}

/// Nothing is generated of a row of another family that stands in this file: no
/// program could call it.
void FamilyReader::checkNotHere(const Record &def) {
  if (!isInMainFile(def))
    return;
  StringRef here = builder.extras().get().name;
  error(def, "'" + def.getName() + "' is an intrinsic of family '" +
                 def.getValueAsDef("family")->getValueAsString("name") +
                 "' in the file of family '" + here +
                 "': no program could call it; make it Intrinsic<" +
                 familyRecord->getName() +
                 ", ...>, or move it to its family's file");
}

/// The row's name is that of its operation, whose dialect is the family's.
void FamilyReader::checkDialect(const Record &def, StringRef name) {
  StringRef dialect = def.getValueAsDef("opDialect")->getValueAsString("name");
  StringRef family = builder.extras().get().name;
  if (dialect != family)
    error(def, "intrinsic '" + name + "' is an operation of dialect '" +
                   dialect + "': no program would find it as '" + name +
                   "'; give it the dialect of family '" + family + "'");
}

std::unique_ptr<Family> FamilyReader::read(bool evenIfWrong) {
  familyRecord = findFamily();
  if (!familyRecord)
    return nullptr;
  begin();
  readTypes();
  readOptions();
  readConstants();
  readCallbacks();
  readStatuses();
  for (const Record *def : records.getAllDerivedDefinitions("Intrinsic"))
    if (!isOwn(*def))
      checkNotHere(*def);
  for (const Record *def : ownInOrder("Intrinsic"))
    readRow(*def);
  // It looks at the whole once more.
  std::unique_ptr<Family> family = builder.finish();
  return builder.hasFailed() && !evenIfWrong ? nullptr : std::move(family);
}

std::unique_ptr<Family> plumb::tblgen::readFamily(const RecordKeeper &records,
                                                  StringRef sourceRoot,
                                                  bool evenIfWrong) {
  return FamilyReader(records, sourceRoot).read(evenIfWrong);
}
