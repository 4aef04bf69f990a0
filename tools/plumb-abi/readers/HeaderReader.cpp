//===- HeaderReader.cpp - The functions of a C header ---------------------===//
//
// clang preprocesses the header; the result, without line markers, is one file
// in which every declaration has an offset. From clang's dump of its syntax
// tree come the functions with their parameters' names and comments. Then the
// same text with a pointer to each function is compiled, so that their types
// come through the reader that bitcode comes through.
//
//===----------------------------------------------------------------------===//

#include "tools/plumb-abi/readers/HeaderReader.h"
#include "tools/plumb-abi/readers/Clang.h"
#include "tools/plumb-abi/readers/HeaderChoice.h"
#include "tools/plumb-abi/readers/HeaderTree.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;
using namespace plumb::abi;

static bool isCxxName(StringRef path) {
  return StringSwitch<bool>(sys::path::extension(path))
      .Cases({".hpp", ".hh", ".hxx"}, true)
      .Default(false);
}

bool plumb::abi::isHeader(StringRef path) {
  return sys::path::extension(path) == ".h" || isCxxName(path);
}

/// By its name, or since the user says so: `-xc++`.
static bool isCxx(StringRef path, ArrayRef<std::string> arguments) {
  return isCxxName(path) || is_contained(arguments, "-xc++");
}

namespace {
/// Runs clang three times; see the top of the file.
class HeaderReader {
public:
  HeaderReader(StringRef path, const HeaderOptions &options, Runtime &runtime)
      : path(path), clang(options.clang), options(options), runtime(runtime),
        language(isCxx(path, options.arguments) ? "c++" : "c") {}

  Error read() {
    if (clang.empty()) {
      Expected<std::string> found = findClang();
      if (!found)
        return found.takeError();
      clang = *found;
    }
    // A header may be long, and clang's words for one that is missing are not
    // ours.
    if (auto file = MemoryBuffer::getFile(path); !file)
      return createStringError("cannot read '" + path +
                               "': " + file.getError().message());
    Expected<std::unique_ptr<MemoryBuffer>> text =
        run({"-E", "-C", "-x", language, path.str(), "-o", "-"},
            "preprocess '" + path.str() + "'", options.arguments);
    if (!text)
      return text.takeError();
    Preprocessed source((*text)->getBuffer());
    Expected<ScratchFile> whole = ScratchFile::create("c");
    if (!whole)
      return whole.takeError();
    if (Error error = whole->write(source.getText()))
      return error;
    Expected<std::unique_ptr<MemoryBuffer>> dump =
        run({"-fsyntax-only", "-w", "-Xclang", "-ast-dump=json", "-x", language,
             whole->getPath()},
            "read '" + path.str() + "'", standard());
    if (!dump)
      return dump.takeError();
    std::vector<HeaderFunction> functions =
        readTree((*dump)->getBuffer(), source, language == "c++");
    dump->reset();
    if (Error error = choose(source, functions))
      return error;
    return readTypes(source, functions);
  }

private:
  /// Leaves those that are asked for, and says what that leaves out.
  Error choose(const Preprocessed &source,
               std::vector<HeaderFunction> &functions) {
    std::vector<bool> declares(source.getHeaders().size());
    for (const HeaderFunction &function : functions)
      if (function.whyNowhere.empty())
        declares[function.header] = true;
    Expected<std::vector<bool>> chosen =
        chooseHeaders(source, declares, options.from);
    if (!chosen)
      return chosen.takeError();
    noteOthers(source, functions, *chosen);
    erase_if(functions, [&](const HeaderFunction &function) {
      if (!(*chosen)[function.header])
        return true;
      if (function.whyNowhere.empty())
        return false;
      StringRef file = source.getHeaders()[function.header].file;
      std::string where = function.whyNowhere + " in " + file.str() + ":" +
                          std::to_string(function.line) +
                          ", so no library need have it";
      runtime.others.try_emplace(function.symbol, where);
      runtime.leftOut.emplace_back(function.symbol, "it is " + where);
      return true;
    });
    return Error::success();
  }

