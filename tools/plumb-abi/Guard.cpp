//===- Guard.cpp - Work that a bad file may bring down --------------------===//

#include "Guard.h"
#include "command-line/Tool.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;
using namespace plumb;

/// Shared with the process that works.
struct Shared {
  char file[4096];
  uint64_t memory; ///< bytes, that were not enough; 0 while they are
};
static Shared *shared = nullptr;

void plumb::abi::setGuardedFile(StringRef file) {
  if (!shared)
    return;
  size_t length = std::min(file.size(), sizeof(shared->file) - 1);
  std::memcpy(shared->file, file.data(), length);
  shared->file[length] = 0;
}

/// Instead of what `new` and LLVM do, which is to end as a damaged file does.
static void endForMemory() {
  rlimit memory = {};
  getrlimit(RLIMIT_AS, &memory);
  if (shared)
    shared->memory = memory.rlim_cur;
  _exit(2);
}

/// Lowers a limit of this process; one that is lower stays.
static void lower(int resource, rlim_t soft, rlim_t hard) {
  rlimit now;
  if (getrlimit(resource, &now))
    return;
  rlimit limit = {std::min(now.rlim_cur, soft), std::min(now.rlim_max, hard)};
  setrlimit(resource, &limit);
}

/// Far above what the largest libraries need.
static void limitResources() {
  lower(RLIMIT_CPU, 60, 61);
  // Sanitizers map terabytes.
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
  lower(RLIMIT_AS, rlim_t(4) << 30, rlim_t(4) << 30);
#endif
  lower(RLIMIT_CORE, 0, 0);
}

int plumb::abi::runGuarded(function_ref<int()> work) {
  void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED)
    shared = static_cast<Shared *>(memory);
  outs().flush();
  pid_t child = fork();
  if (child < 0) {
    toolError(Twine("cannot start a process: ") + std::strerror(errno));
    return 2;
  }
  if (child == 0) {
    // Whoever ends the tool ends the work.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limitResources();
    // LLVM's report of a crash would be noise: the file is to blame.
    for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP})
      std::signal(signal, SIG_DFL);
    std::set_new_handler(endForMemory);
    remove_bad_alloc_error_handler();
    install_bad_alloc_error_handler(
        [](void *, const char *, bool) { endForMemory(); });
    int code = work();
    outs().flush();
    errs().flush();
    _exit(code);
  }
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  std::string file = shared && *shared->file
                         ? "'" + std::string(shared->file) + "'"
                         : "a file";
  if (shared && shared->memory) {
    toolError(file + " cannot be read with " + Twine(shared->memory >> 20) +
              " MiB of memory; give a part of it, such as one object of an "
              "archive or one header of many");
    return 2;
  }
  if (WIFEXITED(status))
    return WEXITSTATUS(status);
  int signal = WTERMSIG(status);
  if (signal == SIGPIPE) // nobody reads the report
    return 2;
  bool isEndless = signal == SIGXCPU || signal == SIGKILL;
  toolError(file + " cannot be read: LLVM's reader " +
            (isEndless ? "took more than 60 seconds"
                       : "ended with signal '" +
                             std::string(strsignal(signal)) + "'") +
            ", so the file is most likely damaged; build it again");
  return 2;
}
