//===- HeaderTree.cpp - What clang's syntax tree declares -----------------===//

#include "tools/plumb-abi/readers/HeaderTree.h"
#include "tools/plumb-abi/readers/JsonView.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace plumb::abi;

/// The first sentence of a documentation comment.
static std::string firstSentence(const json::Object &node) {
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

namespace {
/// What one declaration says.
struct Declaration {
  std::string name, symbol, storage, doc;
  std::vector<std::string> params;
  std::optional<uint64_t> offset;
  bool isInline = false, isGnuInline = false, isImplicit = false;
};

class TreeReader {
public:
  TreeReader(const Preprocessed &source, bool isCxx)
      : source(source), isCxx(isCxx) {}

  /// `scope` is "n::" in a namespace n.
  void read(JsonView node, const std::string &scope) {
    node.members([&](StringRef key, JsonView value) {
      if (key != "inner")
        return true;
      value.elements([&](JsonView child) { readChild(child, scope); });
      return false;
    });
  }

  HeaderDeclarations finish() {
    for (HeaderFunction &function : functions)
      function.isOverloaded = numOfName.lookup(function.name) > 1;
    return {std::move(functions), std::move(types), std::move(enumerators)};
  }

private:
  void readChild(JsonView node, const std::string &scope) {
    std::optional<JsonView> member = node.get("kind");
    std::string kind = member ? member->asString() : "";
    if (kind == "LinkageSpecDecl")
      return read(node, scope);
    if (kind == "NamespaceDecl") {
      std::optional<JsonView> name = node.get("name");
      // Nobody outside the file can name what is in one without a name.
      if (name)
        read(node, scope + name->asString() + "::");
      return;
    }
    if (kind == "FunctionDecl")
      return add(declaration(node), scope);
    if (kind == "RecordDecl" || kind == "CXXRecordDecl" || kind == "EnumDecl" ||
        kind == "TypedefDecl")
      addType(kind, node, scope);
  }

  void addType(StringRef kind, JsonView node, const std::string &scope) {
    HeaderType made;
    std::string tag;
    bool isWhole = kind == "TypedefDecl", isImplicit = false;
    std::vector<std::string> cases;
    const Preprocessed::Origin *origin = nullptr;
    node.members([&](StringRef key, JsonView value) {
      if (key == "name")
        made.name = value.asString();
      else if (key == "tagUsed")
        tag = value.asString();
      else if (key == "completeDefinition")
        isWhole = value.isTrue();
      else if (key == "isImplicit")
        isImplicit = value.isTrue();
      else if (key == "loc") {
        if (std::optional<uint64_t> offset = offsetOf(value))
          origin = source.locate(*offset);
      } else if (key == "inner") {
        isWhole |= kind == "EnumDecl";
        if (kind == "EnumDecl" && made.name.empty())
          value.elements([&](JsonView child) {
            std::optional<JsonView> is = child.get("kind");
            std::optional<JsonView> name = child.get("name");
            if (is && name && is->asString() == "EnumConstantDecl")
              cases.push_back(name->asString());
          });
      }
      return true;
    });
    if (!origin || isImplicit || !isWhole)
      return;
    std::string front = isCxx ? "::" + scope : "";
    for (const std::string &name : cases)
      enumerators.push_back({front + name, origin->header, origin->line});
    if (made.name.empty())
      return;
    if (!isCxx && kind == "EnumDecl")
      tag = "enum";
    made.name = (isCxx || tag.empty() ? front : tag + " ") + made.name;
    made.header = origin->header;
    made.line = origin->line;
    types.push_back(std::move(made));
  }

  static Declaration declaration(JsonView node) {
    Declaration made;
    node.members([&](StringRef key, JsonView value) {
      if (key == "name")
        made.name = value.asString();
      else if (key == "mangledName")
        made.symbol = value.asString();
      else if (key == "storageClass")
        made.storage = value.asString();
      else if (key == "inline")
        made.isInline = value.isTrue();
      else if (key == "isImplicit")
        made.isImplicit = value.isTrue();
      else if (key == "loc")
        made.offset = offsetOf(value);
      else if (key == "inner")
        value.elements([&](JsonView child) { readPart(child, made); });
      return true;
    });
    // A name that an asm label gives stands as it is.
    if (StringRef(made.symbol).starts_with("\1"))
      made.symbol.erase(0, 1);
    if (made.symbol.empty())
      made.symbol = made.name;
    return made;
  }

  static std::optional<uint64_t> offsetOf(JsonView loc) {
    std::optional<JsonView> offset = loc.get("offset");
    return offset ? offset->asInteger() : std::nullopt;
  }

  static void readPart(JsonView child, Declaration &made) {
    std::optional<JsonView> member = child.get("kind");
    std::string kind = member ? member->asString() : "";
    if (kind == "ParmVarDecl") {
      std::optional<JsonView> name = child.get("name");
      made.params.push_back(name ? name->asString() : "");
    } else if (kind == "GNUInlineAttr") {
      made.isGnuInline = true;
    } else if (kind == "FullComment") {
      Expected<json::Value> parsed = json::parse(child.getText());
      if (parsed && parsed->getAsObject())
        made.doc = firstSentence(*parsed->getAsObject());
      consumeError(parsed.takeError());
    }
  }

  /// Why a library has no such function, from one declaration.
  std::string whyNowhere(const Declaration &made) const {
    if (made.storage == "static")
      return made.isInline ? "static inline" : "static";
    // gnu_inline, and C's `extern inline`, leave the function to the library.
    bool isElsewhere = made.storage == "extern" && (made.isGnuInline || !isCxx);
    return made.isInline && !isElsewhere ? "inline" : "";
  }

  void add(const Declaration &made, const std::string &scope) {
    if (made.name.empty() || made.isImplicit)
      return;
    std::string name = isCxx ? "::" + scope + made.name : made.name;
    const Preprocessed::Origin *origin =
        made.offset ? source.locate(*made.offset) : nullptr;
    bool isMangled = StringRef(made.symbol).starts_with("_Z") && isCxx;
    if (symbolsOfName[name].try_emplace(made.symbol).second)
      ++numOfName[name];
    if (!origin || isMangled)
      return;
    auto [at, isNew] = bySymbol.try_emplace(made.symbol, functions.size());
    if (isNew) {
      HeaderFunction &function = functions.emplace_back();
      function.symbol = made.symbol;
      function.name = name;
      function.header = origin->header;
      function.line = origin->line;
      function.whyNowhere = whyNowhere(made);
    }
    // Declared again: the first place counts, but names and comments may come
    // later, and so may the declaration that leaves it to the library.
    HeaderFunction &function = functions[at->second];
    if (whyNowhere(made).empty())
      function.whyNowhere.clear();
    if (function.doc.empty())
      function.doc = made.doc;
    if (function.params.size() < made.params.size() ||
        (!made.params.empty() && function.params.front().empty()))
      function.params = made.params;
  }

  const Preprocessed &source;
  bool isCxx;
  std::vector<HeaderFunction> functions;
  std::vector<HeaderType> types;
  std::vector<HeaderEnumerator> enumerators;
  StringMap<size_t> bySymbol;
  StringMap<StringMap<char>> symbolsOfName;
  StringMap<unsigned> numOfName;
};
} // namespace

HeaderDeclarations
plumb::abi::readTree(StringRef dump, const Preprocessed &source, bool isCxx) {
  TreeReader reader(source, isCxx);
  reader.read(JsonView(dump), "");
  return reader.finish();
}
