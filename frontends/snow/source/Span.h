//===- Span.h - A stretch of a source file ----------------------*- C++ -*-===//

#ifndef SNOW_SOURCE_SPAN_H
#define SNOW_SOURCE_SPAN_H

#include <cstdint>

namespace snow {

/// Bytes [begin, end) of the source file number `file` of a SourceFiles.
struct Span {
  uint32_t file = 0;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool operator==(const Span &other) const = default;
  bool isEmpty() const { return begin == end; }
  /// From the start of this one to the end of `last`, which is in the same
  /// file.
  Span to(Span last) const { return {file, begin, last.end}; }
  /// The empty place right before and right after it.
  Span before() const { return {file, begin, begin}; }
  Span after() const { return {file, end, end}; }
};

} // namespace snow

#endif // SNOW_SOURCE_SPAN_H
