//===- Connection.cpp - One client of the load generator ------------------===//

#include "bench/loadgen/Connection.h"

#include "bench/loadgen/Upgrade.h"

using namespace plumb::bench;

Shared::Shared(const Options &options) : options(options), buffer(1 << 18) {
  if (options.tls)
    tls = std::make_unique<TlsContext>(options);
  if (options.compressSent)
    deflater = std::make_unique<Deflater>();
  if (options.deflate != Deflate::Off)
    inflater = std::make_unique<Inflater>(/*keepsContext=*/false);
}

void Connection::open(Shared &shared, unsigned index) {
  maskState = index * 2654435761u + 1;
  stream.open(shared.options, shared.tls.get(), index);
  askForUpgrade(stream, shared.options, index);
}

void Connection::finishOpening(Shared &shared, unsigned index) {
  const Options &options = shared.options;
  Upgraded upgraded = finishUpgrade(stream, options, index);
  unread = std::move(upgraded.unread);
  deflates = options.deflate != Deflate::Off;
  if (upgraded.serverContext)
    inflater = std::make_unique<Inflater>(/*keepsContext=*/true);
  stream.goNonBlocking();
}

void Connection::queueText(Shared &shared, std::string_view first,
                           std::string_view second) {
  if (!shared.deflater)
    return appendClientFrame(unsent, Text, nextMask(), first, second);
  size_t begin = unsent.size();
  appendClientFrame(unsent, Text, nextMask(),
                    shared.deflater->deflate(first, second), {});
  unsent[begin] |= 0x40;
}

bool Connection::flush() {
  if (unsent.empty())
    return true;
  unsent.erase(0, stream.write(unsent.data(), unsent.size()));
  return unsent.empty();
}

const std::string_view *Connection::message(Shared &shared,
                                            const FrameHeader &header,
                                            std::string_view payload) {
  bool compressed = header.reserved == 4;
  if (header.masked || (header.reserved && !(compressed && deflates)) ||
      header.opcode != (fragmented ? 0 : Text) || (fragmented && compressed))
    throw ConnectionError("a frame that this client did not ask for: opcode " +
                          std::to_string(header.opcode));
  shared.wireBytes += payload.size();
  if (!fragmented)
    fragmentsCompressed = compressed;
  if (fragmented || !header.fin)
    fragments.append(payload);
  whole = fragmented ? std::string_view(fragments) : payload;
  fragmented = !header.fin;
  if (fragmented)
    return nullptr;
  if (fragmentsCompressed) {
    ++shared.compressed;
    whole = (inflater ? *inflater : *shared.inflater).inflate(whole);
  } else if (whole.data() == fragments.data()) {
    // The next message's fragments begin with nothing.
    std::swap(shared.scratch, fragments);
    whole = shared.scratch;
  }
  fragments.clear();
  return &whole;
}

bool Connection::control(const FrameHeader &header, std::string_view payload) {
  if (header.masked || header.reserved || !header.fin)
    throw ConnectionError("a control frame that is masked, fragmented, or has "
                          "reserved bits");
  switch (header.opcode) {
  case Ping:
    appendClientFrame(unsent, Pong, nextMask(), payload, {});
    return true;
  case Pong:
    return false;
  case Close: {
    unsigned code = 1005;
    if (payload.size() >= 2)
      code = unsigned(uint8_t(payload[0])) << 8 | uint8_t(payload[1]);
    throw ConnectionError("the server sent close " + std::to_string(code));
  }
  default:
    throw ConnectionError("a frame of opcode " + std::to_string(header.opcode));
  }
}
