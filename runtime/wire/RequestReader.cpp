//===- RequestReader.cpp - HTTP request heads out of bytes ----------------===//

#include "runtime/wire/RequestReader.h"
#include "runtime/wire/RequestCheck.h"
#include "runtime/wire/Syntax.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

using namespace plumb::rt::wire;
namespace http = boost::beast::http;

namespace {

/// Beast's parser as a judge of one whole head; it copies nothing.
class HeadParser final : public http::basic_parser<true> {
  using View = boost::beast::string_view;
  using Error = boost::beast::error_code;

public:
  HeadParser(const char *begin, size_t size) : begin(begin), size(size) {
    header_limit(std::numeric_limits<uint32_t>::max());
    body_limit(boost::none);
  }

  Error run() {
    Error error;
    put(boost::asio::const_buffer(begin, size), error);
    return error;
  }

  size_t methodSize = 0, targetSize = 0;
  unsigned version = 0;

private:
  void on_request_impl(http::verb, View method, View target, int httpVersion,
                       Error &) override {
    methodSize = method.size();
    targetSize = target.size();
    version = static_cast<unsigned>(httpVersion);
  }
  void on_field_impl(http::field, View, View, Error &) override {}
  void on_response_impl(int, View, int, Error &) override {}
  void on_header_impl(Error &) override {}
  void on_body_init_impl(const boost::optional<uint64_t> &, Error &) override {}
  size_t on_body_impl(View, Error &) override { return 0; }
  void on_chunk_header_impl(uint64_t, View, Error &) override {}
  size_t on_chunk_body_impl(uint64_t, View, Error &) override { return 0; }
  void on_finish_impl(Error &) override {}

  const char *begin;
  size_t size;
};

/// Where the two digits of the version are in a request line that has three
/// parts and ends with one; npos otherwise.
size_t versionDigits(std::string_view head) {
  std::string_view line = head.substr(0, head.find("\r\n"));
  size_t last = line.rfind(' ') + 1;
  std::string_view version = line.substr(last);
  if (std::count(line.begin(), line.end(), ' ') != 2 || version.size() != 8 ||
      !version.starts_with("HTTP/") || !isDigit(version[5]) ||
      version[6] != '.' || !isDigit(version[7]))
    return line.npos;
  return last + 5;
}

} // namespace

size_t RequestReader::feed(std::span<const uint8_t> bytes,
                           const Limits &limits) {
  if (current != State::NeedMore)
    return 0;
  size_t taken = 0;
  while (taken != bytes.size() && endMatched != 4) {
    char c = static_cast<char>(bytes[taken++]);
    bool lineBefore = endMatched == 1; // c should be the line's '\n'.
    if (endMatched == 2 && (c == ' ' || c == '\t')) {
      // Obsolete, and a server may refuse it (RFC 9112 section 5.2).
      fail(400, "a header is folded over two lines");
      return taken;
    }
    if (c == "\r\n\r\n"[endMatched])
      ++endMatched;
    else
      endMatched = c == '\r';
    if (inRequestLine) {
      // What is not HTTP (a TLS hello, say) need not wait for its time-out.
      if ((isControl(c) && endMatched == 0) ||
          (lineBefore && endMatched != 2)) {
        fail(400, "the request line is not HTTP");
        return taken;
      }
      inRequestLine = endMatched != 2;
      if (!inRequestLine && head.size() + taken == (blankLine ? 4 : 2)) {
        // One empty line is to be ignored (RFC 9112 section 2.2).
        if (blankLine) {
          fail(400, "there are empty lines before the request");
          return taken;
        }
        blankLine = inRequestLine = true;
        endMatched = 0;
      }
    }
    if (head.size() + taken >= limits.maxHeader && endMatched != 4) {
      if (inRequestLine)
        fail(414, "the request target is too long");
      else
        fail(431, "the request headers are too large");
      return taken;
    }
  }
  head.append(reinterpret_cast<const char *>(bytes.data()), taken);
  if (endMatched == 4)
    finish();
  return taken;
}

void RequestReader::finish() {
  std::string_view text = std::string_view(head).substr(blankLine ? 2 : 0);
  isHead = text.starts_with("HEAD ");
  auto raw = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), raw.get());
  size_t digits = versionDigits(text);
  if (digits != text.npos && text[digits] != '1')
    return fail(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
  // A later minor version is to be read as ours (RFC 9110 section 2.5).
  if (digits != text.npos && text[digits + 2] > '1')
    raw[digits + 2] = '1';
  HeadParser parser(raw.get(), text.size());
  if (parser.run())
    return fail(400, "the request is malformed");
  request = Request({.raw = std::move(raw),
                     .size = static_cast<uint32_t>(text.size()),
                     .methodSize = static_cast<uint32_t>(parser.methodSize),
                     .targetSize = static_cast<uint32_t>(parser.targetSize),
                     .version = static_cast<uint8_t>(parser.version),
                     .contentLength = parser.content_length().value_or(0)});
  if (RequestFault fault = checkHead(request))
    return fail(fault.status, fault.text);
  std::string().swap(head);
  current = State::Done;
}

void RequestReader::fail(unsigned status, std::string_view text) {
  failure = static_cast<uint16_t>(status);
  why = text;
  current = State::Failed;
  std::string().swap(head);
  request = Request();
}

Request RequestReader::take() {
  Request taken = std::move(request);
  bool wasHead = isHead;
  *this = RequestReader();
  isHead = wasHead;
  return taken;
}
