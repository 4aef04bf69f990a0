//===- BodiesTest.cpp - str, io, the arena, the guard, null handles -------===//

#include "Support.h"
#include "plumb/Runtime/Guard.h"
#include "plumb/host.h"

#include <stdexcept>
#include <unistd.h>

using namespace plumb::test;
using plumb::rt::CallbackScope;

TEST(Str, Concat) {
  EXPECT_EQ(text(plumb_str_concat(Text("ab"), Text("cd"))), "abcd");
  EXPECT_EQ(text(plumb_str_concat(Text(""), Text(""))), "");
}

TEST(Str, Compare) {
  EXPECT_EQ(plumb_str_length(Text("zażółć")), 10);
  EXPECT_TRUE(plumb_str_equal(Text("a"), Text("a")));
  EXPECT_FALSE(plumb_str_equal(Text("a"), Text(std::string("a\0", 2))));
  EXPECT_TRUE(plumb_str_contains(Text("abc"), Text("bc")));
  EXPECT_TRUE(plumb_str_contains(Text("abc"), Text("")));
  EXPECT_FALSE(plumb_str_contains(Text("abc"), Text("cb")));
  EXPECT_TRUE(plumb_str_starts_with(Text("abc"), Text("ab")));
  EXPECT_FALSE(plumb_str_starts_with(Text("ab"), Text("abc")));
}

TEST(Str, Slice) {
  auto slice = [](const char *of, int64_t begin, int64_t end) {
    return text(plumb_str_slice(Text(of), begin, end));
  };
  EXPECT_EQ(slice("hello", 1, 3), "el");
  EXPECT_EQ(slice("hello", -5, 99), "hello");
  EXPECT_EQ(slice("hello", 3, 3), "");
  EXPECT_EQ(slice("hello", 4, 2), "");
  EXPECT_EQ(slice("hello", INT64_MIN, INT64_MAX), "hello");
  // "é" is two bytes, "€" three: the boundary below is taken.
  EXPECT_EQ(slice("aé€", 0, 2), "a");
  EXPECT_EQ(slice("aé€", 2, 5), "é");
  EXPECT_EQ(slice("aé€", 3, 6), "€");
}

TEST(Str, Split) {
  auto split = [](const char *of, const char *by, int64_t index) {
    return text(plumb_str_split(Text(of), Text(by), index));
  };
  EXPECT_EQ(split("a b c", " ", 0), "a");
  EXPECT_EQ(split("a b c", " ", 2), "c");
  EXPECT_EQ(split("a b c", " ", 3), "");
  EXPECT_EQ(split("a b c", " ", -1), "");
  EXPECT_EQ(split("a, b", ", ", 1), "b");
  EXPECT_EQ(split(",x,", ",", 0), "");
  EXPECT_EQ(split(",x,", ",", 1), "x");
  EXPECT_EQ(split("abc", "", 0), "abc");
  EXPECT_EQ(split("abc", "", 1), "");
}

TEST(Str, Numbers) {
  EXPECT_EQ(text(plumb_str_from_int(INT64_MIN)), "-9223372036854775808");
  EXPECT_EQ(plumb_str_to_int(Text("-9223372036854775808"), 1), INT64_MIN);
  for (const char *bad :
       {"", "-", "+1", " 1", "1 ", "1x", "0x1", "9223372036854775808"})
    EXPECT_EQ(plumb_str_to_int(Text(bad), 42), 42) << bad;
}

TEST(Arena, StringsLiveUntilTheOutermostCallbackReturns) {
  CallbackScope outer;
  const plumb_str *kept = plumb_str_from_int(12345);
  {
    CallbackScope inner;
    for (int i = 0; i < 20000; ++i)
      plumb_str_concat(Text("fill"), Text("the arena"));
  }
  EXPECT_EQ(text(kept), "12345");
}

TEST(Arena, ACallbackFreesWhatItMadeAndNothingElse) {
  const plumb_str *before = plumb_str_from_int(12345);
  // Small ones, many, one that is larger than what is kept.
  for (size_t size : {10, 30'000, 200'000, 10}) {
    std::string content(size, 'x');
    CallbackScope callback;
    for (int i = 0; i < 20; ++i)
      plumb_str_concat(Text(content), Text("more"));
    EXPECT_EQ(text(before), "12345");
  }
  const plumb_str *behind = plumb_str_from_int(67890);
  {
    CallbackScope callback;
    for (int i = 0; i < 20000; ++i)
      plumb_str_concat(Text("fill"), Text("the arena"));
  }
  EXPECT_EQ(text(before), "12345");
  EXPECT_EQ(text(behind), "67890");
}

