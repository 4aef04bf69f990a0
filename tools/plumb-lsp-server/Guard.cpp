//===- Guard.cpp - Texts that the parser must not be given ----------------===//

#include "tools/plumb-lsp-server/Analysis.h"
#include "llvm/Support/CrashRecoveryContext.h"

using namespace llvm;
using namespace plumb::lspserver;

static constexpr unsigned maxDepth = 256;
static constexpr unsigned stackBytes = 64 << 20;

size_t plumb::lspserver::tooDeepAt(StringRef text) {
  unsigned depth = 0, minuses = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
    case '"':
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        i += text[i] == '\\';
      break;
    case '/':
      if (!text.substr(i).starts_with("//"))
        break;
      i = std::min(text.find('\n', i), text.size());
      continue;
    case '>':
      // An arrow closes nothing.
      if (i && text[i - 1] == '-')
        break;
      [[fallthrough]];
    case ')':
    case ']':
    case '}':
      depth -= depth > 0;
      break;
    case '(':
    case '<':
    case '[':
    case '{':
      if (++depth > maxDepth)
        return i;
      break;
    // A sign may be signed again, without a bracket.
    case '-':
      if (++minuses > maxDepth)
        return i;
      continue;
    case ' ':
    case '\t':
    case '\n':
      continue;
    default:
      break;
    }
    minuses = 0;
  }
  return text.size();
}

std::vector<Span> plumb::lspserver::partsOf(StringRef text) {
  std::vector<Span> parts;
  size_t begin = 0;
  for (size_t i = 0; i < text.size();) {
    size_t end = std::min(text.find('\n', i), text.size());
    if (text.slice(i, end).starts_with("// -----")) {
      parts.push_back({begin, i});
      begin = std::min(end + 1, text.size());
    }
    i = end + 1;
  }
  parts.push_back({begin, text.size()});
  return parts;
}

bool plumb::lspserver::runDeep(function_ref<void()> function) {
  return CrashRecoveryContext().RunSafelyOnThread(function, stackBytes);
}
