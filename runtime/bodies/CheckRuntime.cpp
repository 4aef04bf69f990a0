//===- CheckRuntime.cpp - A shared runtime when a program starts ----------===//
//
// The file may be another than that which the program was linked with.
//
//===----------------------------------------------------------------------===//

#include "plumb/Model/RowPromises.h"
#include "plumb/host.h"

#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <unistd.h>

namespace plumb::rt {

namespace {

struct TableRow {
  std::string_view hash, signature, words;
};

/// By symbol; the lines of other kinds are left out.
std::map<std::string_view, TableRow> readTable(std::string_view text) {
  std::map<std::string_view, TableRow> rows;
  while (!text.empty()) {
    std::string_view line = promises::cut(text, '\n'),
                     what = promises::cut(line, ' ');
    if (what == "row") {
      std::string_view hash = promises::cut(line, ' '),
                       symbol = promises::cut(line, ' ');
      rows[symbol].hash = hash;
      rows[symbol].signature = line;
    } else if (what == "promises") {
      std::string_view symbol = promises::cut(line, ' ');
      rows[symbol].words = line;
    }
  }
  return rows;
}

std::string sides(std::string_view program, std::string_view runtime) {
  return "\n    program: " + std::string(program) +
         "\n    runtime: " + std::string(runtime);
}

/// What is wrong with a row, or nothing.
std::string compareRow(const TableRow &expected, const TableRow *actual) {
  if (!actual || actual->hash.empty())
    return "\n    runtime: it was built without this intrinsic";
  if (expected.hash != actual->hash &&
      promises::withoutPromises(expected.signature) !=
          promises::withoutPromises(actual->signature))
    return sides(expected.signature, actual->signature);
  std::string text;
  for (const std::string &what : promises::narrowings(
           promises::Row(expected.words), promises::Row(actual->words)))
    text += "\n    in the runtime " + what;
  return text.empty() ? text : sides(expected.words, actual->words) + text;
}
} // namespace

} // namespace plumb::rt

using namespace plumb::rt;

void plumb_host_check_runtime(const char *family, const char *library,
                              const char *expected,
                              const char *actual) noexcept {
  std::string text;
  std::string_view table = actual ? actual : "";
  if (table.substr(0, 12) != "plumb-abi 2 ") {
    text = " does not say any more what it was built from";
  } else {
    auto rows = readTable(table);
    for (const auto &[symbol, row] : readTable(expected)) {
      auto found = rows.find(symbol);
      std::string wrong =
          compareRow(row, found == rows.end() ? nullptr : &found->second);
      if (!wrong.empty())
        text += "\n  " + std::string(symbol) + ":" + wrong;
    }
    if (text.empty())
      return;
    text = " was built from other records of family '" + std::string(family) +
           "' than this program:" + text;
  }
  bool isNamed = *library;
  text = "plumb: error: the runtime" +
         (isNamed ? " library '" + std::string(library) + "'" : std::string()) +
         text + "\nplumb: note: " +
         (isNamed ? "its file was exchanged after the program was linked; link "
                    "the program again, or put back a library of the same "
                    "records\n"
                  : "compile the program by a tool that has the runtime's "
                    "records, or link a runtime of the program's\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
  _exit(1);
}
