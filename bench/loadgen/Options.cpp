//===- Options.cpp - What the load generator is asked to do ---------------===//

#include "bench/loadgen/Options.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace plumb::bench;

static const char *const usage = R"(usage: plumb-loadgen --port N [options]

What is done:
  --mode broadcast  members of rooms send to their room (default)
         echo       every connection has its own messages sent back
         idle       opens connections and measures the server's memory;
                    needs --pid
         join       joins many rooms, leaves some, disconnects
  --host ADDRESS    IPv4 address, default 127.0.0.1
  --pid N           the server's process: measure its CPU time and memory

The connections:
  --connections N   default 1000
  --ramp N          open N connections a second; default: one after the other
  --addresses N     spread them over N own addresses, 127.0.1.1 and up, in turn;
                    default: one for every 16,000 connections
  --allow-refusals  a refused connection is counted by its HTTP status, not an
                    error (idle mode)
  --tls             speak TLS; any certificate will do unless there is
  --ca FILE         the certificate (PEM) that the server's must be signed by
  --deflate no-context|context
                    offer permessage-deflate: with both *_no_context_takeover,
                    or bare; it is an error when the server declines
  --compress-sent on|off
                    compress what is sent, too; default off

Broadcast and echo:
  --room N          members of a room, default 10; divides --connections
  --publishers N    publishers of a room, default 1
  --window N        messages in flight of a publisher, default 1. A message is in
                    flight until every member of its room has it.
  --payload N       bytes of a message, default 64, at least 24
  --warmup SECONDS  default 0.5
  --seconds SECONDS measured time, default 2
  --max-deliveries N  end the measured time after so many
  --rate N          open loop: N messages a second in all, each due at its own
                    time, whether or not the server keeps up. Latencies are from
                    that time to the last member's delivery. The window is 1024
                    then; what does not fit into it waits, and counts as late.
  --rate-from N --rate-to N
                    the same with a rate that grows evenly in the measured time

Join:
  --rooms-each N    rooms that each connection joins, default 10; --room is the
                    members of a room then, and divides connections x rooms

  --timeout SECONDS for connecting, draining and the like, default 10
  --help

Prints one line of JSON. Exit status: 0 every delivery was right, 1 some were
not, 2 the options or the connection failed.
)";

[[noreturn]] static void fail(const char *what, std::string_view argument) {
  fprintf(stderr, "plumb-loadgen: %s '%.*s'\n%s", what, int(argument.size()),
          argument.data(), usage);
  exit(2);
}

static double number(std::string_view name, const char *text, double min,
                     double max) {
  char *end = nullptr;
  double value = strtod(text, &end);
  if (end == text || *end || !(value >= min && value <= max))
    fail("not a usable number for", name);
  return value;
}

/// The place of `value` in `words`.
static size_t choice(std::string_view value,
                     const std::vector<std::string_view> &words,
                     const char *what) {
  for (size_t i = 0; i < words.size(); ++i)
    if (words[i] == value)
      return i;
  fail(what, value);
}

const char *plumb::bench::name(Mode mode) {
  static const char *const names[] = {"broadcast", "echo", "idle", "join"};
  return names[int(mode)];
}

/// Reads option `name` with its value. Returns false when there is none such.
static bool readOption(Options &options, std::string_view name,
                       const char *value) {
  auto count = [&](double max) {
    return unsigned(number(name, value, 1, max));
  };
  auto seconds = [&](double min) { return number(name, value, min, 3600); };
  auto rate = [&] { return number(name, value, 0.001, 1e9); };
  if (name == "--mode")
    options.mode = Mode(
        choice(value, {"broadcast", "echo", "idle", "join"}, "unknown mode"));
  else if (name == "--host")
    options.host = value;
  else if (name == "--port")
    options.port = uint16_t(count(65535));
  else if (name == "--pid")
    options.serverPid = int(count(1 << 30));
  else if (name == "--ca")
    options.authority = value;
  else if (name == "--deflate")
    options.deflate = Deflate(
        choice(value, {"off", "no-context", "context"}, "not an offer"));
  else if (name == "--compress-sent")
    options.compressSent = choice(value, {"off", "on"}, "neither on nor off");
  else if (name == "--connections")
    options.connections = count(1000000);
  else if (name == "--ramp")
    options.ramp = rate();
  else if (name == "--addresses")
    options.addresses = count(65000);
  else if (name == "--room")
    options.room = count(1000000);
  else if (name == "--publishers")
    options.publishers = count(99);
  else if (name == "--window")
    options.window = count(4096);
  else if (name == "--payload")
    options.payload = count(1 << 24);
  else if (name == "--rooms-each")
    options.roomsEach = count(1000000);
  else if (name == "--warmup")
    options.warmup = seconds(0);
  else if (name == "--seconds")
    options.seconds = seconds(0);
  else if (name == "--max-deliveries")
    options.maxDeliveries = uint64_t(number(name, value, 1, 1e15));
  else if (name == "--rate")
    options.rateFrom = options.rateTo = rate();
  else if (name == "--rate-from")
    options.rateFrom = rate();
  else if (name == "--rate-to")
    options.rateTo = rate();
  else if (name == "--timeout")
    options.timeout = seconds(0.1);
  else
    return false;
  return true;
}

/// Options that do not go together.
static void check(const Options &options) {
  if (!options.port)
    fail("missing option", "--port");
  if (options.payload < Options::minPayload)
    fail("too small for", "--payload");
  if (!options.authority.empty() && !options.tls)
    fail("without --tls:", "--ca");
  if (options.compressSent && options.deflate == Deflate::Off)
    fail("without --deflate:", "--compress-sent");
  if ((options.rateFrom > 0) != (options.rateTo > 0))
    fail("--rate-from and --rate-to go together:", "--rate-from");
  bool traffic = options.mode == Mode::Broadcast || options.mode == Mode::Echo;
  if (options.openLoop() && !traffic)
    fail("broadcast and echo only:", "--rate");
  if (options.mode == Mode::Idle && !options.serverPid)
    fail("missing option in idle mode", "--pid");
  if (options.allowRefusals && options.mode != Mode::Idle)
    fail("idle mode only:", "--allow-refusals");
  if (traffic && options.connections % options.room)
    fail("--connections is not a multiple of", "--room");
  if (traffic && options.publishers > options.room)
    fail("more publishers than members:", "--publishers");
  if (options.mode != Mode::Join)
    return;
  uint64_t memberships = uint64_t(options.connections) * options.roomsEach;
  if (memberships % options.room)
    fail("connections x --rooms-each is not a multiple of", "--room");
  // Else a connection would join a room twice.
  if (options.room > options.connections)
    fail("more members than connections:", "--room");
}

Options plumb::bench::readOptions(int argc, char **argv) {
  Options options;
  bool window = false;
  for (int i = 1; i < argc; ++i) {
    std::string_view name = argv[i];
    if (name == "--help") {
      fputs(usage, stdout);
      exit(0);
    }
    if (name == "--tls" || name == "--allow-refusals") {
      (name == "--tls" ? options.tls : options.allowRefusals) = true;
      continue;
    }
    if (++i == argc)
      fail("a value is missing after", name);
    window |= name == "--window";
    if (!readOption(options, name, argv[i]))
      fail("unknown option", name);
  }
  if (options.mode == Mode::Echo)
    options.room = options.publishers = 1;
  if (options.openLoop() && !window)
    options.window = Options::openLoopWindow;
  check(options);
  return options;
}
