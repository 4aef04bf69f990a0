//===- SourceTree.cpp - The files of a program ----------------------------===//

#include "frontends/snow/driver/SourceTree.h"
#include "frontends/snow/syntax/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace snow;
using namespace snow::driver;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static bool isSource(StringRef file) {
  StringRef ending = path::extension(file);
  return ending == ".snow" || ending == ".mpl";
}

static std::string pascalCase(StringRef part) {
  std::string result;
  bool startsWord = true;
  for (char c : part) {
    if (c == '_') {
      startsWord = true;
      continue;
    }
    result += startsWord ? llvm::toUpper(c) : c;
    startsWord = false;
  }
  return result;
}

std::string snow::driver::moduleName(StringRef file) {
  StringRef ending = path::extension(file);
  std::string result;
  for (StringRef part :
       llvm::make_range(path::begin(file.drop_back(ending.size())),
                        path::end(file.drop_back(ending.size())))) {
    if (!result.empty())
      result += '.';
    result += pascalCase(part);
  }
  return result;
}

static bool complain(const llvm::Twine &message) {
  llvm::errs() << "snowc: " << message << '\n';
  return false;
}

namespace {

class Reader {
public:
  Reader(ParsedProgram &program, Diagnostics &diagnostics)
      : program(program), diagnostics(diagnostics) {}

  bool readStandardInput() {
    auto buffer = llvm::MemoryBuffer::getSTDIN();
    if (!buffer)
      return complain("the standard input: " + buffer.getError().message());
    return add("<stdin>", "Main", **buffer);
  }

  bool readFile(StringRef file) {
    if (!isSource(file))
      return complain("'" + file + "' is no .snow or .mpl file");
    if (!add(file, "Main"))
      return false;
    folder = path::parent_path(file).str();
    // Modules grow while they are read.
    for (size_t i = 0; i != program.modules.size(); ++i)
      for (const syntax::Item *item : program.modules[i]->items)
        if (auto *import = llvm::dyn_cast<syntax::ImportItem>(item))
          if (!readImport(import->path))
            return false;
    return true;
  }

  bool readFolder(StringRef root) {
    std::vector<std::string> found;
    std::error_code error;
    fs::recursive_directory_iterator it(root, error, /*follow_symlinks=*/false),
        end;
    for (; it != end && !error; it.increment(error)) {
      StringRef name = path::filename(it->path());
      bool isFolder = it->type() == fs::file_type::directory_file;
      if (name.starts_with(".")) {
        if (isFolder)
          it.no_push();
        continue;
      }
      if (!isFolder && isSource(name))
        found.push_back(it->path());
    }
    if (error)
      return complain("'" + root + "': " + error.message());
    std::sort(found.begin(), found.end());
    llvm::SmallString<128> entry;
    for (StringRef name : {"main.snow", "main.mpl"}) {
      llvm::SmallString<128> candidate(root);
      path::append(candidate, name);
      auto place = std::find(found.begin(), found.end(), candidate.str());
      if (place == found.end())
        continue;
      if (!entry.empty())
        return complain("'" + root + "' has both a main.snow and a main.mpl");
      entry = candidate;
      std::rotate(found.begin(), place, place + 1);
    }
    if (entry.empty())
      return complain("'" + root + "' has no main.snow");
    for (StringRef file : found) {
      StringRef inside = file.drop_front(root.size()).ltrim('/');
      if (!add(file, moduleName(inside)))
        return false;
    }
    return true;
  }

private:
  /// Of a program that is a file. An import of a module that has no file here
  /// is left to the checker.
  bool readImport(const syntax::Path &import) {
    std::string name;
    for (const syntax::Name &part : import.parts)
      name += (name.empty() ? "" : ".") + part.text.str();
    if (known.contains(name))
      return true;
    std::string place = folder;
    for (size_t i = 0; i != import.parts.size(); ++i) {
      bool isLast = i + 1 == import.parts.size();
      std::string next = entryNamed(place, import.parts[i].text, isLast);
      if (next.empty())
        return true;
      place = next;
    }
    return add(place, name);
  }

  /// What in the folder is called so in programs: a file or a folder.
  static std::string entryNamed(StringRef folder, StringRef name, bool isFile) {
    std::string result;
    std::error_code error;
    for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end;
         it != end && !error; it.increment(error)) {
      StringRef file = path::filename(it->path());
      bool fits =
          isFile ? isSource(file) && pascalCase(path::stem(file)) == name
                 : pascalCase(file) == name && fs::is_directory(it->path());
      if (!fits)
        continue;
      llvm::SmallString<128> full(folder);
      path::append(full, file);
      // Of x.mpl and x.snow the latter, whatever the order of the folder.
      result = std::max(result, full.str().str());
    }
    return result;
  }

  bool add(StringRef file, const std::string &name) {
    if (fs::is_directory(file))
      return complain("'" + file + "' is a folder");
    auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
    if (!buffer)
      return complain("'" + file + "': " + buffer.getError().message());
    return add(file, name, **buffer);
  }

  bool add(StringRef file, const std::string &name,
           const llvm::MemoryBuffer &text) {
    if (text.getBufferSize() >= UINT32_MAX)
      return complain("'" + file + "' is larger than 4 GiB");
    const SourceFile &source =
        program.files.add(file.str(), text.getBuffer().str());
    auto [other, isNew] = known.try_emplace(name, source.number());
    if (!isNew) {
      Span start{source.number(), 0, 0};
      diagnostics
          .report(Code::ModuleTwice, start,
                  "two files are the module `" + name + "`")
          .label({other->second, 0, 0}, "the other one");
      return true;
    }
    program.modules.push_back(syntax::parse(source, diagnostics));
    program.names.push_back(name);
    return true;
  }

  ParsedProgram &program;
  Diagnostics &diagnostics;
  std::string folder;
  llvm::StringMap<uint32_t> known;
};

} // namespace

bool snow::driver::readProgram(StringRef input, ParsedProgram &program,
                               Diagnostics &diagnostics) {
  Reader reader(program, diagnostics);
  if (input == "-")
    return reader.readStandardInput();
  if (fs::is_directory(input))
    return reader.readFolder(input);
  return reader.readFile(input);
}
