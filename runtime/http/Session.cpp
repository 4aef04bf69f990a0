//===- Session.cpp - HTTP/1.1 on one connection ---------------------------===//

#include "runtime/http/Session.h"

namespace plumb::rt::http {

Session::State Session::read(std::span<const uint8_t> &bytes,
                             const wire::Limits &limits) {
  bytes = bytes.subspan(reader.feed(bytes, limits));
  switch (reader.state()) {
  case wire::RequestReader::State::NeedMore:
    return State::NeedMore;
  case wire::RequestReader::State::Failed:
    return State::Refused;
  case wire::RequestReader::State::Done:
    return State::Request;
  }
  __builtin_unreachable();
}

std::optional<Response> Session::answer(const wire::Request &request,
                                        bool secure,
                                        wire::Persistence persistence,
                                        wire::RequestFault &fault) const {
  fault = wire::checkService(request, secure);
  if (fault)
    return refusal(fault.status, fault.text);
  if (request.method() == "OPTIONS")
    return Response{wire::optionsResponse(persistence), nullptr, persistence};
  return std::nullopt;
}

} // namespace plumb::rt::http
