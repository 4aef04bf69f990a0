//===- FuzzHandshake.cpp - any bytes as a request, any cuts ---------------===//
//
// The first byte chooses the limit, the next two how the rest is cut.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Handshake.h"
#include "runtime/wire/Origin.h"
#include "runtime/wire/Subprotocol.h"

#include <algorithm>
#include <memory>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;
using State = RequestReader::State;

namespace {

template <typename NextSize>
size_t feed(RequestReader &reader, const Limits &limits,
            std::span<const uint8_t> stream, NextSize nextSize) {
  size_t total = 0;
  while (total != stream.size() && reader.state() == State::NeedMore) {
    size_t size = std::min<size_t>(nextSize(), stream.size() - total);
    auto piece = std::make_unique<uint8_t[]>(size);
    std::copy_n(stream.data() + total, size, piece.get());
    size_t taken = reader.feed({piece.get(), size}, limits);
    REQUIRE(taken <= size);
    REQUIRE(taken == size || reader.state() != State::NeedMore);
    total += taken;
  }
  return total;
}

bool within(std::string_view part, std::string_view whole) {
  return whole.find(part) != whole.npos;
}

/// Everything that can be asked of a request, and our answers to it.
void use(const Request &request, std::string_view head) {
  for (std::string_view part : {request.method(), request.target(),
                                request.path(), request.query(), request.key()})
    REQUIRE(part == "/" || within(part, head));
  REQUIRE(request.version() == 10 || request.version() == 11);
  for (const char *name : {"Host", "Upgrade", "Connection", "Cookie", "a"}) {
    REQUIRE((request.headerCount(name) == 0) ==
            (request.firstHeader(name).data() == nullptr));
    REQUIRE(request.header(name).find_first_of("\r\n") == std::string::npos);
  }
  if (auto value = queryValue(request.query(), "name"))
    REQUIRE(isValidUtf8(asBytes(toUtf8(*value))));
  REQUIRE(isValidUtf8(asBytes(toUtf8(request.target()))));

  static const std::vector<std::string> ours = {"chat", "a"};
  SubprotocolChoice choice = chooseSubprotocol(request, ours);
  REQUIRE(choice.index < 2 && (choice.wellFormed || choice.index == -1));
  if (auto origin = normalOrigin(request.firstHeader("Origin")))
    REQUIRE(normalOrigin(*origin) == origin);
  std::string wrong;
  for (const char *option : {"same", "https://a.example"})
    OriginPolicy::parse(option, wrong)->allows(request, true);

  UpgradeCheck check = validateUpgrade(request);
  std::string answer =
      check.ok() ? upgradeResponse(request) : refusal(check.status, check.text);
  REQUIRE(answer.starts_with("HTTP/1.1 " + std::to_string(check.status)));
  if (check.ok()) {
    REQUIRE(request.method() == "GET" && request.isUpgrade());
    REQUIRE(request.key().size() == 24);
    REQUIRE(answer.ends_with("\r\n\r\n"));
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 3)
    return 0;
  Limits limits;
  if (data[0] & 1)
    limits.maxHeader = 1 + 2 * data[0];
  Dice dice(data[1] | data[2] << 8);
  std::span<const uint8_t> stream(data + 3, size - 3);

  RequestReader whole;
  size_t taken = feed(whole, limits, stream, [] { return size_t(1) << 30; });
  REQUIRE(taken <= limits.maxHeader);
  std::string_view head(reinterpret_cast<const char *>(stream.data()), taken);
  REQUIRE((whole.state() == State::Done) <= head.ends_with("\r\n\r\n"));

  for (bool bytewise : {true, false}) {
    RequestReader cut;
    size_t cutTaken = feed(cut, limits, stream, [&] {
      return bytewise ? size_t(1) : size_t(1 + dice.below(40));
    });
    REQUIRE(cutTaken == taken);
    REQUIRE(cut.state() == whole.state());
    REQUIRE(cut.status() == whole.status());
    REQUIRE(cut.text() == whole.text());
    if (cut.state() == State::Done)
      use(cut.take(), head);
  }
  if (whole.state() == State::Failed)
    REQUIRE(refusal(whole.status(), whole.text()).size() > 0);
  return 0;
}
