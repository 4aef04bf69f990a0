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
#include "tools/plumb-abi/readers/Preprocessed.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb::abi;

static bool isCxx(StringRef path) {
  return StringSwitch<bool>(sys::path::extension(path))
      .Cases({".hpp", ".hh", ".hxx"}, true)
      .Default(false);
}

bool plumb::abi::isHeader(StringRef path) {
  return sys::path::extension(path) == ".h" || isCxx(path);
}

namespace {
/// The first sentence of a documentation comment.
std::string firstSentence(const json::Object &node) {
  if (node.getString("kind") == "TextComment") {
    StringRef text = node.getString("text").value_or("").trim();
    return text.str();
  }
  std::string all;
  if (const json::Array *inner = node.getArray("inner"))
    for (const json::Value &child : *inner) {
      const json::Object *object = child.getAsObject();
      if (!object || object->getString("kind") == "BlockCommandComment" ||
          object->getString("kind") == "ParamCommandComment")
        continue;
      std::string text = firstSentence(*object);
      if (text.empty())
        continue;
      all += (all.empty() ? "" : " ") + text;
      if (object->getString("kind") == "ParagraphComment")
        break;
    }
  StringRef sentence = all;
  sentence =
      sentence.take_front(std::min(sentence.find(". "), sentence.size()));
  sentence = sentence.trim();
  sentence.consume_back(".");
  return sentence.str();
}

class TreeReader {
public:
  TreeReader(const Preprocessed &source, StringRef path, Runtime &runtime)
      : source(source), path(path), runtime(runtime) {}

  void read(const json::Object &node) {
    const json::Array *inner = node.getArray("inner");
    if (!inner)
      return;
    for (const json::Value &child : *inner) {
      const json::Object *object = child.getAsObject();
      if (!object)
        continue;
      StringRef kind = object->getString("kind").value_or("");
      if (kind == "LinkageSpecDecl" || kind == "NamespaceDecl")
        read(*object);
      else if (kind == "FunctionDecl")
        readFunction(*object);
    }
  }

  std::vector<RuntimeFunction *> functions;
  std::vector<std::string> names;

private:
  void readFunction(const json::Object &node) {
    StringRef name = node.getString("name").value_or("");
    StringRef symbol = node.getString("mangledName").value_or(name);
    if (name.empty() || symbol.starts_with("_Z") ||
        node.getString("storageClass") == "static" ||
        node.getBoolean("isImplicit").value_or(false) ||
        node.getBoolean("inline").value_or(false))
      return;
    const json::Object *loc = node.getObject("loc");
    // A declaration that a macro made is where the macro was used; without
    // macros in the text, this is the plain form.
    std::optional<int64_t> offset =
        loc ? loc->getInteger("offset") : std::nullopt;
    const Preprocessed::Origin *origin =
        offset ? source.locate(*offset) : nullptr;
    if (!origin || origin->isSystem)
      return;
    RuntimeFunction &function = runtime.add(symbol, path, /*isExported=*/true);
    // Declared again: the first place counts, but names and comments may come
    // later.
    if (function.file.empty()) {
      function.file = origin->file;
      function.line = origin->line;
      function.isFromHeader = true;
      functions.push_back(&function);
      names.push_back(name.str());
    }
    readParams(node, function);
  }

  void readParams(const json::Object &node, RuntimeFunction &function) {
    const json::Array *inner = node.getArray("inner");
    if (!inner)
      return;
    std::vector<std::string> params;
    for (const json::Value &child : *inner) {
      const json::Object *object = child.getAsObject();
      if (!object)
        continue;
      if (object->getString("kind") == "ParmVarDecl")
        params.push_back(object->getString("name").value_or("").str());
      if (object->getString("kind") == "FullComment" && function.doc.empty())
        function.doc = firstSentence(*object);
    }
    std::vector<std::string> &known = paramNames[function.symbol];
    if (known.size() < params.size() ||
        (!params.empty() && known.front().empty()))
      known = std::move(params);
  }

  const Preprocessed &source;
  StringRef path;
  Runtime &runtime;

public:
  StringMap<std::vector<std::string>> paramNames;
};

/// Runs clang three times; see the top of the file.
class HeaderReader {
public:
  HeaderReader(StringRef path, const HeaderOptions &options, Runtime &runtime)
      : path(path), clang(options.clang), options(options), runtime(runtime),
        language(isCxx(path) ? "c++" : "c") {}

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
    Expected<std::string> text =
        run({"-E", "-C", "-x", language, path.str(), "-o", "-"},
            "preprocess '" + path.str() + "'", options.arguments);
    if (!text)
      return text.takeError();
    Preprocessed source(*text);
    Expected<ScratchFile> whole = ScratchFile::create("c");
    if (!whole)
      return whole.takeError();
    if (Error error = whole->write(source.getText()))
      return error;
    Expected<std::string> dump =
        run({"-fsyntax-only", "-w", "-Xclang", "-ast-dump=json", "-x", language,
             whole->getPath()},
            "read '" + path.str() + "'", standard());
    if (!dump)
      return dump.takeError();
    Expected<json::Value> tree = json::parse(*dump);
    if (!tree || !tree->getAsObject()) {
      consumeError(tree.takeError());
      return createStringError("clang gave no syntax tree of '" + path + "'");
    }
    TreeReader reader(source, path, runtime);
    reader.read(*tree->getAsObject());
    return readTypes(source, reader);
  }

private:
  Error readTypes(const Preprocessed &source, TreeReader &reader) {
    std::string probes = source.getText();
    for (auto [i, name] : enumerate(reader.names))
      probes +=
          "__typeof__(" + name + ") *plumb_probe_" + std::to_string(i) + ";\n";
    Expected<ScratchFile> file = ScratchFile::create("c");
    if (!file)
      return file.takeError();
    if (Error error = file->write(probes))
      return error;
    Expected<std::string> bitcode =
        run({"-c", "-w", "-g", "-O0", "-fstandalone-debug", "-emit-llvm", "-x",
             language, file->getPath(), "-o", "-"},
            "compile '" + path.str() + "'", standard());
    if (!bitcode)
      return bitcode.takeError();
    if (Error error = readProbes(MemoryBufferRef(*bitcode, path),
                                 reader.functions, runtime))
      return error;
    for (RuntimeFunction *function : reader.functions) {
      const std::vector<std::string> &names =
          reader.paramNames[function->symbol];
      auto *signature = const_cast<CSignature *>(function->signature);
      if (signature)
        for (auto [param, name] : zip(signature->params, names))
          param.name = name;
    }
    return Error::success();
  }

  /// Of the user's arguments, those that matter after preprocessing.
  std::vector<std::string> standard() const {
    std::vector<std::string> kept;
    for (StringRef argument : options.arguments)
      if (!argument.starts_with("-I") && !argument.starts_with("-D") &&
          !argument.starts_with("-U"))
        kept.push_back(argument.str());
    return kept;
  }

  Expected<std::string> run(std::vector<std::string> arguments, StringRef what,
                            const std::vector<std::string> &more) {
    Expected<ScratchFile> output = ScratchFile::create("out");
    if (!output)
      return output.takeError();
    arguments.insert(arguments.end(), more.begin(), more.end());
    if (Error error = runClang(clang, arguments, output->getPath(), what))
      return std::move(error);
    return output->read();
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
