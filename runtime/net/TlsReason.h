//===- TlsReason.h - why OpenSSL has failed ---------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TLSREASON_H
#define PLUMB_RUNTIME_NET_TLSREASON_H

#include <string>

namespace plumb::rt::net {

/// The reason at the bottom of the thread's error queue, as people would say
/// it.
std::string lastTlsReason();

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLSREASON_H
