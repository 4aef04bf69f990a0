//===- ExtensionsTest.cpp - offers of extensions, good and bad ------------===//

#include "runtime/wire/Extensions.h"

#include <gtest/gtest.h>

using namespace plumb::rt::wire;

namespace {

/// The answer to a header; "" when nothing is agreed, "malformed" when the
/// handshake must fail.
std::string answer(std::string_view header) {
  Offers offers = readOffers(header);
  if (!offers.wellFormed)
    return "malformed";
  return offers.deflate ? offers.deflate->answer() : "";
}

const std::string accepted = "permessage-deflate";
const std::string ours = "; server_no_context_takeover";
const std::string theirs = "; client_no_context_takeover";

} // namespace

TEST(Extensions, OneOffer) {
  EXPECT_EQ(answer("permessage-deflate"), accepted);
  EXPECT_EQ(answer("permessage-deflate; server_no_context_takeover"),
            accepted + ours);
  // Netty fails a connection over a parameter that it has not offered.
  EXPECT_EQ(answer("permessage-deflate; client_no_context_takeover"),
            accepted + theirs);
  EXPECT_EQ(answer("permessage-deflate; client_no_context_takeover; "
                   "server_no_context_takeover"),
            accepted + ours + theirs);
  // What browsers send. We want nothing of the client's window; what it offers
  // itself is agreed on.
  EXPECT_EQ(answer("permessage-deflate; client_max_window_bits"), accepted);
  EXPECT_EQ(answer("permessage-deflate; client_max_window_bits=9"),
            accepted + "; client_max_window_bits=9");
  EXPECT_EQ(answer("permessage-deflate;client_max_window_bits=15 "), accepted);
}

TEST(Extensions, WhatAClientMayReferTo) {
  auto context = [](const std::string &parameters) {
    return readOffers("permessage-deflate" + parameters).deflate->context();
  };
  EXPECT_EQ(context(""), 32768u);
  EXPECT_EQ(context("; client_max_window_bits"), 32768u);
  for (unsigned bits = 8; bits <= 15; ++bits)
    EXPECT_EQ(context("; client_max_window_bits=" + std::to_string(bits)),
              size_t(1) << bits);
  EXPECT_EQ(context("; client_no_context_takeover"), 0u);
  EXPECT_EQ(context("; client_max_window_bits=9; client_no_context_takeover"),
            0u);
  // Asked for unsaid.
  Deflate agreed = *readOffers("permessage-deflate").deflate;
  agreed.clientForgets = true;
  EXPECT_EQ(agreed.answer(), accepted + theirs);
  EXPECT_EQ(agreed.context(), 0u);
}

TEST(Extensions, ServerMaxWindowBits) {
  for (unsigned bits = 8; bits <= 15; ++bits) {
    std::string parameter = "; server_max_window_bits=" + std::to_string(bits);
    EXPECT_EQ(answer("permessage-deflate" + parameter), accepted + parameter);
    Deflate agreed = *readOffers("permessage-deflate" + parameter).deflate;
    EXPECT_EQ(agreed.windowBits, bits);
    EXPECT_TRUE(agreed.takes(size_t(1) << bits));
    EXPECT_EQ(agreed.takes((size_t(1) << bits) + 1), bits == 15);
  }
  EXPECT_EQ(readOffers("permessage-deflate").deflate->windowBits, 15);
}

TEST(Extensions, ParametersThatDeclineTheOffer) {
  for (std::string parameters :
       {"server_max_window_bits",
        "server_max_window_bits=7",
        "server_max_window_bits=16",
        "server_max_window_bits=08",
        "server_max_window_bits=+8",
        "server_max_window_bits=0",
        "server_max_window_bits=-9",
        "server_max_window_bits=1",
        "server_max_window_bits=100",
        "server_max_window_bits=12x",
        "server_max_window_bits=x",
        "server_max_window_bits=4294967304",
        "client_max_window_bits=7",
        "client_max_window_bits=16",
        "client_max_window_bits=010",
        "client_max_window_bits=a",
        "server_no_context_takeover=1",
        "server_no_context_takeover=true",
        "client_no_context_takeover=\"x\"",
        "server_no_context_takeover; server_no_context_takeover",
        "client_no_context_takeover; client_no_context_takeover",
        "client_max_window_bits; client_max_window_bits=10",
        "server_max_window_bits=10; server_max_window_bits=10",
        "unknown",
        "unknown=1",
        "mux; client_max_window_bits",
        "Server_No_Context_Takeover"}) {
    std::string offer = "permessage-deflate; " + parameters;
    EXPECT_EQ(answer(offer), "") << offer;
    // The next offer has its own chance, and its own parameters.
    EXPECT_EQ(answer(offer + ", permessage-deflate"), accepted) << offer;
    EXPECT_EQ(answer(offer + ", permessage-deflate; server_max_window_bits=10"),
              accepted + "; server_max_window_bits=10")
        << offer;
  }
}

