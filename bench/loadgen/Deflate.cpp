//===- Deflate.cpp - permessage-deflate, client's side --------------------===//

#include "bench/loadgen/Deflate.h"

#include "bench/loadgen/Stream.h"

#include <functional>

using namespace plumb::bench;

/// What ends every message and is not sent (RFC 7692, section 7.2.1).
static const std::string_view tail("\x00\x00\xff\xff", 4);

static z_stream &input(z_stream &stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  return stream;
}

Inflater::Inflater(bool keepsContext)
    : keepsContext(keepsContext), known(keepsContext ? 0 : 1024) {
  if (inflateInit2(&stream, -15) != Z_OK)
    throw ConnectionError("inflateInit2 failed");
}

Inflater::~Inflater() { inflateEnd(&stream); }

std::string_view Inflater::inflate(std::string_view compressed) {
  if (keepsContext) {
    decompress(compressed, whole);
    return whole;
  }
  Known &entry =
      known[std::hash<std::string_view>()(compressed) % known.size()];
  if (entry.compressed != compressed || compressed.empty()) {
    decompress(compressed, entry.text);
    entry.compressed = compressed;
  }
  return entry.text;
}

void Inflater::decompress(std::string_view compressed, std::string &text) {
  ++decompressed;
  if (!keepsContext)
    inflateReset(&stream);
  text.clear();
  char part[1 << 14];
  for (std::string_view bytes : {compressed, tail}) {
    input(stream, bytes);
    do {
      stream.next_out = reinterpret_cast<Bytef *>(part);
      stream.avail_out = sizeof part;
      int status = ::inflate(&stream, Z_SYNC_FLUSH);
      if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END)
        throw ConnectionError("a message that is not compressed as it says");
      text.append(part, sizeof part - stream.avail_out);
      if (status != Z_OK)
        break;
    } while (stream.avail_in || !stream.avail_out);
    if (stream.avail_in)
      throw ConnectionError("bytes behind a message's last block");
  }
}

Deflater::Deflater() {
  if (deflateInit2(&stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw ConnectionError("deflateInit2 failed");
}

Deflater::~Deflater() { deflateEnd(&stream); }

std::string_view Deflater::deflate(std::string_view first,
                                   std::string_view second) {
  text.assign(first).append(second);
  compressed.resize(deflateBound(&stream, text.size()) + 16);
  deflateReset(&stream);
  input(stream, text);
  stream.next_out = reinterpret_cast<Bytef *>(compressed.data());
  stream.avail_out = uInt(compressed.size());
  ::deflate(&stream, Z_SYNC_FLUSH);
  size_t size = compressed.size() - stream.avail_out - tail.size();
  return {compressed.data(), size};
}
