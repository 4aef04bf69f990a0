//===- AllocationTest.cpp - when the codec asks for memory ----------------===//
//
// malloc and its kin and operator new are wrapped by the linker.
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Frame.h"
#include "runtime/wire/Inflater.h"

#include <cstdlib>
#include <new>

namespace {
size_t allocations, largest;
bool refuse;

bool count(size_t size) {
  ++allocations;
  largest = std::max(largest, size);
  return !refuse;
}
} // namespace

extern "C" {
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void *__wrap_malloc(size_t size) {
  return count(size) ? __real_malloc(size) : nullptr;
}
void *__wrap_calloc(size_t n, size_t size) {
  return count(n * size) ? __real_calloc(n, size) : nullptr;
}
void *__wrap_realloc(void *block, size_t size) {
  return count(size) ? __real_realloc(block, size) : nullptr;
}
// operator new, plain and nothrow. Not replaced, because the sanitizers do so.
void *__real__Znwm(size_t);
void *__real__ZnwmRKSt9nothrow_t(size_t, const std::nothrow_t &);
void *__wrap__Znwm(size_t size) {
  if (!count(size))
    throw std::bad_alloc();
  return __real__Znwm(size);
}
void *__wrap__ZnwmRKSt9nothrow_t(size_t size, const std::nothrow_t &tag) {
  return count(size) ? __real__ZnwmRKSt9nothrow_t(size, tag) : nullptr;
}
}

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {

/// What happens while one stream is fed to a decoder.
struct Outcome {
  size_t allocations, largest, events, code;
};
std::string zipped(const std::string &plain, bool fin = true) {
  Deflater deflater(9);
  FrameRef frame = deflater.compress(Opcode::Binary, asBytes(plain));
  return raw({2, std::string(frame.payload().begin(), frame.payload().end()),
              fin, true, 0x40});
}

Outcome run(Decoder &decoder, Scratch &scratch, const std::string &stream,
            bool noMemory = false) {
  std::vector<uint8_t> bytes(stream.begin(), stream.end());
  size_t events = 0, code = 0;
  allocations = largest = 0;
  refuse = noMemory;
  decoder.feed(bytes, Limits(), scratch, [&](const Event &event) {
    ++events;
    if (event.kind == EventKind::Error)
      code = event.code;
    return true;
  });
  refuse = false;
  return {allocations, largest, events, code};
}

} // namespace

TEST(Allocation, TheCounterCounts) {
  size_t before = allocations;
  FrameRef frame = encode(Opcode::Binary, {});
  EXPECT_EQ(allocations, before + 1); // A frame is one block.
  FrameRef copy = frame;
  EXPECT_EQ(allocations, before + 1);
  auto *volatile memory = new int;
  EXPECT_EQ(allocations, before + 2);
  delete memory;
}

TEST(Allocation, AnIdleDecoderIsSmallAndOwnsNothing) {
  EXPECT_LE(sizeof(Decoder), 32u);
  size_t before = allocations;
  Decoder decoder;
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(decoder.idle());
  Scratch scratch;
  // And again after messages of all sorts.
  run(decoder, scratch, raw({1, "a", false}) + raw({9, "b"}) + raw({0, "c"}));
  EXPECT_TRUE(decoder.idle());
  EXPECT_EQ(decoder.heapBytes(), 0u);
}

TEST(Allocation, WholeFramesNeedNone) {
  Decoder decoder;
  Scratch scratch(4096);
  std::string stream;
  for (int at = 0; at != 100; ++at)
    stream += raw({1, std::string(size_t(at) * 40, 'x')}) + raw({9, "p"});
  Outcome result = run(decoder, scratch, stream);
  EXPECT_EQ(result.events, 200u);
  EXPECT_EQ(result.allocations, 0u);
}

/// A buffer that grew with each frame would copy the message again and again.
TEST(Allocation, FragmentsShareABufferThatDoubles) {
  Scratch scratch;
  Decoder decoder;
  std::string stream = raw({2, "x", false});
  for (int at = 1; at <= 2000; ++at)
    stream += raw({0, std::string(100, 'x'), at == 2000});
  Outcome result = run(decoder, scratch, stream);
  EXPECT_EQ(result.events, 1u);
  EXPECT_LE(result.allocations, 16u);
}

