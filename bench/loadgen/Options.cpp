//===- Options.cpp - What the load generator is asked to do ---------------===//

#include "bench/loadgen/Options.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace plumb::bench;

static const char *const usage = R"(usage: plumb-loadgen --port N [options]
  --mode broadcast|echo   default broadcast
  --host ADDRESS          IPv4 address, default 127.0.0.1
  --pid N                 the server's process: measure its CPU time
  --connections N         default 1000
  --room N                members of a room, default 10 (broadcast)
  --publishers N          publishers of a room, default 1 (broadcast)
  --window N              messages in flight of a publisher, default 1
  --payload N             bytes of a message, default 64, at least 24
  --warmup SECONDS        default 0.5
  --seconds SECONDS       measured time, default 2
  --max-deliveries N      end the measured time after so many
  --timeout SECONDS       for connecting and for draining, default 10
Prints one line of JSON. Exit status: 0 every delivery was right, 1 some were
not, 2 the options or the connection failed.
)";

[[noreturn]] static void fail(const char *what, std::string_view argument) {
  fprintf(stderr, "plumb-loadgen: %s '%.*s'\n%s", what, int(argument.size()),
          argument.data(), usage);
  exit(2);
}

static double number(std::string_view name, const char *text, double least,
                     double most) {
  char *end = nullptr;
  double value = strtod(text, &end);
  if (end == text || *end || !(value >= least && value <= most))
    fail("not a usable number for", name);
  return value;
}

Options plumb::bench::readOptions(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string_view name = argv[i];
    if (name == "--help") {
      fputs(usage, stdout);
      exit(0);
    }
    if (++i == argc)
      fail("a value is missing after", name);
    const char *value = argv[i];
    auto count = [&](double most) {
      return unsigned(number(name, value, 1, most));
    };
    if (name == "--mode") {
      options.echo = std::string_view(value) == "echo";
      if (!options.echo && std::string_view(value) != "broadcast")
        fail("unknown mode", value);
    } else if (name == "--host")
      options.host = value;
    else if (name == "--port")
      options.port = uint16_t(count(65535));
    else if (name == "--pid")
      options.serverPid = int(count(1 << 30));
    else if (name == "--connections")
      options.connections = count(1000000);
    else if (name == "--room")
      options.room = count(1000000);
    else if (name == "--publishers")
      options.publishers = count(99);
    else if (name == "--window")
      options.window = count(4096);
    else if (name == "--payload")
      options.payload = count(1 << 24);
    else if (name == "--warmup")
      options.warmup = number(name, value, 0, 600);
    else if (name == "--seconds")
      options.seconds = number(name, value, 0, 600);
    else if (name == "--max-deliveries")
      options.maxDeliveries = uint64_t(number(name, value, 1, 1e15));
    else if (name == "--timeout")
      options.timeout = number(name, value, 0.1, 600);
    else
      fail("unknown option", name);
  }
  if (options.echo)
    options.room = options.publishers = 1;
  if (!options.port)
    fail("missing option", "--port");
  if (options.payload < Options::MinPayload)
    fail("too small for", "--payload");
  if (options.connections % options.room)
    fail("--connections is not a multiple of", "--room");
  if (options.publishers > options.room)
    fail("more publishers than members:", "--publishers");
  return options;
}
