//===- FuzzProxy.cpp - any bytes as a PROXY header, any cuts --------------===//
//
// The first byte chooses the cuts. A second reader, which has all bytes before
// it begins, says what must come out.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/wire/ProxyHeader.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <memory>
#include <sstream>
#include <vector>

using namespace plumb::rt::wire;
using State = ProxyHeaderReader::State;

namespace {

struct Outcome {
  State state = State::NeedMore;
  size_t taken = 0;
  ProxyHeader header;
};

/// "1.2.3.4" and "::1" by the C library alone.
std::optional<Endpoint> address(int family, const std::string &text,
                                uint16_t port) {
  uint8_t bytes[16] = {};
  if (::inet_pton(family, text.c_str(), bytes) != 1)
    return std::nullopt;
  return family == AF_INET ? Endpoint::fromV4(std::span(bytes).first<4>(), port)
                           : Endpoint::fromV6(bytes, port);
}

Outcome expectLine(std::string text) {
  Outcome failed{State::Failed, 0, {}};
  const std::string start = "PROXY ";
  size_t end = text.find_first_of("\r\n");
  size_t known = std::min(end, text.size());
  if (text.compare(0, std::min(known, start.size()), start, 0,
                   std::min(known, start.size())) != 0 ||
      (end < start.size()))
    return failed;
  if (known > 106)
    return failed;
  if (end == text.npos || (text[end] == '\r' && end + 1 == text.size()))
    return end == 106 ? failed : Outcome{State::NeedMore, text.size(), {}};
  if (text.compare(end, 2, "\r\n") != 0)
    return failed;
  Outcome outcome{State::Done, end + 2, {}};
  if (outcome.taken > 107)
    return failed;
  text = text.substr(start.size(), end - start.size());
  if (text == "UNKNOWN" || text.starts_with("UNKNOWN "))
    return outcome;
  // Each field is what a stream reads, and nothing is left out of the whole.
  std::istringstream stream(text);
  std::string family, from, to;
  unsigned fromPort = 0, toPort = 0;
  stream >> family >> from >> to >> fromPort >> toPort;
  std::string again = family + " " + from + " " + to + " " +
                      std::to_string(fromPort) + " " + std::to_string(toPort);
  if (again != text || fromPort > 65535 || toPort > 65535 ||
      (family != "TCP4" && family != "TCP6") || text.find('\0') != text.npos)
    return failed;
  int kind = family == "TCP4" ? AF_INET : AF_INET6;
  outcome.header.source = address(kind, from, static_cast<uint16_t>(fromPort));
  return outcome.header.source && address(kind, to, 0) ? outcome : failed;
}

/// Type, value of each vector; none when one is cut off.
using Vectors = std::vector<std::pair<uint8_t, std::string>>;
std::optional<Vectors> vectorsOf(const std::string &text) {
  Vectors vectors;
  for (size_t at = 0; at != text.size();) {
    if (at + 3 > text.size())
      return std::nullopt;
    size_t size = uint8_t(text[at + 1]) * 256 + uint8_t(text[at + 2]);
    if (at + 3 + size > text.size())
      return std::nullopt;
    vectors.emplace_back(text[at], text.substr(at + 3, size));
    at += 3 + size;
  }
  return vectors;
}

Outcome expectBlock(const std::string &text) {
  const std::string start("\r\n\r\n\0\r\nQUIT\n", 12);
  Outcome failed{State::Failed, 0, {}}, more{State::NeedMore, text.size(), {}};
  size_t known = std::min(text.size(), start.size());
  if (text.compare(0, known, start, 0, known) != 0)
    return failed;
  uint8_t command = text.size() > 12 ? text[12] : 0x20,
          family = text.size() > 13 ? text[13] : 0;
  if ((command != 0x20 && command != 0x21) ||
      (command == 0x21 && (family >= 0x40 || family % 16 > 2)))
    return failed;
  if (text.size() < 16)
    return more;
  size_t size = uint8_t(text[14]) * 256 + uint8_t(text[15]);
  if (text.size() < 16 + size)
    return more;
  Outcome done{State::Done, 16 + size, {}};
  if (command == 0x20 || family < 0x10 || family % 16 == 0)
    return done;
  const size_t sizes[] = {12, 36, 216};
  size_t addresses = sizes[family / 16 - 1];
  if (size < addresses)
    return failed;
  auto vectors = vectorsOf(text.substr(16 + addresses, size - addresses));
  if (!vectors)
    return failed;
  int sums = 0;
  for (const auto &[type, value] : *vectors) {
    if (type == 0x20) {
      if (done.header.secure || value.size() < 5 || !vectorsOf(value.substr(5)))
        return failed;
      done.header.secure = value[0] & 1;
    }
    sums += type == 3;
  }
  // A fuzzer does not find a good checksum; unit tests have some.
  if (sums)
    return failed;
  auto *bytes = reinterpret_cast<const uint8_t *>(text.data()) + 16;
  auto port = [&](size_t at) {
    return static_cast<uint16_t>(bytes[at] * 256 + bytes[at + 1]);
  };
  if (family == 0x11)
    done.header.source =
        Endpoint::fromV4(std::span<const uint8_t, 4>(bytes, 4), port(8));
  if (family == 0x21)
    done.header.source =
        Endpoint::fromV6(std::span<const uint8_t, 16>(bytes, 16), port(32));
  return done;
}

template <typename NextSize>
Outcome read(std::span<const uint8_t> stream, NextSize nextSize) {
  ProxyHeaderReader reader;
  Outcome outcome;
  while (outcome.taken != stream.size() && reader.state() == State::NeedMore) {
    size_t size = std::min<size_t>(nextSize(), stream.size() - outcome.taken);
    auto piece = std::make_unique<uint8_t[]>(size);
    std::copy_n(stream.data() + outcome.taken, size, piece.get());
    size_t taken = reader.feed({piece.get(), size});
    REQUIRE(taken <= size);
    REQUIRE(taken == size || reader.state() != State::NeedMore);
    outcome.taken += taken;
  }
  outcome.state = reader.state();
  outcome.header = reader.header();
  REQUIRE((outcome.state == State::Failed) == !reader.text().empty());
  return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2)
    return 0;
  Dice dice(data[0]);
  std::span<const uint8_t> stream(data + 1, size - 1);
  std::string text(stream.begin(), stream.end());
  Outcome expected{State::Failed, 0, {}};
  if (text[0] == 'P')
    expected = expectLine(text);
  else if (text[0] == '\r')
    expected = expectBlock(text);
  for (int way = 0; way < 3; ++way) {
    Outcome outcome = read(stream, [&] {
      return way == 0   ? size_t(1) << 20
             : way == 1 ? size_t(1)
                        : size_t(1 + dice.below(40));
    });
    REQUIRE(outcome.state == expected.state);
    if (outcome.state == State::Failed)
      continue;
    REQUIRE(outcome.taken == expected.taken);
    REQUIRE(outcome.header.source == expected.header.source);
    REQUIRE(outcome.header.secure == expected.header.secure);
  }
  return 0;
}
