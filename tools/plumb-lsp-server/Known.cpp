//===- Known.cpp ----------------------------------------------------------===//

#include "tools/plumb-lsp-server/Known.h"
#include "plumb/Execution/Register.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::lspserver;

Known::Known(const execution::Families &families)
    : files(families.getFiles()), seen(stamps()),
      state(std::make_unique<State>()) {
  // They have been loaded once, so a failure is a change that comes later.
  for (const std::string &file : files)
    consumeError(state->families.load(file));
  execution::registerPlumb(state->dialects, state->families);
}

std::vector<Known::Stamp> Known::stamps() const {
  std::vector<Stamp> now;
  for (const std::string &file : files) {
    sys::fs::file_status status;
    if (StringRef(file).ends_with(".so") || sys::fs::status(file, status))
      now.emplace_back();
    else
      now.emplace_back(status.getLastModificationTime(), status.getSize());
  }
  return now;
}

bool Known::refresh(std::string &problem) {
  std::vector<Stamp> now = stamps();
  if (now == seen)
    return false;
  seen = std::move(now);
  auto fresh = std::make_unique<State>();
  for (const std::string &file : files)
    if (Error error = fresh->families.load(file)) {
      problem = toString(std::move(error));
      return false;
    }
  execution::registerPlumb(fresh->dialects, fresh->families);
  state = std::move(fresh);
  return true;
}
