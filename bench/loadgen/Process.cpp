//===- Process.cpp - What a process uses ----------------------------------===//

#include "bench/loadgen/Process.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>

static double fromTasks(const std::string &process) {
  double seconds = 0;
  bool any = false;
  std::error_code error;
  for (const auto &task :
       std::filesystem::directory_iterator(process + "/task", error)) {
    std::ifstream file(task.path() / "schedstat");
    unsigned long long nanoseconds = 0;
    if (file >> nanoseconds) {
      seconds += double(nanoseconds) * 1e-9;
      any = true;
    }
  }
  return any ? seconds : -1;
}

static double fromStat(const std::string &process) {
  std::ifstream file(process + "/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  // The program's name, in brackets, may hold anything; after it the fields
  // are plain: utime and stime are the 12th and 13th.
  size_t name = text.rfind(')');
  if (name == text.npos)
    return -1;
  std::istringstream fields(text.substr(name + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i)
    fields >> skipped;
  double user = 0, kernel = 0;
  if (!(fields >> user >> kernel))
    return -1;
  return (user + kernel) / double(sysconf(_SC_CLK_TCK));
}

using namespace plumb::bench;

double plumb::bench::cpuSeconds(int pid) {
  std::string process = "/proc/" + std::to_string(pid);
  double seconds = fromTasks(process);
  return seconds > 0 ? seconds : fromStat(process);
}

Memory plumb::bench::memory(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  Memory result;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string name;
    double kilobytes = 0;
    if (!(fields >> name >> kilobytes))
      continue;
    if (name == "Rss:")
      result.resident = kilobytes * 1024;
    else if (name == "Pss:")
      result.proportional = kilobytes * 1024;
  }
  return result;
}

int plumb::bench::openFiles(int pid) {
  std::error_code error;
  std::filesystem::directory_iterator files(
      "/proc/" + std::to_string(pid) + "/fd", error);
  return error ? -1 : int(std::distance(begin(files), end(files)));
}
