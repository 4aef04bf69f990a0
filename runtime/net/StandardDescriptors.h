//===- StandardDescriptors.h - descriptors 0 to 2 ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_STANDARDDESCRIPTORS_H
#define PLUMB_RUNTIME_NET_STANDARDDESCRIPTORS_H

namespace plumb::rt::net {

/// A daemon may start with descriptors 0 to 2 closed. Then the next socket
/// would be one of them, and lines of the log would go to a client. Opens those
/// that are closed as /dev/null; where there is none, as one that refuses all
/// reads and writes, as a closed one does. To be called before the first socket
/// is made; what was opened stays.
void occupyStandardDescriptors() noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_STANDARDDESCRIPTORS_H
