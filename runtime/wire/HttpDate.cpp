//===- HttpDate.cpp - the time of a response ------------------------------===//

#include "runtime/wire/HttpDate.h"

#include <cstdio>

// Not strftime, whose names of days follow the program's locale.
std::string_view plumb::rt::wire::httpDate(std::time_t second) noexcept {
  static constexpr char days[][4] = {"Sun", "Mon", "Tue", "Wed",
                                     "Thu", "Fri", "Sat"};
  static constexpr char months[][4] = {"Jan", "Feb", "Mar", "Apr",
                                       "May", "Jun", "Jul", "Aug",
                                       "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t written = -1;
  thread_local char text[64];
  thread_local size_t size = 0;
  if (second != written || size == 0) {
    std::tm t = {};
    ::gmtime_r(&second, &t);
    size = static_cast<size_t>(
        std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                      days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                      t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec));
    written = second;
  }
  return {text, size};
}