TEST(Extensions, SeveralOffersAndOthers) {
  EXPECT_EQ(answer("mux; max-channels=4; flow-control, deflate-stream"), "");
  EXPECT_EQ(answer("foo, permessage-deflate, bar; x=\"y\""), accepted);
  EXPECT_EQ(answer("x-webkit-deflate-frame, permessage-deflate"), accepted);
  EXPECT_EQ(answer("permessage-deflates, Permessage-Deflate"), "");
  // The first that can be accepted is what the client likes best.
  EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=9, "
                   "permessage-deflate; server_max_window_bits=12"),
            accepted + "; server_max_window_bits=9");
}

TEST(Extensions, QuotedValues) {
  EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=\"10\""),
            accepted + "; server_max_window_bits=10");
  EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=\"1\\0\""),
            accepted + "; server_max_window_bits=10");
  EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=\"\\1\\5\""),
            accepted + "; server_max_window_bits=15");
  EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=\"\\010\""), "");
  EXPECT_EQ(answer("foo; a=\"b\", permessage-deflate"), accepted);
  // What is left without the quotes must be a token (RFC 6455 section 9.1).
  for (std::string value :
       {"\"\"", "\"10", "\"1 0\"", "\"10,\"", "\"10;\"", "\"\\\"\"", "\"10\\\"",
        "\"\\", "\"", "\"1\"0\"", "\"10\"x", "\"\xc3\xa9\"", "\"a=b\""}) {
    std::string header = "permessage-deflate; server_max_window_bits=" + value;
    EXPECT_EQ(answer(header), "malformed") << header;
  }
}

TEST(Extensions, Blanks) {
  EXPECT_EQ(answer(" \t permessage-deflate\t;  server_max_window_bits = 10 "),
            accepted + "; server_max_window_bits=10");
  // Empty elements of a list are allowed (RFC 9110 section 5.6.1.2).
  EXPECT_EQ(answer(",permessage-deflate, ,"), accepted);
  EXPECT_EQ(answer("foo,,permessage-deflate"), accepted);
}

TEST(Extensions, MalformedHeaders) {
  for (std::string header : {"",
                             " ",
                             ",",
                             ", ,",
                             ";",
                             "=",
                             "permessage-deflate;",
                             "permessage-deflate; ",
                             "permessage-deflate;;x",
                             "permessage-deflate =",
                             "permessage-deflate; x=",
                             "permessage-deflate; x=,foo",
                             "permessage-deflate; x y",
                             "permessage-deflate foo",
                             "permessage-deflate; =10",
                             "permessage-deflate; x==y",
                             "permessage-deflate; x=y=z",
                             "\"permessage-deflate\"",
                             "permessage-deflate; \"x\"",
                             "permessage-deflate, (comment)",
                             "permessage-deflate, foo;",
                             "foo/1.0",
                             "permessage-deflate; x=\x01",
                             "permessage-deflate\x80",
                             "f\xc3\xb6o",
                             "permessage-deflate; x=a@b"})
    EXPECT_EQ(answer(header), "malformed") << header;
  EXPECT_EQ(answer(std::string_view("permessage-deflate\0", 19)), "malformed");
}

TEST(Extensions, EveryPrefixAndEveryByteIsRead) {
  std::string header = "foo; a=\"b\\c\", permessage-deflate; "
                       "server_max_window_bits=\"1\\0\", x";
  EXPECT_EQ(answer(header), accepted + "; server_max_window_bits=10");
  for (size_t size = 0; size <= header.size(); ++size) {
    // A block of just that size, so that a sanitizer sees a read past it.
    std::string prefix(header.data(), size);
    prefix.shrink_to_fit();
    readOffers(prefix);
    for (int byte = 0; byte != 256 && size != header.size(); ++byte) {
      std::string changed = header;
      changed[size] = char(byte);
      Offers offers = readOffers(changed);
      EXPECT_TRUE(offers.wellFormed || !offers.deflate);
    }
  }
}