  void noteOthers(const Preprocessed &source,
                  ArrayRef<HeaderFunction> functions,
                  const std::vector<bool> &chosen) {
    std::map<std::string, unsigned> counts;
    unsigned total = 0;
    for (const HeaderFunction &function : functions) {
      StringRef file = source.getHeaders()[function.header].file;
      if (chosen[function.header] || !function.whyNowhere.empty() ||
          isOfCLibrary(file))
        continue;
      ++counts[file.str()];
      ++total;
    }
    if (counts.empty())
      return;
    std::string files;
    unsigned named = 0;
    for (const auto &[file, count] : counts)
      if (named++ < 5)
        files += (files.empty() ? "" : ", ") + file;
    if (counts.size() > 5)
      files += " and " + std::to_string(counts.size() - 5) + " more";
    runtime.warnings.push_back(
        ("'" + path +
         "' includes headers that are not the library's own, with " +
         Twine(total) + " functions that are left out: " + files +
         "; choose headers with --from, such as --from=" +
         sys::path::filename(counts.begin()->first))
            .str());
  }

  Error readTypes(const Preprocessed &source,
                  ArrayRef<HeaderFunction> functions) {
    std::string probes = source.getText();
    std::vector<RuntimeFunction *> targets;
    for (const HeaderFunction &function : functions) {
      targets.push_back(&add(source, function));
      if (!function.isOverloaded)
        probes += "__typeof__(" + function.name + ") *plumb_probe_" +
                  std::to_string(targets.size() - 1) + ";\n";
    }
    Expected<ScratchFile> file = ScratchFile::create("c");
    if (!file)
      return file.takeError();
    if (Error error = file->write(probes))
      return error;
    Expected<std::unique_ptr<MemoryBuffer>> bitcode =
        run({"-c", "-w", "-g", "-O0", "-fstandalone-debug", "-emit-llvm", "-x",
             language, file->getPath(), "-o", "-"},
            "compile '" + path.str() + "'", standard());
    if (!bitcode)
      return bitcode.takeError();
    if (Error error = readProbes(MemoryBufferRef((*bitcode)->getBuffer(), path),
                                 targets, runtime))
      return error;
    for (auto [target, function] : zip(targets, functions)) {
      auto *signature = const_cast<CSignature *>(target->declared);
      if (signature)
        for (auto [param, name] : zip(signature->params, function.params))
          param.name = name;
    }
    return Error::success();
  }

  RuntimeFunction &add(const Preprocessed &source,
                       const HeaderFunction &function) {
    RuntimeFunction &target = runtime.declare(function.symbol);
    if (target.headerFile.empty()) {
      target.headerFile = source.getHeaders()[function.header].file;
      target.headerLine = function.line;
    }
    if (target.doc.empty())
      target.doc = function.doc;
    if (function.isOverloaded && target.why.empty())
      target.why = "C++ has other functions of its name, so that the header "
                   "does not say which is meant";
    return target;
  }

  /// Of the user's arguments, those that matter after preprocessing.
  std::vector<std::string> standard() const {
    std::vector<std::string> kept;
    for (size_t i = 0; i < options.arguments.size(); ++i) {
      StringRef argument = options.arguments[i];
      StringRef found;
      for (StringRef option : {"-I", "-D", "-U", "-x", "-include", "-imacros",
                               "-isystem", "-iquote", "-idirafter"})
        if (argument.starts_with(option))
          found = option;
      if (found.empty())
        kept.push_back(argument.str());
      else if (argument == found)
        ++i; // its value is the next one
    }
    return kept;
  }

  Expected<std::unique_ptr<MemoryBuffer>>
  run(std::vector<std::string> arguments, StringRef what,
      const std::vector<std::string> &more) {
    Expected<ScratchFile> output = ScratchFile::create("out");
    if (!output)
      return output.takeError();
    arguments.insert(arguments.end(), more.begin(), more.end());
    if (Error error = runClang(clang, arguments, output->getPath(), what))
      return std::move(error);
    return output->map();
  }

  StringRef path;
  std::string clang;
  const HeaderOptions &options;
  Runtime &runtime;
  std::string language;
};
} // namespace

Error plumb::abi::readHeader(StringRef path, const HeaderOptions &options,
                             Runtime &runtime) {
  runtime.files.push_back(path.str());
  return HeaderReader(path, options, runtime).read();
}
