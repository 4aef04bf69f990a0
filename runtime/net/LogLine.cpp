//===- LogLine.cpp - what a line of the log looks like --------------------===//

#include "runtime/net/LogLine.h"
#include "runtime/base/Unicode.h"

#include <cstdio>
#include <ctime>

namespace plumb::rt::net {

std::string_view nameOf(LogLevel level) noexcept {
  static constexpr std::string_view names[] = {"debug", "info", "warning",
                                               "error"};
  return names[static_cast<int>(level)];
}

namespace {

/// How many bytes the UTF-8 sequence at the start of `text` has; 0 when it is
/// none (overlong, a surrogate, cut off, over U+10FFFF).
size_t sequenceLength(std::string_view text) noexcept {
  auto at = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint8_t first = at(0);
  if (first < 0x80)
    return 1;
  size_t length = first >= 0xc2 && first < 0xe0   ? 2
                  : first >= 0xe0 && first < 0xf0 ? 3
                  : first >= 0xf0 && first < 0xf5 ? 4
                                                  : 0;
  if (length == 0 || text.size() < length)
    return 0;
  for (size_t i = 1; i < length; ++i)
    if ((at(i) & 0xc0) != 0x80)
      return 0;
  uint8_t second = at(1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
    return 0;
  return length;
}

/// The code point of a whole sequence.
char32_t decode(std::string_view sequence) noexcept {
  auto first = static_cast<uint8_t>(sequence[0]);
  char32_t point =
      sequence.size() == 1 ? first : first & (0xff >> (sequence.size() + 1));
  for (char c : sequence.substr(1))
    point = point << 6 | (static_cast<uint8_t>(c) & 0x3f);
  return point;
}

struct Escapes {
  bool quotes; ///< '"' and '\' too
  bool json;   ///< with JSON's escapes, which a reader takes back
};
/// A message stands at the end of its line or before ` key=`: quotes need not
/// be escaped there.
constexpr Escapes plainText{false, false};
constexpr Escapes quotedText{true, false};
constexpr Escapes json{true, true};

void appendNumber(std::string &out, const char *format, unsigned number) {
  char text[16];
  std::snprintf(text, sizeof text, format, number);
  out += text;
}

void appendInvisible(std::string &out, char32_t point, const Escapes &escapes) {
  if (point == '\n' || point == '\r' || point == '\t') {
    (out += '\\') += point == '\n' ? 'n' : point == '\r' ? 'r' : 't';
  } else if (!escapes.json) {
    appendNumber(out, point < 0x100 ? "\\x%02x" : "\\u{%04x}", point);
  } else if (point < 0x10000) {
    appendNumber(out, "\\u%04x", point);
  } else { // RFC 8259 section 7: as UTF-16 has it.
    appendNumber(out, "\\u%04x", 0xd7c0 + (point >> 10));
    appendNumber(out, "\\u%04x", 0xdc00 + (point & 0x3ff));
  }
}

void append(std::string &out, std::string_view text, const Escapes &escapes) {
  while (!text.empty()) {
    size_t length = sequenceLength(text);
    std::string_view sequence = text.substr(0, length ? length : 1);
    text.remove_prefix(sequence.size());
    char c = sequence[0];
    if (length == 0) {
      // JSON has no way to write a byte: U+FFFD takes its place.
      if (escapes.json)
        out += "\\ufffd";
      else
        appendNumber(out, "\\x%02x", static_cast<uint8_t>(c));
    } else if (char32_t point = decode(sequence); isInvisible(point)) {
      appendInvisible(out, point, escapes);
    } else {
      if (escapes.quotes && (c == '"' || c == '\\'))
        out += '\\';
      out += sequence;
    }
  }
}

void appendQuoted(std::string &out, std::string_view text,
                  const Escapes &escapes) {
  out += '"';
  append(out, text, escapes);
  out += '"';
}

/// Can stand in the text form without quotes.
bool isBare(std::string_view text) noexcept {
  for (char c : text)
    if (static_cast<uint8_t>(c) <= 0x20 || static_cast<uint8_t>(c) >= 0x7f ||
        c == '"' || c == '\\' || c == '=')
      return false;
  return !text.empty();
}

void appendTime(std::string &out, int64_t milliseconds) {
  time_t seconds = static_cast<time_t>(milliseconds / 1000);
  std::tm parts = {};
  ::gmtime_r(&seconds, &parts);
  char text[40];
  size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + size, sizeof text - size, ".%03dZ",
                static_cast<int>(milliseconds % 1000));
  out += text;
}

} // namespace

static std::string textLine(LogLevel level, Logger logger,
                            std::string_view message,
                            std::span<const LogField> fields) {
  std::string line = logger == Logger::Plumb ? "plumb: " : "";
  if (logger == Logger::Program || level != LogLevel::Info)
    (line += nameOf(level)) += ": ";
  append(line, message, plainText);
  for (const LogField &field : fields) {
    ((line += ' ') += field.key) += '=';
    if (field.isNumber)
      line += std::to_string(field.number);
    else if (isBare(field.text))
      line += field.text;
    else
      appendQuoted(line, field.text, quotedText);
  }
  return line;
}

static std::string jsonLine(LogLevel level, Logger logger,
                            std::string_view message,
                            std::span<const LogField> fields,
                            int64_t milliseconds) {
  std::string line = "{\"time\":\"";
  appendTime(line, milliseconds);
  (line += "\",\"level\":\"") += nameOf(level);
  (line += "\",\"logger\":\"") += logger == Logger::Plumb ? "plumb" : "program";
  line += "\",\"message\":";
  appendQuoted(line, message, json);
  for (const LogField &field : fields) {
    ((line += ",\"") += field.key) += "\":";
    if (field.isNumber)
      line += std::to_string(field.number);
    else
      appendQuoted(line, field.text, json);
  }
  return line += '}';
}

std::string logLine(LogFormat format, LogLevel level, Logger logger,
                    std::string_view message, std::span<const LogField> fields,
                    int64_t milliseconds) {
  std::string line =
      format == LogFormat::Text
          ? textLine(level, logger, message, fields)
          : jsonLine(level, logger, message, fields, milliseconds);
  return line += '\n';
}

} // namespace plumb::rt::net
