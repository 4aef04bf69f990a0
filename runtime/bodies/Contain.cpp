//===- Contain.cpp - calls of the program, which may fail -----------------===//

#include "plumb/Runtime/Contain.h"
#include "runtime/base/Escape.h"
#include "runtime/base/Log.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iterator>
#include <new>
#include <string>

namespace plumb::rt {

constinit thread_local ProgramCall *programCall = nullptr;

void Failure::set(std::string_view why) noexcept {
  static constexpr std::string_view cut = "...";
  size = 0;
  while (!why.empty()) {
    base::Escaped next(why, base::Escapes::Hex);
    std::string_view written = next;
    if (size + written.size() + cut.size() > sizeof text) {
      std::memcpy(text + size, cut.data(), cut.size());
      size += cut.size();
      return;
    }
    std::memcpy(text + size, written.data(), written.size());
    size += written.size();
  }
}

void describeException(Failure &failure) noexcept {
  try {
    throw;
  } catch (const std::bad_alloc &) {
    failure.set("out of memory");
  } catch (const std::exception &error) {
    failure.set(error.what());
  } catch (...) {
    failure.set("an exception of C++");
  }
}

base::LogGate &gateOf(std::string_view name) noexcept {
  static base::LogGate gates[32];
  uint32_t hash = 2166136261; // FNV-1a
  for (char c : name)
    hash = (hash ^ static_cast<uint8_t>(c)) * 16777619;
  return gates[(hash ^ hash >> 16) % std::size(gates)];
}

void logFailure(std::string_view handler, std::string_view whom,
                const Failure &failure) noexcept {
  char line[1024];
  auto part = [](std::string_view text) { return text.substr(0, 400); };
  std::string_view what = part(handler), who = part(whom),
                   why = part(failure.why());
  int size =
      std::snprintf(line, sizeof line, "%.*s failed%s%.*s: %.*s",
                    static_cast<int>(what.size()), what.data(),
                    who.empty() ? "" : " for ", static_cast<int>(who.size()),
                    who.data(), static_cast<int>(why.size()), why.data());
  base::log(gateOf(handler), base::LogLevel::Error,
            {line, std::min(static_cast<size_t>(size), sizeof line - 1)});
}

void abortProgram(std::string_view why) noexcept {
  ProgramCall *call = programCall;
  if (!call) {
    Failure failure;
    failure.set(why);
    try {
      base::log(base::Ungated("the last line"), base::LogLevel::Error,
                "the program failed: " + std::string(failure.why()));
    } catch (const std::bad_alloc &) { // The exit status says it.
    }
    base::flushLog();
    std::_Exit(70);
  }
  programCall = nullptr;
  call->failure.set(why);
  PLUMB_LONGJMP(call->jump);
}

} // namespace plumb::rt
