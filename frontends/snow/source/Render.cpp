//===- Render.cpp - Messages with the source below them -------------------===//

#include "frontends/snow/source/Render.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"
#include <algorithm>

using namespace snow;

namespace {

/// The part of a label that is on one line.
struct Mark {
  unsigned line;
  uint32_t begin, end; ///< bytes of the line's text
  llvm::StringRef text;
  bool isFirst; ///< of the message's labels
  size_t order; ///< of the label
};

/// Draws the lines of one file that labels are on.
class Excerpt {
public:
  Excerpt(const SourceFile &file, unsigned gutter, llvm::raw_ostream &out)
      : file(file), gutter(gutter), out(out) {}

  void add(const Label &label, bool isFirst) {
    unsigned first = file.line(label.span.begin);
    unsigned last = file.line(
        std::max(label.span.begin, label.span.end - !label.span.isEmpty()));
    if (first == last) {
      marks.push_back({first, column(first, label.span.begin),
                       column(first, label.span.end), label.text, isFirst,
                       marks.size()});
      return;
    }
    // A label over several lines marks where it starts; the text says what.
    uint32_t begin = column(first, label.span.begin);
    marks.push_back({first, begin,
                     uint32_t(file.lineText(first).rtrim().size()), label.text,
                     isFirst, marks.size()});
  }

  void draw() {
    llvm::sort(marks, [](const Mark &a, const Mark &b) {
      return std::tuple(a.line, a.begin, a.order) <
             std::tuple(b.line, b.begin, b.order);
    });
    empty();
    for (size_t i = 0; i != marks.size();) {
      unsigned line = marks[i].line;
      if (i != 0 && line > marks[i - 1].line + 1)
        out << std::string(gutter, ' ') << "...\n";
      drawLine(line);
      // From the right, so that a text does not run through a mark.
      size_t next = i;
      while (next != marks.size() && marks[next].line == line)
        ++next;
      for (size_t k = next; k-- != i;)
        drawMark(marks[k]);
      i = next;
    }
  }

private:
  uint32_t column(unsigned line, uint32_t offset) {
    return std::min<size_t>(offset - file.lineStart(line),
                            file.lineText(line).size());
  }

  void empty() { out << std::string(gutter + 1, ' ') << "|\n"; }

  void drawLine(unsigned line) {
    std::string number = std::to_string(line);
    out << std::string(gutter - number.size(), ' ') << number << " |";
    llvm::StringRef text = file.lineText(line).rtrim();
    if (!text.empty())
      out << "  " << printable(text);
    out << '\n';
  }

  void drawMark(const Mark &mark) {
    llvm::StringRef text = file.lineText(mark.line);
    out << std::string(gutter + 1, ' ') << "|  "
        << std::string(width(text.take_front(mark.begin)), ' ');
    size_t size = width(text.slice(mark.begin, mark.end));
    out << std::string(std::max<size_t>(size, 1), mark.isFirst ? '^' : '-');
    if (!mark.text.empty())
      out << ' ' << mark.text;
    out << '\n';
  }

  /// Tabs as four blanks, and a replacement for what would disturb a terminal.
  static std::string printable(llvm::StringRef text) {
    std::string result;
    for (size_t i = 0; i < text.size();) {
      unsigned char first = text[i];
      if (first == '\t') {
        result += "    ";
        ++i;
        continue;
      }
      size_t size = llvm::getUTF8SequenceSize(
          reinterpret_cast<const llvm::UTF8 *>(text.bytes_begin()) + i,
          reinterpret_cast<const llvm::UTF8 *>(text.bytes_end()));
      if (size == 0 || first < 0x20 || first == 0x7F) {
        result += "\xEF\xBF\xBD"; // U+FFFD
        ++i;
        continue;
      }
      result += text.substr(i, size);
      i += size;
    }
    return result;
  }

  static size_t width(llvm::StringRef text) {
    int columns = llvm::sys::unicode::columnWidthUTF8(printable(text));
    return columns < 0 ? text.size() : columns;
  }

  const SourceFile &file;
  unsigned gutter;
  llvm::raw_ostream &out;
  std::vector<Mark> marks;
};

/// `= help: …`, further lines below the first.
void drawAside(unsigned gutter, llvm::StringRef title, llvm::StringRef text,
               llvm::raw_ostream &out) {
  std::string indent(gutter + 1, ' ');
  out << indent << "= " << title << ": ";
  std::string below = "\n" + indent + std::string(title.size() + 4, ' ');
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  llvm::interleave(lines, out, below);
  out << '\n';
}

} // namespace

void snow::renderText(const SourceFiles &files, const Diagnostic &diagnostic,
                      llvm::raw_ostream &out) {
  out << (isWarning(diagnostic.code) ? "warning[" : "error[")
      << toString(diagnostic.code) << "]: " << diagnostic.message << '\n';

  unsigned lastLine = 1;
  std::vector<uint32_t> order; // Files: the wrong place's first.
  for (const Label &label : diagnostic.labels) {
    lastLine =
        std::max(lastLine, files[label.span.file].line(label.span.begin));
    if (!llvm::is_contained(order, label.span.file))
      order.push_back(label.span.file);
  }
  unsigned gutter = std::max<size_t>(3, std::to_string(lastLine).size() + 1);
  for (uint32_t number : order) {
    auto first = llvm::find_if(diagnostic.labels, [&](const Label &label) {
      return label.span.file == number;
    });
    Position position = files.begin(first->span);
    out << std::string(gutter - 1, ' ') << "--> " << files[number].name() << ':'
        << position.line << ':' << position.column << '\n';
    Excerpt excerpt(files[number], gutter, out);
    for (const Label &label : diagnostic.labels)
      if (label.span.file == number)
        excerpt.add(label, &label == &diagnostic.labels.front());
    excerpt.draw();
  }

  if (!diagnostic.notes.empty() || !diagnostic.help.empty() ||
      diagnostic.fix.exists())
    out << std::string(gutter + 1, ' ') << "|\n";
  for (const std::string &note : diagnostic.notes)
    drawAside(gutter, "note", note, out);
  if (!diagnostic.help.empty())
    drawAside(gutter, "help", diagnostic.help, out);
  if (diagnostic.fix.exists())
    drawAside(gutter, "fix", diagnostic.fix.title, out);
  out << '\n';
}
