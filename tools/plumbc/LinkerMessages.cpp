//===- LinkerMessages.cpp - What a failed linker wrote --------------------===//

#include "Link.h"
#include "command-line/Tool.h"
#include "execution/Symbols.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

/// The symbol that the line says is undefined; empty when it says no such
/// thing. lld writes `undefined symbol: f`, GNU ld and gold
/// "undefined reference to `f'" or with two ' marks.
static StringRef undefinedSymbol(StringRef line) {
  for (StringRef lead : {"undefined symbol: ", "undefined hidden symbol: ",
                         "undefined protected symbol: "})
    if (size_t at = line.find(lead); at != StringRef::npos)
      return line.substr(at + lead.size()).trim();
  constexpr StringLiteral lead = "undefined reference to ";
  if (size_t at = line.find(lead); at != StringRef::npos)
    return line.substr(at + lead.size()).trim(" `'\r");
  return "";
}

bool plumb::reportLinkFailure(const intr::Registry &registry, StringRef program,
                              StringRef driver, StringRef runtimeArchive,
                              StringRef text) {
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  std::set<std::string> symbols;
  for (StringRef line : lines)
    if (StringRef symbol = undefinedSymbol(line); !symbol.empty())
      symbols.insert(symbol.str());
  if (!symbols.empty())
    return tellProblems(describeMissing(
        registry, program,
        SmallVector<std::string>(symbols.begin(), symbols.end()),
        runtimeArchive));

  toolError("linking '" + program + "' with " + driver + " failed:\n" +
            text.rtrim());
  if (text.contains("libssl.a") || text.contains("libcrypto.a"))
    toolNote("the static OpenSSL libraries come with libssl-dev");
  if (text.contains("libz.a"))
    toolNote("the static zlib comes with zlib1g-dev");
  if (text.contains("libzstd.a"))
    toolNote("the static zstd comes with libzstd-dev");
  return false;
}
