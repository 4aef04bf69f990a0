//===- Contain.cpp - calls of the program, which may fail -----------------===//

#include "runtime/abi/Contain.h"
#include "runtime/net/Log.h"

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
  for (unsigned char c : why) {
    bool plain = c >= 0x20 && c != 0x7f;
    if (size + (plain ? 1 : 4) + cut.size() > sizeof text) {
      // Not within a UTF-8 sequence.
      while (size > 0 && (text[size - 1] & 0xc0) == 0x80)
        --size;
      if (size > 0 && (text[size - 1] & 0x80))
        --size;
      std::memcpy(text + size, cut.data(), cut.size());
      size += cut.size();
      return;
    }
    if (plain) {
      text[size++] = static_cast<char>(c);
      continue;
    }
    static constexpr char digits[] = "0123456789abcdef";
    for (char escaped : {'\\', 'x', digits[c >> 4], digits[c & 15]})
      text[size++] = escaped;
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

net::LogGate &gateOf(std::string_view name) noexcept {
  static net::LogGate gates[32];
  uint32_t hash = 2166136261; // FNV-1a
  for (char c : name)
    hash = (hash ^ static_cast<uint8_t>(c)) * 16777619;
  return gates[(hash ^ hash >> 16) % std::size(gates)];
}

void logFailure(std::string_view handler, std::string_view whom,
                const Failure &failure) noexcept {
  char line[1024];
  auto part = [](std::string_view text) {
    return static_cast<int>(std::min<size_t>(text.size(), 400));
  };
  int size =
      std::snprintf(line, sizeof line, "%.*s failed%s%.*s: %.*s", part(handler),
                    handler.data(), whom.empty() ? "" : " for ", part(whom),
                    whom.data(), part(failure.why()), failure.why().data());
  net::log(gateOf(handler), net::LogLevel::Error,
           {line, std::min(static_cast<size_t>(size), sizeof line - 1)});
}

void abortProgram(std::string_view why) noexcept {
  ProgramCall *call = programCall;
  if (!call) {
    Failure failure;
    failure.set(why);
    try {
      net::log(net::Ungated("the last line"), net::LogLevel::Error,
               "the program failed: " + std::string(failure.why()));
    } catch (const std::bad_alloc &) {
    }
    net::flushLog();
    std::_Exit(70);
  }
  programCall = nullptr;
  call->failure.set(why);
  PLUMB_LONGJMP(call->jump);
}

} // namespace plumb::rt
