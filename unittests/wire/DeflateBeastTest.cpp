//===- DeflateBeastTest.cpp - deflate against Beast's client --------------===//
//
// Beast has a zlib of its own, so neither half of the codec is checked against
// the library that it is made of. In memory, without a socket.
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Extensions.h"
#include "runtime/wire/Handshake.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdlib>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

/// Text like a program's, binary data that no compressor helps, or a mixture.
std::string sample(std::mt19937 &random, size_t size, bool isText) {
  std::string out;
  while (out.size() < size)
    if (isText || random() % 2)
      out += "{\"user\":" + std::to_string(random() % 100) +
             ",\"text\":\"caf\xc3\xa9\"}";
    else
      out += std::string(1 + random() % 50, char(random()));
  return out;
}

/// A Beast client that offers deflate, and our end of its connection.
struct BeastClient {
  asio::io_context context;
  websocket::stream<beast::test::stream> stream{context};
  beast::test::stream ours{context};
  Deflate agreed;
  bool accepted = false;

  explicit BeastClient(websocket::permessage_deflate offer) {
    offer.client_enable = true;
    stream.set_option(offer);
    ours.connect(stream.next_layer());
    beast::error_code result = asio::error::would_block;
    stream.async_handshake("localhost", "/",
                           [&](beast::error_code error) { result = error; });
    context.poll();
    RequestReader reader;
    std::string head = drain();
    reader.feed(asBytes(head), Limits());
    Request request = reader.take();
    EXPECT_TRUE(validateUpgrade(request).ok());
    Offers offers = readOffers(request.header("Sec-WebSocket-Extensions"));
    EXPECT_TRUE(offers.wellFormed);
    accepted = offers.deflate.has_value();
    if (!accepted)
      return;
    agreed = *offers.deflate;
    std::string answer = agreed.answer();
    HeaderField extension[] = {{"Sec-WebSocket-Extensions", answer}};
    std::string response = upgradeResponse(request, extension);
    asio::write(ours, asio::buffer(response));
    context.restart();
    context.poll();
    EXPECT_FALSE(result) << result.message();
  }

  std::string drain() {
    std::string out(ours.str());
    ours.clear();
    return out;
  }
};

websocket::permessage_deflate withBits(int server, int client) {
  websocket::permessage_deflate offer;
  offer.server_max_window_bits = server;
  offer.client_max_window_bits = client;
  return offer;
}

} // namespace

TEST(DeflateBeast, WhatItsClientCompressesIsRead) {
  for (int bits : {9, 12, 15, -15})
    for (int level : {1, 8}) {
      websocket::permessage_deflate offer = withBits(15, std::abs(bits));
      offer.client_no_context_takeover = bits < 0;
      offer.compLevel = level;
      offer.memLevel = level;
      BeastClient client(offer);
      ASSERT_TRUE(client.accepted);
      const size_t context = client.agreed.context();
      EXPECT_EQ(context, bits < 0 ? 0 : size_t(1) << bits);
      std::mt19937 random(static_cast<unsigned>(bits * 10 + level));
      std::string stream;
      Events expected;
      int compressed = 0;
      for (int round = 0; round != 100; ++round) {
        client.stream.auto_fragment(random() % 2);
        client.stream.write_buffer_bytes(8 + random() % 2000);
        bool isText = random() % 2;
        size_t size = random() % (round % 20 ? 3000 : 200000);
        std::string payload = sample(random, size, isText);
        client.stream.text(isText);
        client.stream.write(asio::buffer(payload));
        expected.push_back(isText ? text(payload) : binary(payload));
        std::string written = client.drain();
        compressed += (written[0] & 0x40) != 0;
        stream += written;
        if (random() % 4 == 0) {
          client.stream.ping("p");
          expected.push_back(ping("p"));
          stream += client.drain();
        }
      }
      EXPECT_GT(compressed, 90);
      for (size_t step : {1, 7, 1000, 65536}) {
        std::vector<size_t> cuts;
        for (size_t at = step; at < stream.size(); at += step)
          cuts.push_back(at);
        ASSERT_EQ(decode(stream, cuts, Decoder::Role::Server, {}, context),
                  expected)
            << step;
      }
    }
}

TEST(DeflateBeast, ItsClientReadsWhatWeCompress) {
  for (int bits : {9, 10, 15}) {
    BeastClient client(withBits(bits, 15));
    ASSERT_TRUE(client.accepted);
    EXPECT_EQ(client.agreed.windowBits, bits);
    Deflater deflater(6);
    std::mt19937 random(static_cast<unsigned>(bits));
    int compressed = 0;
    for (int round = 0; round != 100; ++round) {
      bool isText = random() % 2;
      size_t size = random() % (round % 20 ? 3000 : 200000);
      std::string payload = sample(random, size, isText);
      Opcode opcode = isText ? Opcode::Text : Opcode::Binary;
      FrameRef frame;
      if (client.agreed.takes(payload.size()))
        frame = deflater.compress(opcode, asBytes(payload));
      compressed += bool(frame);
      if (!frame)
        frame = encode(opcode, asBytes(payload));
      asio::write(client.ours, asio::const_buffer(frame.bytes().data(),
                                                  frame.bytes().size()));
      beast::flat_buffer message;
      beast::error_code error;
      client.stream.read(message, error);
      ASSERT_FALSE(error) << error.message();
      ASSERT_EQ(client.stream.got_text(), isText);
      ASSERT_EQ(beast::buffers_to_string(message.data()), payload);
    }
    EXPECT_GT(compressed, bits == 15 ? 90 : 10);
  }
}
