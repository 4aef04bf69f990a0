//===- HeaderConstants.cpp - The constants of a header --------------------===//

#include "tools/plumb-abi/readers/HeaderConstants.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;
using namespace plumb::abi;

static constexpr StringLiteral constantsFile = "plumb-constants";

static bool isWordChar(char c) { return isAlnum(c) || c == '_'; }

/// Whether text may stand between parentheses and not end the declaration that
/// it stands in. What it means is clang's to say.
static bool mayBeExpression(StringRef text) {
  SmallVector<char> open;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"' || c == '\'') {
      for (++i; i < text.size() && text[i] != c; ++i)
        i += text[i] == '\\';
      if (i >= text.size())
        return false;
    } else if (StringRef("{};#@`\\").contains(c)) {
      return false;
    } else if (c == '(' || c == '[') {
      open.push_back(c);
    } else if (c == ')' || c == ']') {
      if (open.empty() || open.pop_back_val() != (c == ')' ? '(' : '['))
        return false;
    }
  }
  return open.empty() && !text.trim().empty();
}

/// `NAME` of `#define NAME 1`; "" of others, also of those with parameters.
static StringRef definedName(StringRef line) {
  if (!line.consume_front("#define "))
    return "";
  StringRef name = line.take_while(isWordChar);
  StringRef rest = line.drop_front(name.size());
  return rest.starts_with("(") || rest.trim().empty() ? "" : name;
}

/// Of the implementation: a guard, or what a header needs for itself.
static bool isReserved(StringRef name) {
  return name.starts_with("__") ||
         (name.size() > 1 && name[0] == '_' && isUpper(name[1]));
}

Expected<std::vector<ConstantCandidate>>
plumb::abi::findCandidates(const HeaderClang &clang, StringRef path,
                           function_ref<bool(StringRef)> isChosen) {
  std::vector<ConstantCandidate> found;
  Expected<std::unique_ptr<MemoryBuffer>> output =
      clang.preprocess(path, {"-dD", "-w"});
  if (!output)
    return output.takeError();
  Preprocessed source((*output)->getBuffer());
  MapVector<StringRef, ConstantCandidate> defined;
  StringRef text = source.getText();
  for (size_t at = 0; at < text.size();) {
    StringRef line =
        text.substr(at).take_until([](char c) { return c == '\n'; });
    size_t start = at;
    at += line.size() + 1;
    if (line.starts_with("#undef ")) {
      defined.erase(line.drop_front(7).trim());
      continue;
    }
    StringRef name = definedName(line);
    const Preprocessed::Origin *origin =
        name.empty() || isReserved(name) ? nullptr : source.locate(start);
    if (!origin)
      continue;
    const std::string &file = source.getHeaders()[origin->header].file;
    if (isChosen(file))
      defined[name] = {name.str(), "", file, origin->line};
    else
      defined.erase(name);
  }
  if (defined.empty())
    return found;

  // What each stands for at the end of the header.
  SmallString<128> whole(path);
  if (std::error_code error = sys::fs::make_absolute(whole))
    return createStringError("cannot find '" + path + "': " + error.message());
  std::string asking = ("#include \"" + whole + "\"\n").str();
  std::vector<ConstantCandidate> asked;
  for (auto &[name, candidate] : defined) {
    asking +=
        "plumb_macro_" + std::to_string(asked.size()) + " " + name.str() + "\n";
    asked.push_back(std::move(candidate));
  }
  // What says where it stands is no constant.
  asking += "#line 100000 \"plumb-elsewhere\"\n";
  for (auto [i, candidate] : enumerate(asked))
    asking += "plumb_again_" + std::to_string(i) + " " + candidate.name + "\n";
  output = clang.expand(asking);
  if (!output)
    return output.takeError();
  for (StringRef rest = (*output)->getBuffer(); !rest.empty();) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    unsigned index;
    bool isAgain = line.consume_front("plumb_again_");
    if ((!isAgain && !line.consume_front("plumb_macro_")) ||
        line.consumeInteger(10, index) || index >= asked.size() ||
        !mayBeExpression(line))
      continue;
    if (!isAgain)
      asked[index].expression = line.trim().str();
    else if (asked[index].expression == line.trim())
      found.push_back(std::move(asked[index]));
  }
  return found;
}

std::string plumb::abi::declareConstants(ArrayRef<ConstantCandidate> candidates,
                                         bool isCxx) {
  if (candidates.empty())
    return "";
  std::string text = ("\n#line 1 \"" + constantsFile + "\"\n").str();
  for (auto [i, candidate] : enumerate(candidates))
    text += std::string("__attribute__((used)) static ") +
            (isCxx ? "constexpr auto" : "const __auto_type") +
            " plumb_constant_" + std::to_string(i) + " = (" +
            candidate.expression + ");\n";
  return text;
}

Error plumb::abi::keepConstants(const HeaderClang &clang, StringRef text,
                                std::vector<ConstantCandidate> &candidates) {
  // Text that breaks off a declaration could hide what is wrong with the next.
  for (unsigned round = 0; round < 4 && !candidates.empty(); ++round) {
    Expected<std::string> complaints = clang.complaints(
        (text + declareConstants(candidates, clang.isCxx())).str(),
        {"-fsyntax-only", "-w", "-ferror-limit=0", "-fno-caret-diagnostics",
         "-fno-color-diagnostics"});
    if (!complaints)
      return complaints.takeError();
    std::vector<bool> isWrong(candidates.size());
    bool isAny = false;
    for (StringRef rest = *complaints; !rest.empty();) {
      StringRef line;
      std::tie(line, rest) = rest.split('\n');
      unsigned number;
      if (!line.consume_front(constantsFile) || !line.consume_front(":") ||
          line.consumeInteger(10, number) || !number ||
          number > candidates.size() || !line.contains("error:"))
        continue;
      isWrong[number - 1] = isAny = true;
    }
    if (!isAny)
      return Error::success();
    size_t at = 0;
    erase_if(candidates,
             [&](const ConstantCandidate &) { return isWrong[at++]; });
  }
  candidates.clear(); // none rather than one that breaks the header
  return Error::success();
}
