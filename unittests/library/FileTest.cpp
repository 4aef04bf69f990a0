//===- FileTest.cpp - the bodies of family `file` -------------------------===//

#include "plumb/file.h"
#include "plumb/environment.h"
#include "unittests/library/Functions.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace plumb::rt::values;

namespace {

class FileLibrary : public Values {
protected:
  void SetUp() override {
    Values::SetUp();
    std::string name = testing::TempDir() + "plumb-file-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    path = str(folder + "/a");
  }
  void TearDown() override {
    drop(path);
    std::filesystem::remove_all(folder);
    Values::TearDown();
  }
  const plumb_str *at() const { return plumb_string_text(path); }
  std::string read() { return show(plumb_file_read(at())); }

  std::string folder;
  plumb_string *path = nullptr;
};

TEST_F(FileLibrary, WritesAppendsReadsDeletes) {
  EXPECT_FALSE(plumb_file_exists(at()));
  EXPECT_EQ(read(), "Err(" + folder + "/a: No such file or directory)");
  plumb_string *one = str("eins\n"), *two = str("zwei");
  EXPECT_EQ(show(plumb_file_write(at(), plumb_string_text(two))), "Ok(())");
  EXPECT_EQ(show(plumb_file_write(at(), plumb_string_text(one))), "Ok(())");
  EXPECT_EQ(show(plumb_file_append(at(), plumb_string_text(two))), "Ok(())");
  EXPECT_TRUE(plumb_file_exists(at()));
  EXPECT_EQ(read(), "Ok(eins\nzwei)");
  EXPECT_EQ(show(plumb_file_remove(at())), "Ok(())");
  EXPECT_EQ(show(plumb_file_remove(at())),
            "Err(" + folder + "/a: No such file or directory)");
  drop(one);
  drop(two);
}

TEST_F(FileLibrary, SaysWhyNot) {
  plumb_string *text = str("x"), *dir = str(folder), *none = str("a\0b");
  EXPECT_EQ(show(plumb_file_read(plumb_string_text(dir))),
            "Err(" + folder + ": Is a directory)");
  EXPECT_EQ(
      show(plumb_file_write(plumb_string_text(dir), plumb_string_text(text))),
      "Err(" + folder + ": Is a directory)");
  plumb_string *zero = copyString({"a\0b", 3});
  EXPECT_FALSE(plumb_file_exists(plumb_string_text(zero)));
  for (plumb_string *each : {text, dir, none, zero})
    drop(each);
}

TEST_F(FileLibrary, WhatIsNoUtf8IsReplaced) {
  std::ofstream(folder + "/a") << "a\xff"
                                  "b";
  EXPECT_EQ(read(), "Ok(a\uFFFDb)");
}

/// Those of /proc say that they are empty.
TEST_F(FileLibrary, OfUnknownSize) {
  plumb_string *proc = str("/proc/self/status");
  EXPECT_NE(show(plumb_file_read(plumb_string_text(proc))).find("VmRSS"),
            std::string::npos);
  drop(proc);
}

TEST_F(FileLibrary, Environment) {
  setenv("PLUMB_TEST_VALUE", "v", 1);
  plumb_string *name = str("PLUMB_TEST_VALUE"), *other = str("PLUMB_TEST_NONE");
  EXPECT_EQ(show(plumb_environment_get(plumb_string_text(name))), "Some(v)");
  EXPECT_EQ(show(plumb_environment_get(plumb_string_text(other))), "None");
  drop(name);
  drop(other);
  EXPECT_EQ(show(plumb_environment_args()), "[]");
}

} // namespace
