//===- StringTest.cpp - the bodies of family `string` ---------------------===//

#include "plumb/string.h"
#include "plumb/value.h"
#include "unittests/library/Functions.h"

#include <cmath>

using namespace plumb::rt::values;

namespace {
using StringLibrary = Values;

/// A text for a call.
class T {
public:
  T(std::string_view text) : string(str(text)) {}
  ~T() { drop(string); }
  operator const plumb_str *() const { return plumb_string_text(string); }

private:
  plumb_string *string;
};

TEST_F(StringLibrary, CountsCodePoints) {
  EXPECT_EQ(plumb_string_length(T("")), 0);
  EXPECT_EQ(plumb_string_length(T("naïve 🎉")), 7);
  auto slice = [](std::string_view text, int64_t from, int64_t to) {
    return taken(plumb_string_slice(T(text), from, to));
  };
  EXPECT_EQ(slice("naïve 🎉", 2, 4), "ïv");
  EXPECT_EQ(slice("naïve 🎉", 6, 99), "🎉");
  EXPECT_EQ(slice("abc", -5, 2), "ab");
  EXPECT_EQ(slice("abc", 2, 1), "");
  EXPECT_EQ(slice("abc", 3, 9), "");
  EXPECT_EQ(slice("abc", INT64_MIN, INT64_MAX), "abc");
}

TEST_F(StringLibrary, LooksForParts) {
  EXPECT_TRUE(plumb_string_contains(T("abc"), T("bc")));
  EXPECT_TRUE(plumb_string_contains(T("abc"), T("")));
  EXPECT_FALSE(plumb_string_contains(T("abc"), T("ac")));
  EXPECT_TRUE(plumb_string_starts_with(T("abc"), T("ab")));
  EXPECT_FALSE(plumb_string_starts_with(T("a"), T("ab")));
  EXPECT_TRUE(plumb_string_ends_with(T("abc"), T("bc")));
  EXPECT_FALSE(plumb_string_ends_with(T("abc"), T("ab")));
}

TEST_F(StringLibrary, Trims) {
  EXPECT_EQ(taken(plumb_string_trim(T(" \t\r\n a b\u00a0\u2003"))), "a b");
  EXPECT_EQ(taken(plumb_string_trim(T(" \n "))), "");
  EXPECT_EQ(taken(plumb_string_trim(T("é"))), "é");
}

TEST_F(StringLibrary, LettersOfManyLanguages) {
  auto upper = [](std::string_view text) {
    return taken(plumb_string_to_upper(T(text)));
  };
  auto lower = [](std::string_view text) {
    return taken(plumb_string_to_lower(T(text)));
  };
  EXPECT_EQ(upper("straße é1ÿ"), "STRASSE É1Ÿ");
  EXPECT_EQ(upper("ǆ ﬁ привет ա"), "Ǆ FI ПРИВЕТ Ա");
  EXPECT_EQ(upper("𐐨"), "𐐀");
  EXPECT_EQ(lower("ÀÉ ПРИВЕТ [Z]"), "àé привет [z]");
  EXPECT_EQ(lower("ΟΔΥΣΣΕΥΣ ΣΑΣ."), "οδυσσευς σας.");
  EXPECT_EQ(lower("Σ"), "σ");
  EXPECT_EQ(lower("İ"), "i̇");
  EXPECT_EQ(upper(""), "");
}

TEST_F(StringLibrary, ReplacesAll) {
  auto replace = [](std::string_view text, std::string_view old,
                    std::string_view by) {
    return taken(plumb_string_replace(T(text), T(old), T(by)));
  };
  EXPECT_EQ(replace("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replace("a.b.c", ".", ""), "abc");
  EXPECT_EQ(replace("abc", "x", "y"), "abc");
  EXPECT_EQ(replace("aé", "", "-"), "-a-é-");
}

TEST_F(StringLibrary, SplitsAndJoins) {
  auto split = [](std::string_view text, std::string_view by) {
    return show(plumb_string_split(T(text), T(by)));
  };
  EXPECT_EQ(split("a,b,,c,", ","), "[a, b, , c, ]");
  EXPECT_EQ(split("", ","), "[]");
  EXPECT_EQ(split("abc", ","), "[abc]");
  EXPECT_EQ(split("aé🎉", ""), "[a, é, 🎉]");
  plumb_list *empty = plumb_string_split(T(""), T(","));
  EXPECT_EQ(empty->length, 1u) << "the empty text";
  drop(empty);
  plumb_list *parts = stringsOf({"a", "", "b"}), *none = stringsOf({});
  EXPECT_EQ(taken(plumb_string_join(parts, T("--"))), "a----b");
  EXPECT_EQ(taken(plumb_string_join(none, T("--"))), "");
  drop(parts);
  drop(none);
}

TEST_F(StringLibrary, Numbers) {
  auto whole = [](std::string_view text) {
    return show(plumb_string_to_int(T(text)));
  };
  EXPECT_EQ(whole(" 42\n"), "Some(42)");
  EXPECT_EQ(whole("+7"), "Some(7)");
  EXPECT_EQ(whole("-9223372036854775808"), "Some(-9223372036854775808)");
  for (const char *wrong : {"", "x", "4x", "+-7", "--7", "1.5", "1 2", "0x10",
                            "9223372036854775808"})
    EXPECT_EQ(whole(wrong), "None") << wrong;
  auto number = [](std::string_view text) {
    return show(plumb_string_to_float(T(text)));
  };
  EXPECT_EQ(number(" 1.50 "), "Some(1.5)");
  EXPECT_EQ(number("-3"), "Some(-3)");
  EXPECT_EQ(number("+2e3"), "Some(2000)");
  EXPECT_EQ(number("1e999"), "Some(inf)");
  EXPECT_EQ(number("-1e999"), "Some(-inf)");
  EXPECT_EQ(number("1e-999"), "Some(0)");
  EXPECT_EQ(number("NaN"), "Some(NaN)");
  for (const char *wrong : {"", ".", "1.5x", "+-1", "nan(1)", "0x1p3", "1,5"})
    EXPECT_EQ(number(wrong), "None") << wrong;
}

TEST_F(StringLibrary, TextsOfValues) {
  EXPECT_EQ(taken(plumb_value_text(slotOf(1.5), PLUMB_FLOAT)), "1.5");
  plumb_string *string = str("as it is");
  plumb_string *text = plumb_value_text(slotOf(string), PLUMB_OBJECT);
  EXPECT_EQ(text, string) << "no copy";
  drop(text);
  drop(string);
  EXPECT_EQ(plumb_value_compare(1, 2, PLUMB_INT),
            reinterpret_cast<plumb_ordering *>(&plumb_less));
  EXPECT_EQ(plumb_value_order(2, 1, PLUMB_INT), 1);
}

} // namespace
