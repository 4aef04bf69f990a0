//===- ConsoleTest.cpp - the bodies of family `console` -------------------===//

#include "plumb/console.h"
#include "unittests/library/Functions.h"

#include <fcntl.h>
#include <unistd.h>

using namespace plumb::rt::values;

namespace {
using ConsoleLibrary = Values;

/// A pipe in the place of a descriptor.
class Piped {
public:
  explicit Piped(int fd) : fd(fd), before(dup(fd)) {
    EXPECT_EQ(pipe(ends), 0);
    dup2(ends[fd == STDIN_FILENO ? 0 : 1], fd);
  }
  ~Piped() {
    dup2(before, fd);
    for (int each : {before, ends[0], ends[1]})
      if (each >= 0)
        close(each);
  }
  void write(std::string_view text) {
    EXPECT_EQ(::write(ends[1], text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  void end() { close(std::exchange(ends[1], -1)); }
  std::string read() {
    char text[4096];
    ssize_t size = ::read(ends[0], text, sizeof text);
    return {text, static_cast<size_t>(std::max<ssize_t>(size, 0))};
  }

private:
  int fd, before, ends[2];
};

TEST_F(ConsoleLibrary, WritesAtOnce) {
  plumb_string *text = str("né"), *large = str(std::string(2000, 'x'));
  {
    Piped out(STDOUT_FILENO);
    plumb_console_println(plumb_string_text(text));
    plumb_console_print(plumb_string_text(text));
    EXPECT_EQ(out.read(), "né\nné");
    plumb_console_println(plumb_string_text(large));
    EXPECT_EQ(out.read(), std::string(2000, 'x') + "\n");
  }
  Piped err(STDERR_FILENO);
  plumb_console_eprintln(plumb_string_text(text));
  EXPECT_EQ(err.read(), "né\n");
  drop(text);
  drop(large);
}

TEST_F(ConsoleLibrary, ReadsLines) {
  Piped in(STDIN_FILENO);
  in.write("one\r\n\ntwo \xff\nthr");
  in.write("ee");
  in.end();
  for (const char *line :
       {"Ok(one)", "Ok()", "Ok(two \uFFFD)", "Ok(three)", "Ok()", "Ok()"})
    EXPECT_EQ(show(plumb_console_read_line()), line);
}

} // namespace
