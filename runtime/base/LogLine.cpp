//===- LogLine.cpp - what a line of the log looks like --------------------===//

#include "runtime/base/LogLine.h"
#include "runtime/base/Ascii.h"
#include "runtime/base/Escape.h"

#include <cstdio>
#include <ctime>

namespace plumb::rt::base {

namespace {

/// Can stand in the text form without quotes.
bool isBare(std::string_view text) noexcept {
  return !text.empty() && allOf(text, [](char c) {
    return isGraphic(c) && c != '"' && c != '\\' && c != '=';
  });
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
  // At the end of its line or before ` key=`: quotes need no escape there.
  appendEscaped(line, message, Escapes::Line);
  for (const LogField &field : fields) {
    ((line += ' ') += field.key) += '=';
    if (field.isNumber)
      line += std::to_string(field.number);
    else if (isBare(field.text))
      line += field.text;
    else
      appendQuoted(line, field.text, Escapes::Quoted);
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
  appendQuoted(line, message, Escapes::Json);
  for (const LogField &field : fields) {
    ((line += ",\"") += field.key) += "\":";
    if (field.isNumber)
      line += std::to_string(field.number);
    else
      appendQuoted(line, field.text, Escapes::Json);
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

} // namespace plumb::rt::base