/// One large message does not make a shard larger for ever.
TEST(Allocation, LargeBuffersOfCompressionAreNotKept) {
  Deflater deflater;
  std::string large(1 << 20, 'x'), small(1000, 'x');
  // The frame, and with a large message the buffer again.
  for (auto [plain, needed] : {std::pair(&small, 1u), std::pair(&large, 2u)}) {
    ASSERT_TRUE(deflater.compress(Opcode::Binary, asBytes(*plain)));
    size_t before = allocations;
    ASSERT_TRUE(deflater.compress(Opcode::Binary, asBytes(*plain)));
    EXPECT_EQ(allocations - before, needed) << plain->size();
  }
  CompressionCounts counts;
  Inflater inflater(counts);
  std::span<uint8_t> message;
  for (auto [plain, taken] :
       {std::pair(&small, false), std::pair(&large, true)}) {
    FrameRef frame = deflater.compress(Opcode::Binary, asBytes(*plain));
    Limits limits{.maxMessage = 2 << 20, .maxInflateRatio = 0};
    ASSERT_EQ(inflater.inflate(frame.payload(), limits, {}, message),
              Inflater::Outcome::Done);
    MessageBuffer buffer = inflater.takeLarge();
    EXPECT_EQ(buffer.capacity() >= plain->size(), taken) << plain->size();
  }
}

TEST(Allocation, ACutHeaderNeedsNone) {
  Scratch scratch;
  Decoder decoder;
  std::string stream = raw({1, "a"});
  size_t total = 0;
  for (size_t at = 0; at != 5; ++at)
    total += run(decoder, scratch, stream.substr(at, 1)).allocations;
  EXPECT_EQ(total, 0u);
  EXPECT_FALSE(decoder.idle());
  EXPECT_EQ(run(decoder, scratch, stream.substr(5)).events, 1u);
}

TEST(Allocation, ACutControlFrameLeavesNothing) {
  Scratch scratch;
  for (std::string frame : {raw({9, "ping"}), raw({10, "pong"})})
    for (size_t cut = 1; cut != frame.size(); ++cut) {
      Decoder decoder;
      run(decoder, scratch, frame.substr(0, cut));
      EXPECT_EQ(run(decoder, scratch, frame.substr(cut)).events, 1u);
      EXPECT_TRUE(decoder.idle());
      EXPECT_EQ(decoder.heapBytes(), 0u);
    }
}

TEST(Allocation, AHugeClaimNeedsNone) {
  Scratch scratch;
  for (std::string head : {"\x82\xff", "\x02\xff", "\x81\xff"}) {
    Decoder decoder;
    Outcome result =
        run(decoder, scratch, head + std::string("\x40\0\0\0\0\0\0\0abcd", 12));
    EXPECT_EQ(result.code, 1009u);
    EXPECT_EQ(result.allocations, 0u);
  }
  // Over the rest of the limit, inside a message: nothing more either.
  Decoder decoder;
  run(decoder, scratch, raw({2, "start", false}));
  Outcome result =
      run(decoder, scratch, std::string("\x80\xff\x40\0\0\0\0\0\0\0abcd", 14));
  EXPECT_EQ(result.code, 1009u);
  EXPECT_EQ(result.allocations, 0u);
}

TEST(Allocation, ALargeClaimBelowTheLimitReservesLittle) {
  Scratch scratch;
  Decoder decoder;
  std::string stream = raw({2, std::string(1 << 20, 'x')}).substr(0, 100);
  Outcome result = run(decoder, scratch, stream);
  EXPECT_EQ(result.events, 0u);
  EXPECT_LE(result.largest, 512u);
}

TEST(Allocation, CompressedMessagesNeedNoneAfterTheFirst) {
  Decoder decoder;
  decoder.enableDeflate(0);
  EXPECT_LE(sizeof(Decoder), 32u);
  Scratch scratch(4096);
  run(decoder, scratch, zipped(std::string(60000, 'x')));
  std::string stream;
  for (int at = 1; at != 100; ++at)
    stream += zipped(std::string(size_t(at) * 600, 'x'));
  Outcome result = run(decoder, scratch, stream);
  EXPECT_EQ(result.events, 99u);
  EXPECT_EQ(result.allocations, 0u);
  EXPECT_TRUE(decoder.idle());
  EXPECT_EQ(decoder.heapBytes(), 0u);
  // Waiting for the rest of one holds what has come, compressed.
  std::string large = zipped(std::string(500000, 'x'));
  run(decoder, scratch, large.substr(0, large.size() - 1));
  EXPECT_LT(decoder.heapBytes(), 2000u);
  EXPECT_EQ(run(decoder, scratch, large.substr(large.size() - 1)).events, 1u);
  EXPECT_EQ(decoder.heapBytes(), 0u);
}

