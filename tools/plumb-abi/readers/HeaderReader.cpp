//===- HeaderReader.cpp - What a C header declares ------------------------===//
//
// clang preprocesses the header; the result, without line markers, is one file
// in which every declaration has an offset. From clang's dump of its syntax
// tree come the functions with their parameters' names and comments, and the
// names of types. Then the same text with a pointer to each function and type,
// and a variable for each constant, is compiled, so that what they are comes
// through the reader that bitcode comes through.
//
//===----------------------------------------------------------------------===//

#include "tools/plumb-abi/readers/HeaderReader.h"
#include "tools/plumb-abi/readers/HeaderChoice.h"
#include "tools/plumb-abi/readers/HeaderConstants.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;
using namespace plumb::abi;

namespace {
/// Runs clang a few times; see the top of the file.
class HeaderReader {
public:
  HeaderReader(StringRef path, const HeaderOptions &options,
               const HeaderClang &clang, Runtime &runtime)
      : path(path), options(options), clang(clang), runtime(runtime) {}

  Error read() {
    // A header may be long, and clang's words for one that is missing are not
    // ours.
    if (auto file = MemoryBuffer::getFile(path); !file)
      return createStringError("cannot read '" + path +
                               "': " + file.getError().message());
    Expected<std::unique_ptr<MemoryBuffer>> text =
        clang.preprocess(path, {"-C"});
    if (!text)
      return text.takeError();
    Preprocessed source((*text)->getBuffer());
    Expected<std::unique_ptr<MemoryBuffer>> dump = clang.run(
        source.getText(), {"-fsyntax-only", "-w", "-Xclang", "-ast-dump=json"},
        ("read '" + path + "'").str());
    if (!dump)
      return dump.takeError();
    HeaderDeclarations found =
        readTree((*dump)->getBuffer(), source, clang.isCxx());
    dump->reset();
    if (Error error = choose(source, found))
      return error;
    Expected<std::vector<ConstantCandidate>> constants =
        findConstants(source, found);
    if (!constants)
      return constants.takeError();
    return readTypes(source, found, *constants);
  }

private:
  /// Leaves what is asked for, and says what that leaves out.
  Error choose(const Preprocessed &source, HeaderDeclarations &found) {
    std::vector<HeaderFunction> &functions = found.functions;
    std::vector<bool> declares(source.getHeaders().size());
    for (const HeaderFunction &function : functions)
      if (function.whyNowhere.empty())
        declares[function.header] = true;
    Expected<std::vector<bool>> chosen =
        chooseHeaders(source, declares, options.from);
    if (!chosen)
      return chosen.takeError();
    noteOthers(source, functions, *chosen);
    auto isOther = [&](const auto &declared) {
      return !(*chosen)[declared.header];
    };
    erase_if(found.types, isOther);
    erase_if(found.enumerators, isOther);
    for (size_t i = 0; i < chosen->size(); ++i)
      if ((*chosen)[i])
        chosenFiles.insert(source.getHeaders()[i].file);
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

  Expected<std::vector<ConstantCandidate>>
  findConstants(const Preprocessed &source, const HeaderDeclarations &found) {
    Expected<std::vector<ConstantCandidate>> constants =
        findCandidates(clang, path, [&](StringRef file) {
          return chosenFiles.contains(file);
        });
    if (!constants)
      return constants;
    for (const HeaderEnumerator &one : found.enumerators)
      constants->push_back({StringRef(one.name).rsplit(':').second.empty()
                                ? one.name
                                : StringRef(one.name).rsplit(':').second.str(),
                            one.name, source.getHeaders()[one.header].file,
                            one.line});
    if (Error error = keepConstants(clang, source.getText(), *constants))
      return std::move(error);
    return constants;
  }

  Error readTypes(const Preprocessed &source, const HeaderDeclarations &found,
                  ArrayRef<ConstantCandidate> constants) {
    std::string text = source.getText();
    Probes probes;
    for (const HeaderFunction &function : found.functions) {
      if (!function.isOverloaded)
        text += "__typeof__(" + function.name + ") *plumb_probe_" +
                std::to_string(probes.functions.size()) + ";\n";
      probes.functions.push_back(&add(source, function));
    }
    for (const HeaderType &type : found.types) {
      text += "__typeof__(" + type.name + ") *plumb_type_" +
              std::to_string(probes.types.size()) + ";\n";
      probes.types.push_back({nullptr, type.name, type.doc,
                              source.getHeaders()[type.header].file,
                              type.line});
    }
    for (const ConstantCandidate &constant : constants) {
      RuntimeConstant &probe = probes.constants.emplace_back();
      probe.name = constant.name;
      probe.file = constant.file;
      probe.line = constant.line;
    }
    text += declareConstants(constants, clang.isCxx());
    Expected<std::unique_ptr<MemoryBuffer>> bitcode =
        clang.run(text,
                  {"-c", "-w", "-g", "-O0", "-fstandalone-debug", "-emit-llvm",
                   "-o", "-"},
                  ("compile '" + path + "'").str());
    if (!bitcode)
      return bitcode.takeError();
    std::vector<RuntimeFunction *> targets = probes.functions;
    if (Error error = readProbes(MemoryBufferRef((*bitcode)->getBuffer(), path),
                                 std::move(probes), runtime))
      return error;
    for (auto [target, function] : zip(targets, found.functions)) {
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

  StringRef path;
  const HeaderOptions &options;
  const HeaderClang &clang;
  Runtime &runtime;
  StringSet<> chosenFiles;
};
} // namespace

Error plumb::abi::readHeader(StringRef path, const HeaderOptions &options,
                             Runtime &runtime) {
  runtime.files.push_back(path.str());
  Expected<HeaderClang> clang = HeaderClang::create(path, options);
  if (!clang)
    return clang.takeError();
  return HeaderReader(path, options, *clang, runtime).read();
}
