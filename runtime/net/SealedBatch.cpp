//===- SealedBatch.cpp - many TLS writes, then many sends -----------------===//

#include "runtime/net/SealedBatch.h"
#include "runtime/net/TlsChannel.h"

namespace plumb::rt::net {

void SealedBatch::send() noexcept {
  for (size_t begin = 0, end = 0; begin < writes.size(); begin = end) {
    // At least one, in case there is no buffer to seal anything in.
    do {
      Write &write = writes[end++];
      write.isSealed = write.stream->seal(write.bytes);
    } while (end < writes.size() && TlsChannel::canSeal());
    for (Write &write : std::span(writes).subspan(begin, end - begin))
      write.result = write.isSealed
                         ? write.stream->sendSealed(write.bytes.size())
                         : write.stream->write(write.bytes);
    TlsChannel::unseal();
  }
}

} // namespace plumb::rt::net
