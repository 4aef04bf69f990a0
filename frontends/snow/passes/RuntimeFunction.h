//===- RuntimeFunction.h - Functions of plumb/object.h ----------*- C++ -*-===//
//
// The type that a function of the runtime is declared with follows from its
// declaration in C, which is the only one.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_PASSES_RUNTIMEFUNCTION_H
#define SNOW_PASSES_RUNTIMEFUNCTION_H

#include "plumb/object.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <type_traits>

namespace snow::passes {

/// What a C type is in LLVM.
enum class CValue { None, Pointer, Int32, Int64 };

template <typename T> constexpr CValue valueOf() {
  if constexpr (std::is_void_v<T>)
    return CValue::None;
  else if constexpr (std::is_pointer_v<T>)
    return CValue::Pointer;
  else {
    static_assert(std::is_integral_v<T> && (sizeof(T) == 4 || sizeof(T) == 8));
    return sizeof(T) == 4 ? CValue::Int32 : CValue::Int64;
  }
}

struct RuntimeFunction {
  llvm::StringRef name;
  CValue result;
  llvm::ArrayRef<CValue> parameters;
};

template <typename T> struct CSignature;
template <typename R, typename... P> struct CSignature<R(P...)> {
  static constexpr CValue result = valueOf<R>();
  // One more: an array of C has elements.
  static constexpr CValue parameters[] = {valueOf<P>()..., CValue::None};
  static constexpr RuntimeFunction named(llvm::StringRef name) {
    return {name, result, {parameters, sizeof...(P)}};
  }
};
template <typename R, typename... P>
struct CSignature<R(P...) noexcept> : CSignature<R(P...)> {};

/// RuntimeFunction of a function of plumb/object.h.
#define SNOW_RUNTIME(function)                                                 \
  snow::passes::CSignature<decltype(function)>::named(#function)

} // namespace snow::passes

#endif // SNOW_PASSES_RUNTIMEFUNCTION_H
