//===- AbiTable.cpp - What a runtime was built from -----------------------===//

#include "plumb/Execution/AbiTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/ObjectFile.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

static constexpr StringLiteral symbolPrefix = "plumb_abi_";
static constexpr StringLiteral magic = "plumb-abi ";
static constexpr StringLiteral statusLine = "status";

std::string plumb::execution::abiTableSymbol(StringRef family) {
  return (symbolPrefix + family).str();
}

static bool readRow(StringRef line, AbiTable &table) {
  auto [hash, rest] = line.split(' ');
  auto [symbol, signature] = rest.split(' ');
  AbiTableRow row{0, signature.str(), ""};
  if (hash.getAsInteger(16, row.hash) || signature.empty())
    return false;
  table.rows[symbol] = std::move(row);
  return true;
}

/// A line of what later versions know is left out.
static bool readLine(StringRef line, AbiTable &table) {
  auto [what, rest] = line.split(' ');
  auto [first, second] = rest.split(' ');
  if (what == "row")
    return readRow(rest, table);
  if (what == "promises") {
    auto row = table.rows.find(first);
    if (row == table.rows.end())
      return false;
    row->second.promises = second.str();
  } else if (what == statusLine) {
    return !first.getAsInteger(10, table.statuses[second]);
  } else if (what == "option") {
    table.options[first] = second.str();
  }
  return true;
}

std::optional<AbiTable> plumb::execution::parseAbiTable(StringRef text) {
  if (!text.consume_front(magic))
    return std::nullopt;
  auto [head, lines] = text.split('\n');
  auto [format, names] = head.split(' ');
  auto [family, version] = names.split(' ');
  AbiTable table{family.str(), version.str()};
  table.isWhole = format == "2";
  if (format != "1" && format != "2")
    return std::nullopt;
  while (!lines.empty()) {
    auto [line, others] = lines.split('\n');
    lines = others;
    if (!(table.isWhole ? readLine(line, table) : readRow(line, table)))
      return std::nullopt;
  }
  return table;
}

/// The bytes of a symbol's data up to the first zero.
static Expected<StringRef> contentsOf(const object::ObjectFile &object,
                                      const object::SymbolRef &symbol) {
  Expected<object::section_iterator> section = symbol.getSection();
  if (!section)
    return section.takeError();
  if (*section == object.section_end())
    return StringRef();
  Expected<uint64_t> address = symbol.getAddress();
  if (!address)
    return address.takeError();
  Expected<StringRef> contents = (*section)->getContents();
  if (!contents)
    return contents.takeError();
  uint64_t offset = *address - (*section)->getAddress();
  return contents->substr(offset).take_until([](char c) { return c == '\0'; });
}

static Error readSymbol(const object::ObjectFile &object,
                        const object::SymbolRef &symbol,
                        StringMap<AbiTable> &tables) {
  Expected<StringRef> name = symbol.getName();
  if (!name)
    return name.takeError();
  if (!name->starts_with(symbolPrefix))
    return Error::success();
  Expected<object::SymbolRef::Type> type = symbol.getType();
  if (!type)
    return type.takeError();
  Expected<uint32_t> flags = symbol.getFlags();
  if (!flags)
    return flags.takeError();
  if (*type != object::SymbolRef::ST_Data ||
      (*flags & object::SymbolRef::SF_Undefined))
    return Error::success();
  Expected<StringRef> text = contentsOf(object, symbol);
  if (!text)
    return text.takeError();
  std::optional<AbiTable> table = parseAbiTable(*text);
  if (!table)
    return createStringError("its table '" + *name +
                             "' is not of the form 'plumb-abi 2'");
  tables[table->family] = std::move(*table);
  return Error::success();
}

template <typename Range>
static Error readSymbols(const object::ObjectFile &object, Range &&symbols,
                         StringMap<AbiTable> &tables) {
  for (const object::SymbolRef &symbol : symbols)
    if (Error error = readSymbol(object, symbol, tables))
      return error;
  return Error::success();
}

static Error readArchive(const object::Archive &archive,
                         StringMap<AbiTable> &tables) {
  for (const object::Archive::Symbol &symbol : archive.symbols()) {
    if (!symbol.getName().starts_with(symbolPrefix))
      continue;
    Expected<object::Archive::Child> member = symbol.getMember();
    if (!member)
      return member.takeError();
    Expected<MemoryBufferRef> buffer = member->getMemoryBufferRef();
    if (!buffer)
      return buffer.takeError();
    auto object = object::ObjectFile::createObjectFile(*buffer);
    if (!object)
      return object.takeError();
    if (Error error = readSymbols(**object, (*object)->symbols(), tables))
      return error;
  }
  return Error::success();
}

static Error readLibrary(const object::Binary &library,
                         StringMap<AbiTable> &tables) {
  if (auto *archive = dyn_cast<object::Archive>(&library))
    return readArchive(*archive, tables);
  if (auto *object = dyn_cast<object::ELFObjectFileBase>(&library))
    return readSymbols(*object, object->getDynamicSymbolIterators(), tables);
  return Error::success();
}

Expected<StringMap<AbiTable>>
plumb::execution::readAbiTables(const object::Binary &library) {
  StringMap<AbiTable> tables;
  if (Error error = readLibrary(library, tables))
    return error;
  return tables;
}