TEST(Allocation, ABombGetsNoMoreThanTheLimit) {
  std::string bomb = zipped(std::string(64 << 20, 0));
  ASSERT_LT(bomb.size(), 70000u);
  for (size_t cut : {size_t(0), size_t(1000)}) {
    Decoder decoder;
    decoder.enableDeflate(0);
    Scratch scratch;
    run(decoder, scratch, bomb.substr(0, cut));
    Outcome result = run(decoder, scratch, bomb.substr(cut));
    EXPECT_EQ(result.code, 1009u);
    EXPECT_LE(result.largest, Limits().maxMessage + 100);
    EXPECT_EQ(decoder.heapBytes(), 0u);
  }
}

TEST(Allocation, AKeptBufferIsNotDoubledForTheNextMessage) {
  Decoder decoder;
  decoder.enableDeflate(0);
  Scratch scratch;
  run(decoder, scratch, zipped(std::string(31500, 'x'))); // leaves 32 KiB
  std::mt19937 random(1);
  std::string plain(34000, 0);
  for (char &c : plain)
    c = char('0' + random() % 64);
  std::string stream = zipped(plain);
  ASSERT_GT(stream.size(), 16384u + 100);
  Outcome result = run(decoder, scratch, stream);
  EXPECT_EQ(result.events, 1u);
  EXPECT_LE(result.largest, 2 * stream.size());
}

TEST(Allocation, ACompressedClaimNeedsNone) {
  Scratch scratch;
  for (std::string head : {"\xc2\xff", "\x42\xff", "\xc1\xff"}) {
    Decoder decoder;
    decoder.enableDeflate(0);
    Outcome result =
        run(decoder, scratch, head + std::string("\x40\0\0\0\0\0\0\0abcd", 12));
    EXPECT_EQ(result.code, 1009u);
    EXPECT_EQ(result.allocations, 0u);
  }
}

TEST(Allocation, ACompressedFrameIsOneBlock) {
  Deflater deflater;
  std::string plain(3000, 'x');
  deflater.compress(Opcode::Text, asBytes(plain));
  size_t before = allocations;
  for (size_t size : {3000, 100, 2000}) {
    FrameRef frame = deflater.compress(
        Opcode::Text, asBytes(std::string_view(plain).substr(0, size)));
    ASSERT_TRUE(frame);
  }
  EXPECT_EQ(allocations, before + 3);
}

TEST(Allocation, OutOfMemoryIsAnEvent) {
  std::string big = raw({2, std::string(10000, 'x')});
  std::string half = raw({2, "abc"}).substr(0, 7);
  for (const std::string &stream : {big, half}) {
    Decoder decoder;
    Scratch scratch(16);
    Outcome result = run(decoder, scratch, stream, true);
    EXPECT_EQ(result.code, 1011u);
    EXPECT_TRUE(decoder.ended());
  }
  for (const std::string &zip :
       {zipped(std::string(10000, 'x')),
        raw({2, std::string(1, '\0'), false, true, 0x40})}) {
    Decoder deflating;
    deflating.enableDeflate(0);
    Scratch empty(16);
    EXPECT_EQ(run(deflating, empty, zip, true).code, 1011u);
    EXPECT_TRUE(deflating.ended());
  }
  Decoder decoder;
  Scratch scratch(16);
  run(decoder, scratch, big.substr(0, 1000));
  Outcome result = run(decoder, scratch, big.substr(1000), true);
  EXPECT_EQ(result.code, 1011u);
  EXPECT_EQ(decoder.heapBytes(), 0u);
  EXPECT_THROW(
      {
        refuse = true;
        try {
          encode(Opcode::Text, {});
        } catch (...) {
          refuse = false;
          throw;
        }
      },
      std::bad_alloc);
  refuse = false;
}