TEST(Arena, ACallbackUsesTheMemoryOfTheOneBefore) {
  plumb_str_from_int(12345); // stays
  const void *first;
  {
    CallbackScope callback;
    first = plumb_str_from_int(1);
  }
  for (int i = 0; i < 3; ++i) {
    CallbackScope callback;
    EXPECT_EQ(plumb_str_from_int(2), first);
  }
}

TEST(Io, Arguments) {
  char program[] = "program", one[] = "one", broken[] = "\xff";
  char *arguments[] = {program, one, broken, nullptr};
  plumb_host_start(3, arguments);
  EXPECT_EQ(plumb_io_arg_count(), 2);
  EXPECT_EQ(text(plumb_io_arg(0)), "one");
  EXPECT_EQ(text(plumb_io_arg(1)), "\xef\xbf\xbd") << "always valid text";
  EXPECT_EQ(text(plumb_io_arg(2)), "");
  EXPECT_EQ(text(plumb_io_arg(-1)), "");
  plumb_host_start(0, nullptr);
  EXPECT_EQ(plumb_io_arg_count(), 0);
}

TEST(Env, MissingAndEmptyAreTwoThings) {
  Environment set("PLUMB_TEST_SET", "value"), empty("PLUMB_TEST_EMPTY", ""),
      broken("PLUMB_TEST_BROKEN", "a\xff\xc3\xa9");
  ::unsetenv("PLUMB_TEST_MISSING");
  EXPECT_EQ(text(plumb_environment_get_or(Text("PLUMB_TEST_SET"), Text("x"))),
            "value");
  EXPECT_EQ(text(plumb_environment_get_or(Text("PLUMB_TEST_EMPTY"), Text("x"))),
            "");
  EXPECT_EQ(
      text(plumb_environment_get_or(Text("PLUMB_TEST_MISSING"), Text("x"))),
      "x");
  EXPECT_EQ(
      text(plumb_environment_get_or(Text("PLUMB_TEST_BROKEN"), Text("x"))),
      "a\xef\xbf\xbd\xc3\xa9")
      << "always valid text";
  EXPECT_TRUE(plumb_environment_has(Text("PLUMB_TEST_SET")));
  EXPECT_TRUE(plumb_environment_has(Text("PLUMB_TEST_EMPTY")));
  EXPECT_FALSE(plumb_environment_has(Text("PLUMB_TEST_MISSING")));
  // What can be no name; a part of one is not the name, nor is other case.
  for (std::string name :
       {std::string(), std::string("="), std::string("PLUMB_TEST_SET=value"),
        std::string("PLUMB_TEST_SET\0", 15), std::string("\0", 1),
        std::string("PLUMB_TEST_SE"), std::string("plumb_test_set")}) {
    EXPECT_FALSE(plumb_environment_has(Text(name))) << name;
    EXPECT_EQ(text(plumb_environment_get_or(Text(name), Text("x"))), "x")
        << name;
  }
}

TEST(Env, TheTextIsACopy) {
  Environment set("PLUMB_TEST_SET", "value");
  CallbackScope scope;
  const plumb_str *kept =
      plumb_environment_get_or(Text("PLUMB_TEST_SET"), Text(""));
  ::setenv("PLUMB_TEST_SET", "other", 1);
  EXPECT_EQ(text(kept), "value");
}

TEST(Io, Log) {
  Log::instance().clear();
  // Not what a server that has just stopped says.
  EXPECT_EQ(plumb_io_log(0, Text("line hidden")), 0);
  EXPECT_EQ(plumb_io_log(2, Text("line shown")), 0);
  EXPECT_EQ(Log::instance().waitFor("line "), "warning: line shown")
      << "debug is not shown by default";
  EXPECT_EQ(plumb_io_log(-1, Text("x")), PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(plumb_io_log(4, Text("x")), PLUMB_ERR_INVALID_ARGUMENT);
}

TEST(Io, Print) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  int saved = ::dup(STDOUT_FILENO);
  std::fflush(stdout);
  ::dup2(ends[1], STDOUT_FILENO);
  EXPECT_EQ(plumb_io_print(Text("a line")), 0);
  ::dup2(saved, STDOUT_FILENO);
  char buffer[64];
  EXPECT_EQ(std::string(buffer, static_cast<size_t>(
                                    ::read(ends[0], buffer, sizeof buffer))),
            "a line\n");
  for (int fd : {ends[0], ends[1], saved})
    ::close(fd);
}

