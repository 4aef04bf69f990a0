//===- ProxyHeader.cpp - the PROXY protocol, versions 1 and 2 -------------===//

#include "runtime/wire/ProxyHeader.h"

#include <algorithm>
#include <boost/crc.hpp>

using namespace plumb::rt::wire;
using namespace std::literals;

namespace {

constexpr std::string_view lineStart = "PROXY ";
constexpr size_t longestLine = 107; // with its CRLF; section 2.1
constexpr std::string_view signature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr size_t fixedSize = 16; // signature, version, family, length

uint8_t byteAt(std::string_view text, size_t at) {
  return static_cast<uint8_t>(text[at]);
}
uint16_t shortAt(std::string_view text, size_t at) {
  return static_cast<uint16_t>(byteAt(text, at) << 8 | byteAt(text, at + 1));
}
template <size_t Size>
std::span<const uint8_t, Size> bytesAt(std::string_view text, size_t at) {
  return std::span<const uint8_t, Size>(
      reinterpret_cast<const uint8_t *>(text.data()) + at, Size);
}

/// The fields of a line, which one space each separates, taken one by one.
std::string_view takeField(std::string_view &rest) {
  size_t space = std::min(rest.find(' '), rest.size());
  std::string_view field = rest.substr(0, space);
  rest.remove_prefix(std::min(rest.size(), space + 1));
  return field;
}

/// The 13th and 14th byte, section 2.2.
enum Command : uint8_t { Local, Proxy };
enum Family : uint8_t { Unspecified, Inet, Inet6, Unix };
enum Transport : uint8_t { Unknown, Stream, Datagram };
constexpr size_t addressSizes[] = {0, 12, 36, 216};

/// Types of vectors, section 2.2.3 and after.
constexpr uint8_t crc32c = 0x03, ssl = 0x20;

/// Takes a type-length-value from the front. False when it is cut off.
bool takeVector(std::string_view &rest, uint8_t &type,
                std::string_view &value) {
  if (rest.size() < 3)
    return false;
  size_t size = shortAt(rest, 1);
  if (rest.size() - 3 < size)
    return false;
  type = byteAt(rest, 0);
  value = rest.substr(3, size);
  rest.remove_prefix(3 + size);
  return true;
}

} // namespace

size_t ProxyHeaderReader::fail(std::string_view text) noexcept {
  current = State::Failed;
  why = text;
  return 0;
}

size_t ProxyHeaderReader::feed(std::span<const uint8_t> bytes) {
  if (current != State::NeedMore || bytes.empty())
    return 0;
  char first = held.empty() ? static_cast<char>(bytes[0]) : held[0];
  if (first == lineStart[0])
    return feedLine(bytes);
  if (first == signature[0])
    return feedBlock(bytes);
  return fail("there is no PROXY header");
}

//===----------------------------------------------------------------------===//
// Version 1, section 2.1
//===----------------------------------------------------------------------===//

size_t ProxyHeaderReader::feedLine(std::span<const uint8_t> bytes) {
  for (size_t taken = 0; taken != bytes.size();) {
    char c = static_cast<char>(bytes[taken++]);
    bool afterReturn = held.ends_with('\r');
    held += c;
    if (held.size() <= lineStart.size() && c != lineStart[held.size() - 1])
      return fail("there is no PROXY header");
    if (afterReturn != (c == '\n'))
      return fail("the PROXY line does not end with CRLF");
    if (afterReturn) {
      finishLine();
      return taken;
    }
    if (held.size() == longestLine)
      return fail("the PROXY line is longer than 107 bytes");
  }
  return bytes.size();
}

void ProxyHeaderReader::finishLine() {
  std::string_view rest = held;
  rest.remove_prefix(lineStart.size());
  rest.remove_suffix(2);
  std::string_view family = takeField(rest);
  current = State::Done;
  if (family == "UNKNOWN")
    return; // With anything behind it.
  bool isV6 = family == "TCP6";
  if (!isV6 && family != "TCP4") {
    fail("the PROXY line is of neither TCP4, TCP6 nor UNKNOWN");
    return;
  }
  std::string_view from = takeField(rest), to = takeField(rest);
  std::optional<uint16_t> fromPort = parsePort(takeField(rest));
  std::optional<uint16_t> toPort = parsePort(rest);
  auto parse = isV6 ? Endpoint::parseV6 : Endpoint::parseV4;
  if (fromPort && toPort && parse(to, *toPort))
    result.source = parse(from, *fromPort);
  if (!result.source)
    fail("the PROXY line has not two addresses of its family and two ports");
}

