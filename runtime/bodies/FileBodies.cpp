//===- FileBodies.cpp - the bodies of family `file` -----------------------===//

#include "plumb/file.bodies.h"
#include "runtime/base/Fd.h"
#include "runtime/base/Uninterrupted.h"
#include "runtime/base/Utf8.h"
#include "runtime/values/Strings.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

using namespace plumb::rt;
using namespace plumb::rt::values;

static plumb_result *failed(const plumb_str *path, int error,
                            plumb_value_kind ok) {
  std::string why(viewOf(path));
  why += ": ";
  why += std::generic_category().message(error);
  return plumb_new_result(PLUMB_RESULT_ERR, slotOf(copyString(why)), ok,
                          PLUMB_OBJECT);
}
static plumb_result *done() {
  return plumb_new_result(PLUMB_RESULT_OK, 0, PLUMB_UNIT, PLUMB_OBJECT);
}

/// Empty, and errno set, for a path that no file can have.
static std::string systemPath(const plumb_str *path) {
  std::string name(viewOf(path));
  if (name.find('\0') != name.npos)
    name.clear();
  if (name.empty())
    errno = ENOENT;
  return name;
}

static base::Fd openFile(const plumb_str *path, int flags) {
  std::string name = systemPath(path);
  if (name.empty())
    return {};
  return base::Fd(base::uninterrupted(
      [&] { return ::open(name.c_str(), flags | O_CLOEXEC, 0666); }));
}

PLUMB_BODY(file, read) {
  base::Fd file = openFile(path, O_RDONLY);
  if (!file)
    return failed(path, errno, PLUMB_OBJECT);
  struct stat about = {};
  if (::fstat(file.get(), &about) != 0)
    return failed(path, errno, PLUMB_OBJECT);
  // One byte more, so that the end is seen without growing.
  uint64_t capacity = static_cast<uint64_t>(about.st_size) + 1;
  plumb_string *whole = newString(0, capacity);
  while (true) {
    if (whole->length == capacityOf(whole))
      whole = reserve(whole, capacityOf(whole) * 2);
    ssize_t size = base::uninterrupted([&] {
      return ::read(file.get(), whole->data + whole->length,
                    capacityOf(whole) - whole->length);
    });
    if (size < 0) {
      int error = errno;
      drop(whole);
      return failed(path, error, PLUMB_OBJECT);
    }
    if (size == 0)
      break;
    whole->length += static_cast<uint64_t>(size);
  }
  if (!base::isValidUtf8({whole->data, whole->length})) {
    plumb_string *valid = copyString(base::toUtf8(viewOf(whole)));
    drop(whole);
    whole = valid;
  }
  return plumb_new_result(PLUMB_RESULT_OK, slotOf(whole), PLUMB_OBJECT,
                          PLUMB_OBJECT);
}

static plumb_result *writeFile(const plumb_str *path, const plumb_str *text,
                               int flags) {
  base::Fd file = openFile(path, O_WRONLY | O_CREAT | flags);
  if (!file)
    return failed(path, errno, PLUMB_UNIT);
  std::string_view rest = viewOf(text);
  while (!rest.empty()) {
    ssize_t size = base::uninterrupted(
        [&] { return ::write(file.get(), rest.data(), rest.size()); });
    if (size < 0)
      return failed(path, errno, PLUMB_UNIT);
    rest.remove_prefix(static_cast<size_t>(size));
  }
  return done();
}

PLUMB_BODY(file, write) { return writeFile(path, text, O_TRUNC); }

PLUMB_BODY(file, append) { return writeFile(path, text, O_APPEND); }

PLUMB_BODY(file, exists) {
  std::string name = systemPath(path);
  return !name.empty() && ::access(name.c_str(), F_OK) == 0;
}

PLUMB_BODY(file, remove) {
  std::string name = systemPath(path);
  if (name.empty() || ::unlink(name.c_str()) != 0)
    return failed(path, errno, PLUMB_UNIT);
  return done();
}
