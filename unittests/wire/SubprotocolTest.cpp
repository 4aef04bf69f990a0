//===- SubprotocolTest.cpp - RFC 6455 sections 4.1 and 4.2.2 --------------===//

#include "runtime/wire/Subprotocol.h"
#include "runtime/wire/RequestReader.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {
/// What is chosen for a request with these lines; "400", or "" for none.
std::string choose(const std::string &option,
                   const std::vector<std::string> &lines) {
  std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (const std::string &line : lines)
    head += "Sec-WebSocket-Protocol: " + line + "\r\n";
  head += "\r\n";
  RequestReader reader;
  reader.feed({reinterpret_cast<const uint8_t *>(head.data()), head.size()},
              {.maxHeader = 1 << 20});
  EXPECT_EQ(reader.state(), RequestReader::State::Done);
  auto ours = parseSubprotocols(option);
  EXPECT_TRUE(ours) << option;
  SubprotocolChoice choice = chooseSubprotocol(reader.take(), *ours);
  if (!choice.wellFormed)
    return "400";
  return choice.index < 0 ? "" : ours->at(static_cast<size_t>(choice.index));
}
} // namespace

TEST(Subprotocol, TheServersOrderDecides) {
  EXPECT_EQ(choose("v2.chat, v1.chat", {"v1.chat, v2.chat"}), "v2.chat");
  EXPECT_EQ(choose("v2.chat,v1.chat", {"x,v1.chat"}), "v1.chat");
  EXPECT_EQ(choose("v2.chat,v1.chat", {"x", "y", "v1.chat"}), "v1.chat");
}

TEST(Subprotocol, NoneInCommonIsNone) {
  EXPECT_EQ(choose("a,b", {"c"}), "");
  EXPECT_EQ(choose("a,b", {}), "");
  EXPECT_EQ(choose("", {"a"}), "");
  EXPECT_EQ(choose("Chat", {"chat"}), "") << "names have a case";
}

TEST(Subprotocol, EmptyElementsAreIgnored) {
  EXPECT_EQ(choose("a", {", ,a,, "}), "a");
  EXPECT_EQ(choose("a", {"\ta\t"}), "a");
}

TEST(Subprotocol, WhatIsMalformed) {
  for (const char *line : {"", ",", "a b", "a;b", "a,\"b\"", "a/b", "a=b",
                           "a,b,a", "(a)", "\xc3\xa4"})
    EXPECT_EQ(choose("a", {line}), "400") << line;
  EXPECT_EQ(choose("a", {"a", "b", "a"}), "400") << "once in each line";
  EXPECT_EQ(choose("", {"a,a"}), "400") << "also when none is spoken";
}

TEST(Subprotocol, OptionsThatAreWrong) {
  for (const char *option : {"a b", "a,a", "a;b", "\"a\""})
    EXPECT_FALSE(parseSubprotocols(option)) << option;
  EXPECT_EQ(parseSubprotocols("")->size(), 0u);
  EXPECT_EQ(*parseSubprotocols(" b ,a"), (std::vector<std::string>{"b", "a"}));
}

/// As many names as a header can have: by no means quadratic.
TEST(Subprotocol, ManyNames) {
  std::string many;
  for (int i = 0; i < 100000; ++i)
    many += "p" + std::to_string(i) + ",";
  EXPECT_EQ(choose("p99999", {many}), "p99999");
}
