//===- OutputFile.cpp - A file that appears when it is whole --------------===//

#include "command-line/OutputFile.h"
#include "command-line/Tool.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <system_error>

using namespace llvm;
using namespace plumb;

static bool cannotWrite(StringRef path, std::error_code error) {
  return toolError("cannot write '" + path + "': " + error.message());
}

namespace {
/// Removes the file at the end of the scope, or when a signal ends the process.
class Remover {
public:
  explicit Remover(StringRef path) : path(path) {
    sys::RemoveFileOnSignal(path);
  }
  ~Remover() {
    (void)sys::fs::remove(path); // it may be renamed
    sys::DontRemoveFileOnSignal(path);
  }

private:
  std::string path;
};
} // namespace

static bool isSpecial(StringRef path) {
  return sys::fs::exists(path) && !sys::fs::is_regular_file(path);
}

static bool writeTo(StringRef file, StringRef shownPath,
                    function_ref<bool(raw_pwrite_stream &)> write) {
  std::error_code error;
  raw_fd_ostream os(file, error);
  if (error)
    return cannotWrite(shownPath, error);
  bool ok;
  if (os.supportsSeeking()) {
    ok = write(os);
  } else {
    buffer_ostream buffer(os);
    ok = write(buffer);
  }
  os.close();
  if (!os.has_error())
    return ok;
  error = os.error();
  os.clear_error();
  return cannotWrite(shownPath, error);
}

static bool copyTo(StringRef file, StringRef path) {
  auto content = MemoryBuffer::getFile(file, /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false);
  if (!content)
    return cannotWrite(path, content.getError());
  return writeTo(path, path, [&](raw_pwrite_stream &os) {
    os << (*content)->getBuffer();
    return true;
  });
}

bool plumb::writeFile(StringRef path, function_ref<bool(StringRef)> write) {
  if (sys::fs::is_directory(path))
    return cannotWrite(path, std::make_error_code(std::errc::is_a_directory));
  // A rename would put a file in the place of a device.
  if (isSpecial(path))
    return withTemporary("out", [&](StringRef temporary) {
      return write(temporary) && copyTo(temporary, path);
    });
  // The rename would go around a file's own permission.
  if (sys::fs::exists(path) && !sys::fs::can_write(path))
    return cannotWrite(path,
                       std::make_error_code(std::errc::permission_denied));
  SmallString<128> temporary;
  int descriptor;
  if (std::error_code error = sys::fs::createUniqueFile(path + ".%%%%%%%%.tmp",
                                                        descriptor, temporary))
    return cannotWrite(path, error);
  Remover remover(temporary);
  if (std::error_code error =
          sys::Process::SafelyCloseFileDescriptor(descriptor))
    return cannotWrite(path, error);
  if (!write(temporary))
    return false;
  if (std::error_code error = sys::fs::rename(temporary, path))
    return cannotWrite(path, error);
  return true;
}

bool plumb::writeStream(StringRef path,
                        function_ref<bool(raw_pwrite_stream &)> write) {
  if (path == "-")
    return writeTo(path, "<stdout>", write);
  return writeFile(path, [&](StringRef temporary) {
    return writeTo(temporary, path, write);
  });
}

bool plumb::withTemporary(StringRef suffix, function_ref<bool(StringRef)> use) {
  SmallString<128> path;
  int descriptor;
  if (std::error_code error =
          sys::fs::createTemporaryFile("plumbc", suffix, descriptor, path))
    return toolError("cannot make a temporary file: " + error.message());
  Remover remover(path);
  if (std::error_code error =
          sys::Process::SafelyCloseFileDescriptor(descriptor))
    return cannotWrite(path, error);
  return use(path);
}
