//===- SendBatch.cpp - many sends, one system call ------------------------===//

#include "runtime/net/SendBatch.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace plumb::rt::net {

IoResult sendResult(int result, size_t wanted) noexcept {
  if (result >= 0)
    return {static_cast<size_t>(result) == wanted ? Io::Done : Io::WantWrite,
            static_cast<size_t>(result)};
  return {result == -EAGAIN || result == -EINTR ? Io::WantWrite : Io::Failed};
}

std::unique_ptr<SendBatch> SendBatch::make(std::string &why) {
  std::unique_ptr<SendBatch> batch(new SendBatch());
  batch->sends.reserve(maxSends);
  io_uring_params parameters = {};
  parameters.flags = IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN |
                     IORING_SETUP_SINGLE_ISSUER;
  int error = io_uring_queue_init_params(maxSends, &batch->ring, &parameters);
  if (error) {
    why = std::strerror(-error);
    return nullptr;
  }
  batch->open = true;
  std::unique_ptr<io_uring_probe, void (*)(io_uring_probe *)> probe(
      io_uring_get_probe_ring(&batch->ring), io_uring_free_probe);
  if (!probe || !io_uring_opcode_supported(probe.get(), IORING_OP_SEND)) {
    why = "the kernel's io_uring cannot send";
    return nullptr;
  }
  return batch;
}

SendBatch::~SendBatch() {
  if (open)
    io_uring_queue_exit(&ring);
}

void SendBatch::add(int fd, std::span<const uint8_t> bytes,
                    void *user) noexcept {
  sends.push_back({fd, bytes, user, {Io::WantWrite}});
}

bool SendBatch::send() noexcept {
  unsigned count = static_cast<unsigned>(sends.size());
  for (unsigned i = 0; i < count; ++i) {
    // The ring has as many entries as a batch, all of them free by now.
    io_uring_sqe *entry = io_uring_get_sqe(&ring);
    const Send &one = sends[i];
    io_uring_prep_send(entry, one.fd, one.bytes.data(), one.bytes.size(),
                       MSG_NOSIGNAL | MSG_DONTWAIT);
    io_uring_sqe_set_data64(entry, i);
  }
  unsigned submitted = 0, finished = 0;
  while (finished < count) {
    // Without waiting in the kernel the last ones may not have been reported.
    int result = io_uring_submit_and_wait(&ring, 1);
    if (result > 0)
      submitted += static_cast<unsigned>(result);
    io_uring_cqe *entry;
    unsigned head, seen = 0;
    io_uring_for_each_cqe(&ring, head, entry) {
      Send &one = sends[io_uring_cqe_get_data64(entry)];
      one.result = sendResult(entry->res, one.bytes.size());
      ++seen;
    }
    io_uring_cq_advance(&ring, seen);
    finished += seen;
    if (result < 0 && result != -EINTR && finished == submitted)
      return false;
  }
  return true;
}

} // namespace plumb::rt::net
