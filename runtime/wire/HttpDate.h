//===- HttpDate.h - the time of a response ----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_HTTPDATE_H
#define PLUMB_RUNTIME_WIRE_HTTPDATE_H

#include <ctime>
#include <string_view>

namespace plumb::rt::wire {

/// The value of Date (RFC 9110 sections 5.6.7 and 6.6.1) for a second since
/// 1970, UTC. Written when a thread first asks for the second, not for each
/// response; valid until that thread asks for another.
std::string_view httpDate(std::time_t second) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_HTTPDATE_H
