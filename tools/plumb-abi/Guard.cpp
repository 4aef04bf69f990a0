//===- Guard.cpp - Work that a bad file may bring down --------------------===//

#include "Guard.h"
#include "command-line/Tool.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;
using namespace plumb;

/// Shared with the process that works.
static char *currentFile = nullptr;
static constexpr size_t fileSize = 4096;

void plumb::abi::setGuardedFile(StringRef file) {
  if (!currentFile)
    return;
  size_t length = std::min(file.size(), fileSize - 1);
  std::memcpy(currentFile, file.data(), length);
  currentFile[length] = 0;
}

/// Far above what the largest libraries need.
static void limit() {
  rlimit time = {60, 61};
  setrlimit(RLIMIT_CPU, &time);
  // Sanitizers map terabytes.
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
  rlimit memory = {rlim_t(4) << 30, rlim_t(4) << 30};
  setrlimit(RLIMIT_AS, &memory);
#endif
  rlimit core = {0, 0};
  setrlimit(RLIMIT_CORE, &core);
}

int plumb::abi::runGuarded(function_ref<int()> work) {
  void *shared = mmap(nullptr, fileSize, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared != MAP_FAILED)
    currentFile = static_cast<char *>(shared);
  outs().flush();
  pid_t child = fork();
  if (child < 0) {
    toolError(Twine("cannot start a process: ") + std::strerror(errno));
    return 2;
  }
  if (child == 0) {
    // Whoever ends the tool ends the work.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit();
    // LLVM's report of a crash would be noise: the file is to blame.
    for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP})
      std::signal(signal, SIG_DFL);
    int code = work();
    outs().flush();
    errs().flush();
    _exit(code);
  }
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  if (WIFEXITED(status))
    return WEXITSTATUS(status);
  int signal = WTERMSIG(status);
  if (signal == SIGPIPE) // nobody reads the report
    return 2;
  StringRef file = currentFile ? currentFile : "";
  bool isEndless = signal == SIGXCPU || signal == SIGKILL;
  toolError((file.empty() ? "a file" : "'" + file.str() + "'") +
            " cannot be read: LLVM's reader " +
            (isEndless ? "took more than 60 seconds"
                       : "ended with signal '" +
                             std::string(strsignal(signal)) + "'") +
            ", so the file is most likely damaged; build it again");
  return 2;
}
