//===- Runtime.h - The functions of an existing runtime ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_RUNTIME_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_RUNTIME_H

#include "tools/plumb-abi/readers/CSignature.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace plumb::abi {

/// Who says what the types of a function are.
enum class TypeSource : uint8_t { None, Dwarf, DebugMetadata, Ir, Header };
inline constexpr unsigned numTypeSources = 5;

/// A symbol of a runtime that somebody else's code can be linked with.
struct RuntimeFunction {
  std::string symbol;
  std::string object; ///< "libclock.a(clock.o)"; empty when it is only declared
  const CSignature *signature = nullptr; ///< null when only the name is known
  std::string why; ///< that its types are not known; empty for the usual reason
  TypeSource source = TypeSource::None;
  std::string file; ///< of the definition; empty when not known
  unsigned line = 0;
  /// What a header declares; null without one.
  const CSignature *declared = nullptr;
  std::string headerFile; ///< of the declaration; empty without one
  unsigned headerLine = 0;
  std::string doc; ///< the first sentence of a comment; may be empty
  /// Part of the interface; otherwise hidden, but an archive's or object's
  /// hidden functions can be linked with too.
  bool isExported = true;

  bool isDefined() const { return !object.empty(); }
  /// What is known best: the definition's types, else the header's, before
  /// those that LLVM has lowered. Null when there are none.
  const CSignature *types() const {
    return declared && (!signature || signature->isLowered) ? declared
                                                            : signature;
  }
  TypeSource typeSource() const {
    return types() != signature ? TypeSource::Header : source;
  }
};

/// A type that a header names, whether a function has it or not.
struct RuntimeType {
  const CType *type = nullptr;
  std::string name; ///< "struct tm", "time_t"
  std::string doc;  ///< the first sentence of a comment; may be empty
  std::string file;
  unsigned line = 0;
};

/// A macro, or a case of an enum without a name, that is a constant expression.
struct RuntimeConstant {
  enum Kind : uint8_t { Integer, Float, Text, Address };
  std::string name;
  Kind kind = Integer;
  const CType *type = nullptr; ///< of the expression; of a text its pointer
  int64_t integer = 0;         ///< of an Integer or an Address, its bits
  double number = 0;           ///< of a Float
  std::string text;            ///< of a Text, UTF-8
  std::string file;
  unsigned line = 0;
};

/// What was read, from one file or several.
struct Runtime {
  CTypes types;
  llvm::StringMap<RuntimeFunction> functions;
  /// Why a name is no such function: "a variable in clock.o".
  llvm::StringMap<std::string> others;
  std::vector<RuntimeType> declaredTypes; ///< of headers
  std::vector<RuntimeConstant> constants; ///< of headers
  /// Functions of headers that cannot be called, and why: "it is inline".
  std::vector<std::pair<std::string, std::string>> leftOut;
  std::vector<std::string> files;
  std::vector<std::string> warnings;
  llvm::StringMap<std::string> buildIds; ///< of objects; may be empty
  std::string architecture; ///< "x86_64"; empty before the first file
  std::string architectureFile;

  /// Adds a function that an object defines. The first of a name stays.
  RuntimeFunction &add(llvm::StringRef symbol, llvm::StringRef object,
                       bool isExported);
  /// Adds a function that a header declares.
  RuntimeFunction &declare(llvm::StringRef symbol);
  /// Whether a library, object or bitcode was read, so that what it does not
  /// define is missing.
  bool hasObjects() const { return numObjectFiles > 0; }
  unsigned numObjectFiles = 0;
  /// "clock.c:12", or the file that has the symbol.
  static std::string locate(const RuntimeFunction &function);
};

/// Reads a shared library, a static archive, an object or LLVM bitcode or
/// assembly. An error says what is wrong with the file; `runtime` is then of no
/// use.
llvm::Error readRuntime(llvm::StringRef path, Runtime &runtime);

/// One object file or one module, as a file or within an archive; `name` is
/// for messages.
llvm::Error readObject(llvm::MemoryBufferRef buffer, llvm::StringRef name,
                       Runtime &runtime);
llvm::Error readBitcode(llvm::MemoryBufferRef buffer, llvm::StringRef name,
                        Runtime &runtime);
/// Refuses what no family is for, and a second architecture.
llvm::Error checkArchitecture(llvm::StringRef architecture, bool is64Bit,
                              bool isLittleEndian, llvm::StringRef name,
                              Runtime &runtime);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_RUNTIME_H
