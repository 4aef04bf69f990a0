//===- Differences.cpp - Two families of one name -------------------------===//

#include "model/Differences.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;
using namespace plumb;
using namespace plumb::model;

namespace {
/// "its symbol" and what that is.
using Parts = SmallVector<std::pair<const char *, std::string>, 8>;
/// By "intrinsic 'clock.set'".
using Things = std::map<std::string, Parts>;

class Text {
public:
  Text &operator<<(StringRef word) {
    text += (text.empty() ? "" : " ") + word.str();
    return *this;
  }
  Text &operator<<(const char *word) { return *this << StringRef(word); }
  Text &operator<<(int64_t number) { return *this << std::to_string(number); }
  operator std::string() const { return text; }

private:
  std::string text;
};
} // namespace

static std::string nameOf(const char *what, const char *name) {
  return std::string(what) + " '" + name + "'";
}

static std::string spellType(const plumb_intr_type *type) {
  return type ? std::string(Text() << type->mlir << type->kind << type->c)
              : std::string();
}

static std::string spellParams(ArrayRef<plumb_intr_param> params) {
  std::string text;
  ListSeparator comma;
  for (const plumb_intr_param &p : params) {
    Text one;
    one << p.name << infoOf(p.passing).name
        << (p.callback ? p.callback->name : spellType(p.type));
    if (p.is_optional)
      one << "optional";
    if (p.is_kept)
      one << "kept";
    if (p.is_consumed)
      one << "consumed";
    text += StringRef(comma).str() + std::string(one);
  }
  return text;
}

static std::string spellWords(ArrayRef<const char *> words) {
  Text text;
  for (const char *word : words)
    text << word;
  return text;
}

static Parts describe(const plumb_intr_row &row) {
  Text effects;
  for (const plumb_intr_effect &e : model::effects(row))
    effects << (e.reads ? "reads" : "") << (e.writes ? "writes" : "")
            << e.resource;
  Text bounds;
  for (const plumb_intr_bound &b : model::bounds(row))
    bounds << variables(row)[b.variable] << b.name;
  Text flags;
  for (auto [bit, word] : {std::pair{PLUMB_INTR_ROW_BLOCKS, "blocks"},
                           {PLUMB_INTR_ROW_FRESH_RESULT, "fresh"},
                           {PLUMB_INTR_ROW_CALLS_BACK, "calls back"},
                           {PLUMB_INTR_ROW_VARIADIC, "variadic"}})
    if (row.flags & bit)
      flags << word;
  return {{"source name", row.source_name},
          {"symbol", row.symbol},
          {"signature", row.signature ? row.signature : ""},
          {"parameters", spellParams(params(row))},
          {"result", Text()
                         << spellType(row.result)
                         << StringRef(row.result_name ? row.result_name : "")},
          {"effects", effects},
          {"properties", flags},
          {"bounds", bounds},
          {"aliases", spellWords(aliases(row))},
          {"operators", spellWords(operators(row))},
          {"first release", row.since ? row.since : ""}};
}

static Parts describe(const plumb_intr_callback &callback) {
  return {{"C name", callback.c_name},
          {"parameters", spellParams(params(callback))},
          {"result", spellType(callback.result)},
          {"environment", hasEnvironment(callback)
                              ? std::to_string(callback.environment)
                              : std::string()}};
}

static Parts describe(const plumb_intr_enum &e) {
  Text text;
  for (const plumb_intr_case &c : cases(e))
    text << c.name << c.c_name << c.value;
  return {{"C name", e.c_name},
          {"type", spellType(e.type)},
          {"kind", e.is_flags ? "flags" : "enum"},
          {"cases", text}};
}

static Parts describe(const plumb_intr_struct &s) {
  Text text;
  for (const plumb_intr_field &f : fields(s))
    text << f.name << spellType(f.type) << f.offset << f.count << f.is_array
         << f.bits << f.first_bit;
  return {{"C name", s.c_name},
          {"kind", s.is_union ? "union" : "struct"},
          {"fields", text}};
}

static Parts describe(const plumb_intr_constant &c) {
  std::string number;
  raw_string_ostream(number) << format("%a", c.number);
  return {{"C name", c.c_name},
          {"type", spellType(c.type)},
          {"value", Text() << c.integer << StringRef(number)
                           << StringRef(c.text ? c.text : "")}};
}

static Parts describe(const plumb_intr_option &option) {
  Text words;
  for (const char *choice : choices(option))
    words << choice;
  return {{"variable", option.environment},
          {"kind", std::to_string(option.kind)},
          {"range", Text() << option.min << option.max},
          {"default", Text() << option.integer
                             << StringRef(option.text ? option.text : "")},
          {"words", words}};
}

static Things thingsOf(const plumb_intr_family &family) {
  Things things;
  things[nameOf("family", family.name)] = {
      {"module", family.module ? family.module : ""},
      {"header", family.header ? family.header : ""}};
  for (const plumb_intr_row &row : rows(family))
    things[nameOf("intrinsic", row.name)] = describe(row);
  for (const plumb_intr_callback *callback : callbacks(family))
    things[nameOf("callback", callback->name)] = describe(*callback);
  for (const plumb_intr_enum *e : enums(family))
    things[nameOf("enum", e->name)] = describe(*e);
  for (const plumb_intr_struct *s : structs(family))
    things[nameOf("struct", s->name)] = describe(*s);
  for (const plumb_intr_type *type : types(family))
    things[nameOf("type", spellType(type).c_str())] = {};
  for (const plumb_intr_status &status : statuses(family))
    things[nameOf("status", status.name)] = {
        {"code", std::to_string(status.code)},
        {"C name", status.c_name},
        {"message", status.message}};
  for (const plumb_intr_constant &constant : constants(family))
    things[nameOf("constant", constant.name)] = describe(constant);
  for (const plumb_intr_option &option : options(family))
    things[nameOf("option", option.name)] = describe(option);
  return things;
}

std::vector<std::string>
plumb::model::differences(const plumb_intr_family &loaded,
                          const plumb_intr_family &other) {
  std::vector<std::string> found;
  Things before = thingsOf(loaded), now = thingsOf(other);
  for (const auto &[name, parts] : now) {
    auto it = before.find(name);
    if (it == before.end()) {
      found.push_back(name + " is not in the one that is loaded");
      continue;
    }
    for (const auto &[was, is] : zip_equal(it->second, parts))
      if (was.second != is.second)
        found.push_back(
            std::string("the ") + is.first + " of " + name +
            (StringRef(is.first).ends_with("s") ? " are '" : " is '") +
            is.second + "', but '" + was.second +
            "' in the one that is loaded");
  }
  for (const auto &[name, parts] : before)
    if (!now.count(name))
      found.push_back(name + " is only in the one that is loaded");
  return found;
}
