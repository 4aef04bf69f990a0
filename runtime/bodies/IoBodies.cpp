//===- IoBodies.cpp - the bodies of family `io` ---------------------------===//

#include "plumb/Runtime/Text.h"
#include "plumb/io.bodies.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"
#include "runtime/bodies/Arguments.h"

#include <string>
#include <unistd.h>

using namespace plumb::rt;

PLUMB_BODY(io, print) {
  // One write, so that lines of several threads do not mix.
  std::string line(view(text));
  line += '\n';
  return base::writeAll(STDOUT_FILENO, line) ? PLUMB_OK : PLUMB_ERR_INTERNAL;
}

PLUMB_BODY(io, log) {
  if (level < 0 || level > 3)
    return PLUMB_ERR_INVALID_ARGUMENT;
  base::logProgram(static_cast<base::LogLevel>(level), view(text));
  return PLUMB_OK;
}

PLUMB_BODY(io, arg_count) { return static_cast<int64_t>(arguments().size()); }

PLUMB_BODY(io, arg) {
  if (index < 0 || static_cast<size_t>(index) >= arguments().size())
    return emptyStr();
  return copyStr(base::toUtf8(arguments()[static_cast<size_t>(index)]));
}
