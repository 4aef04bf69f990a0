//===- SealedBatch.cpp - many TLS writes, then many sends -----------------===//

#include "runtime/net/SealedBatch.h"

namespace plumb::rt::net {

/// Streams between the one that encrypts and the ones that are fetched.
static constexpr size_t aheadFirst = 4, ahead = 2;

void SealedBatch::send() noexcept {
  for (size_t begin = 0, end = 0; begin < writes.size(); begin = end) {
    // At least one, in case there is no buffer to seal anything in.
    do {
      if (end + aheadFirst < writes.size())
        writes[end + aheadFirst].stream->fetchFirst();
      if (end + ahead < writes.size())
        writes[end + ahead].stream->fetch();
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
