//===- Diagnostic.h - A message to the programmer ---------------*- C++ -*-===//

#ifndef SNOW_SOURCE_DIAGNOSTIC_H
#define SNOW_SOURCE_DIAGNOSTIC_H

#include "frontends/snow/source/SourceFile.h"
#include <deque>
#include <string>
#include <vector>

namespace snow {

enum class Code : uint16_t {
#define SNOW_ERROR(number, name) name = number,
#define SNOW_WARNING(number, name) name = 10000 + number,
#include "frontends/snow/source/Codes.def"
};
/// "E0005", "W0001".
std::string toString(Code code);
inline bool isWarning(Code code) { return unsigned(code) >= 10000; }

/// A place that the message is about, and what it says below it (may be empty).
struct Label {
  Span span;
  std::string text;
};

/// `text` in place of the span; an empty span is a place to insert.
struct Edit {
  Span span;
  std::string text;
};

/// A change after which the program compiles, as far as this message goes.
struct Fix {
  std::string title; ///< "write `<>`"; imperative, without a full stop
  std::vector<Edit> edits;
  bool exists() const { return !edits.empty(); }
};

/// Plain words: what is wrong, where, how to fix it. Names of the program stand
/// in `backquotes`.
struct Diagnostic {
  Code code;
  std::string message;       ///< one sentence without a full stop
  std::vector<Label> labels; ///< the first is the place that is wrong; others
                             ///< give reasons
  std::vector<std::string> notes;
  std::string help; ///< how to fix it; may have several lines
  Fix fix;

  Span span() const { return labels.front().span; }

  Diagnostic &label(Span span, std::string text) {
    labels.push_back({span, std::move(text)});
    return *this;
  }
  Diagnostic &note(std::string text) {
    notes.push_back(std::move(text));
    return *this;
  }
  Diagnostic &setHelp(std::string text) {
    help = std::move(text);
    return *this;
  }
  Diagnostic &setFix(std::string title, Span span, std::string text) {
    fix.title = std::move(title);
    fix.edits.push_back({span, std::move(text)});
    return *this;
  }
};

/// The messages of a run, in the order found.
class Diagnostics {
public:
  /// Whether the code is an error or a warning is the code's matter. The
  /// reference is valid until the Diagnostics end.
  Diagnostic &report(Code code, Span span, std::string message,
                     std::string labelText = "");
  /// Adds those of `others`.
  void take(Diagnostics &&others);
  template <typename Function> void forEach(Function function) {
    for (Diagnostic &diagnostic : list)
      function(diagnostic);
  }
  bool hasErrors() const { return errors != 0; }
  size_t numErrors() const { return errors; }
  const std::deque<Diagnostic> &all() const { return list; }
  /// By file and place; of several errors whose first place is the same, only
  /// the first that was found. Errors hide warnings at the same place.
  std::vector<const Diagnostic *> sorted() const;

private:
  std::deque<Diagnostic> list;
  size_t errors = 0;
};

} // namespace snow

#endif // SNOW_SOURCE_DIAGNOSTIC_H