TEST(Guard, ContainsExceptions) {
  using plumb::rt::guard;
  EXPECT_EQ(guard<int64_t>("T.status", PLUMB_ERR_INTERNAL,
                           []() -> int64_t { throw std::bad_alloc(); }),
            PLUMB_ERR_NO_MEMORY);
  EXPECT_EQ(
      guard<int64_t>("T.count", 0, []() -> int64_t { throw std::bad_alloc(); }),
      0);
  Log::instance().clear();
  EXPECT_EQ(guard<int64_t>(
                "T.status", PLUMB_ERR_INTERNAL,
                []() -> int64_t { throw std::runtime_error("the reason"); }),
            PLUMB_ERR_INTERNAL);
  Log::instance().waitFor("plumb: error: T.status failed: the reason");
  EXPECT_EQ(
      guard<int64_t>("T.odd", PLUMB_ERR_INTERNAL, []() -> int64_t { throw 1; }),
      PLUMB_ERR_INTERNAL);
  plumb::rt::guardVoid("T.void", [] { throw 1; });
}

TEST(Host, StatusNames) {
  EXPECT_STREQ(plumb_host_status_name(0), "intr.ok");
  EXPECT_STREQ(plumb_host_status_name(PLUMB_WS_ERR_QUEUE_FULL),
               "ws.err_queue_full");
  EXPECT_STREQ(plumb_host_status_name(77), "unknown status");
  EXPECT_STRNE(plumb_host_status_message(PLUMB_WS_ERR_CLOSED), "");
}

/// Every row with a null handle, outside any server.
TEST(NullHandles, GiveAStatusAtOnce) {
  plumb_ws_conn none = nullptr;
  Text x("x");
  EXPECT_EQ(plumb_ws_send(none, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_send_binary(none, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_close(none, -1, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_join(none, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_leave(none, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_put(none, x, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(text(plumb_ws_path(none)), "");
  EXPECT_EQ(text(plumb_ws_query(none, x)), "");
  EXPECT_EQ(text(plumb_ws_header(none, x)), "");
  EXPECT_EQ(text(plumb_ws_remote_address(none)), "");
  EXPECT_EQ(text(plumb_ws_client_certificate(none, Text("subject"))), "");
  EXPECT_EQ(text(plumb_ws_get(none, x)), "");
  EXPECT_EQ(plumb_ws_id(none), 0);
  EXPECT_EQ(plumb_ws_broadcast(x, x), 0);
  EXPECT_EQ(plumb_ws_broadcast_binary(x, x), 0);
  EXPECT_EQ(plumb_ws_broadcast_except(x, x, none), 0);
  EXPECT_EQ(plumb_ws_member_count(x), 0);
  EXPECT_EQ(plumb_ws_page(x, x, x), PLUMB_ERR_INVALID_ARGUMENT);
  // Rubbish that was never given out.
  auto rubbish = reinterpret_cast<plumb_ws_conn>(UINTPTR_MAX);
  EXPECT_EQ(plumb_ws_send(rubbish, x), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(text(plumb_ws_get(rubbish, x)), "");
  for (int64_t id : {INT64_MIN, int64_t(-1), int64_t(0), int64_t(1),
                     int64_t(1) << 32 | 1, INT64_MAX}) {
    EXPECT_EQ(plumb_ws_id(plumb_ws_by_id(id)), id);
    EXPECT_EQ(plumb_ws_send(plumb_ws_by_id(id), x), PLUMB_ERR_STALE_HANDLE);
  }
}

TEST(Arguments, AreCheckedOnALiveConnection) {
  Server server({}, false);
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    EXPECT_EQ(plumb_ws_send(conn, Text("\xff")), PLUMB_ERR_INVALID_ARGUMENT);
    EXPECT_EQ(plumb_ws_send_binary(conn, Text("\xff")), 0);
    for (int64_t code : {-1, 0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 66536})
      EXPECT_EQ(plumb_ws_close(conn, code, Text("")),
                PLUMB_ERR_INVALID_ARGUMENT)
          << code;
    EXPECT_EQ(plumb_ws_close(conn, 1000, Text(std::string(124, 'x'))),
              PLUMB_ERR_INVALID_ARGUMENT);
    EXPECT_EQ(plumb_ws_close(conn, 1000, Text("\xff")),
              PLUMB_ERR_INVALID_ARGUMENT);
    plumb_ws_join(conn, Text("r"));
    EXPECT_EQ(plumb_ws_broadcast(Text("r"), Text("\xff")), 1);
    EXPECT_EQ(plumb_ws_close(conn, 1000, Text(std::string(123, 'x'))), 0);
  };
  server.start();
  Client a(server);
  EXPECT_EQ(a.ask("go"), "\xff");
  EXPECT_EQ(a.readClose().second, std::string(123, 'x'));
}