//===----------------------------------------------------------------------===//
// Version 2, section 2.2
//===----------------------------------------------------------------------===//

size_t ProxyHeaderReader::feedBlock(std::span<const uint8_t> bytes) {
  size_t taken = 0;
  auto takeUpTo = [&](size_t size) {
    size_t more = std::min(size - held.size(), bytes.size() - taken);
    held.append(reinterpret_cast<const char *>(bytes.data()) + taken, more);
    taken += more;
  };
  if (held.size() < fixedSize) {
    takeUpTo(fixedSize);
    if (!checkSignature() || held.size() < fixedSize)
      return taken;
  }
  size_t whole = fixedSize + shortAt(held, 14);
  takeUpTo(whole);
  if (held.size() == whole)
    finishBlock();
  return taken;
}

/// Judges as much of the fixed part as has come.
bool ProxyHeaderReader::checkSignature() {
  size_t compared = std::min(held.size(), signature.size());
  if (std::string_view(held).substr(0, compared) !=
      signature.substr(0, compared))
    fail("there is no PROXY header");
  else if (held.size() > 12 && byteAt(held, 12) >> 4 != 2)
    fail("the PROXY header is of neither version 1 nor 2");
  else if (held.size() > 12 && (byteAt(held, 12) & 15) > Proxy)
    fail("the PROXY header has a command that there is not");
  else if (held.size() > 13 && (byteAt(held, 12) & 15) == Proxy &&
           (byteAt(held, 13) >> 4 > Unix || (byteAt(held, 13) & 15) > Datagram))
    fail("the PROXY header has a family or transport that there is not");
  return current != State::Failed;
}

void ProxyHeaderReader::finishBlock() {
  current = State::Done;
  unsigned family = byteAt(held, 13) >> 4, transport = byteAt(held, 13) & 15;
  // What the block has in it is then to be ignored.
  if ((byteAt(held, 12) & 15) == Local || family == Unspecified ||
      transport == Unknown)
    return;
  std::string_view block = std::string_view(held).substr(fixedSize);
  if (block.size() < addressSizes[family]) {
    fail("the PROXY header is too short for its addresses");
    return;
  }
  if (!readVectors(block.substr(addressSizes[family])) || transport != Stream)
    return;
  if (family == Inet)
    result.source = Endpoint::fromV4(bytesAt<4>(block, 0), shortAt(block, 8));
  else if (family == Inet6)
    result.source = Endpoint::fromV6(bytesAt<16>(block, 0), shortAt(block, 32));
}

bool ProxyHeaderReader::readVectors(std::string_view rest) {
  bool summed = false;
  while (!rest.empty()) {
    uint8_t type;
    std::string_view value;
    if (!takeVector(rest, type, value))
      return fail("the PROXY header has a vector that is cut off"), false;
    if (type == ssl && (result.secure || !readSsl(value)))
      return fail("the PROXY header's word about TLS is malformed"), false;
    if (type == crc32c && (std::exchange(summed, true) || !checkSum(value)))
      return fail("the PROXY header's checksum is wrong"), false;
  }
  return true;
}

/// Section 2.2.6: flags, what became of the client's certificate, vectors.
bool ProxyHeaderReader::readSsl(std::string_view value) {
  if (value.size() < 5)
    return false;
  result.secure = (byteAt(value, 0) & 1) != 0;
  value.remove_prefix(5);
  while (!value.empty()) {
    uint8_t type;
    std::string_view part;
    if (!takeVector(value, type, part))
      return false;
  }
  return true;
}

/// Section 2.2.3: over the whole header, with zeros where it stands itself.
bool ProxyHeaderReader::checkSum(std::string_view value) const {
  if (value.size() != 4)
    return false;
  boost::crc_optimal<32, 0x1edc6f41, 0xffffffff, 0xffffffff, true, true> sum;
  auto before = static_cast<size_t>(value.data() - held.data());
  sum.process_bytes(held.data(), before);
  sum.process_bytes("\0\0\0\0", 4);
  sum.process_bytes(value.data() + 4, held.size() - before - 4);
  return sum.checksum() ==
         (uint32_t(shortAt(value, 0)) << 16 | shortAt(value, 2));
}
