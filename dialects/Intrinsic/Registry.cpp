//===- Registry.cpp -------------------------------------------------------===//

#include "plumb/Intrinsic/Registry.h"
#include "model/Differences.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::intr;

/// "int65", a kind that this program does not know; "" when all are known.
static StringRef unknownKind(const plumb_intr_type *type) {
  if (!type)
    return "";
  if (!model::infoOf(*type))
    return type->kind;
  for (const plumb_intr_type *argument : model::arguments(*type))
    if (StringRef kind = unknownKind(argument); !kind.empty())
      return kind;
  if (type->structure)
    for (const plumb_intr_field &field : model::fields(*type->structure))
      if (!model::infoOf(*field.type))
        return field.type->kind;
  return "";
}

/// A library may come from a build of Plumb that has more kinds.
static Error checkKinds(const plumb_intr_family &family) {
  std::string unknown;
  auto check = [&](const plumb_intr_row &row, const plumb_intr_type *type) {
    StringRef kind = unknownKind(type);
    if (!kind.empty())
      unknown += std::string("\n  ") + row.name + " of " + row.location +
                 " has a value of kind '" + kind.str() + "'";
  };
  for (const plumb_intr_row &row : model::rows(family)) {
    check(row, row.result);
    for (const plumb_intr_param &p : model::params(row)) {
      check(row, p.type);
      if (!p.callback)
        continue;
      check(row, p.callback->result);
      for (const plumb_intr_param &inner : model::params(*p.callback))
        check(row, inner.type);
    }
  }
  if (unknown.empty())
    return Error::success();
  return createStringError(Twine("family '") + family.name +
                           "' cannot be loaded, since it has kinds that this "
                           "program does not know; build both with one Plumb:" +
                           unknown);
}

/// Tells every object type that is somewhere in the type.
static void eachObject(const plumb_intr_type *type,
                       function_ref<void(const plumb_intr_type &)> tell) {
  if (!type)
    return;
  if (model::kindOf(type) == model::Kind::Object)
    tell(*type);
  for (const plumb_intr_type *argument : model::arguments(*type))
    eachObject(argument, tell);
}

static void eachObject(
    const plumb_intr_family &family,
    function_ref<void(const plumb_intr_row &, const plumb_intr_type &)> tell) {
  for (const plumb_intr_row &row : model::rows(family)) {
    auto tellOfRow = [&](const plumb_intr_type &type) { tell(row, type); };
    eachObject(row.result, tellOfRow);
    for (const plumb_intr_param &p : model::params(row))
      eachObject(p.type, tellOfRow);
  }
}

Error Registry::checkClashes(const plumb_intr_family &family) const {
  std::string clashes;
  auto check = [&](const RowMap &map, const char *what, const char *name,
                   const plumb_intr_row &row) {
    auto it = map.find(name);
    if (it != map.end())
      clashes += std::string("\n  ") + what + " '" + name + "' of " +
                 row.location + " is taken by '" + it->second->name + "' of " +
                 it->second->location;
  };
  for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows)) {
    check(names, "name", row.name, row);
    check(sourceNames, "source name", row.source_name, row);
    for (const char *alias : model::aliases(row))
      check(sourceNames, "alias", alias, row);
    check(symbols, "symbol", row.symbol, row);
  }
  eachObject(family, [&](const plumb_intr_row &row,
                         const plumb_intr_type &type) {
    auto it = objects.find(type.name);
    if (it != objects.end() && it->second.arity != type.num_arguments &&
        type.name != model::tupleName)
      clashes += std::string("\n  object '") + type.name + "' of " +
                 row.location + " has " + std::to_string(type.num_arguments) +
                 " type arguments, but " + std::to_string(it->second.arity) +
                 " in '" + it->second.row->name + "' of " +
                 it->second.row->location;
  });
  if (clashes.empty())
    return Error::success();
  return createStringError(Twine("family '") + family.name +
                           "' cannot be loaded:" + clashes);
}

/// What is different: all that is the same clashes, too, and says nothing.
static Error tellApart(const plumb_intr_family &loaded,
                       const plumb_intr_family &family) {
  constexpr size_t shown = 12;
  std::vector<std::string> found = model::differences(loaded, family);
  if (found.empty())
    return Error::success();
  std::string text;
  for (const std::string &difference : ArrayRef(found).take_front(shown))
    text += "\n  " + difference;
  if (found.size() > shown)
    text += "\n  and " + std::to_string(found.size() - shown) + " more";
  return createStringError(Twine("family '") + family.name +
                           "' cannot be loaded: another family is called '" +
                           family.name +
                           "' already, and differs from it:" + text);
}

Error Registry::add(FamilyRef ref) {
  const plumb_intr_family &family = *ref;
  if (family.version != PLUMB_INTR_DESCRIPTOR_VERSION ||
      family.struct_size != sizeof(plumb_intr_family))
    return createStringError(
        "a family was built for descriptor version %u (%u bytes), but this "
        "program reads version %u (%zu bytes); build both with one Plumb",
        family.version, family.struct_size, PLUMB_INTR_DESCRIPTOR_VERSION,
        sizeof(plumb_intr_family));
  if (Error error = checkKinds(family))
    return error;
  sys::SmartScopedWriter<true> lock(mutex);
  for (const plumb_intr_family *other : loaded)
    if (other == &family || StringRef(other->name) == family.name)
      return other == &family ? Error::success() : tellApart(*other, family);
  if (Error error = checkClashes(family))
    return error;
  kept.push_back(std::move(ref));
  loaded.push_back(&family);
  for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows)) {
    names[row.name] = &row;
    sourceNames[row.source_name] = &row;
    symbols[row.symbol] = &row;
    for (const char *alias : model::aliases(row))
      sourceNames[alias] = &row;
    for (const char *word : model::operators(row))
      operators[word].push_back(&row);
    for (const plumb_intr_type *type : resultTypes(row))
      if (type->release)
        releases.try_emplace(type->release, &family);
  }
  eachObject(family, [&](const plumb_intr_row &row, const plumb_intr_type &t) {
    objects.try_emplace(t.name, ObjectUse{t.num_arguments, &row});
  });
  for (const plumb_intr_enum *e : ArrayRef(family.enums, family.num_enums))
    enums[e->name] = e;
  for (const plumb_intr_struct *s :
       ArrayRef(family.structs, family.num_structs))
    structs[s->name] = s;
  for (const plumb_intr_constant &c : model::constants(family))
    constants[c.name] = &c;
  for (const plumb_intr_callback *cb : model::callbacks(family))
    callbacks[(Twine(family.name) + "." + cb->name).str()] = cb;
  return Error::success();
}

void Registry::addBuiltin(const plumb_intr_family &family) {
  if (Error error = add(family))
    reportFatalUsageError(std::move(error));
}

const plumb_intr_row *Registry::lookup(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return names.lookup(name);
}

const plumb_intr_row *Registry::lookupSourceName(StringRef sourceName) const {
  sys::SmartScopedReader<true> lock(mutex);
  return sourceNames.lookup(sourceName);
}

const plumb_intr_row *Registry::lookupSymbol(StringRef symbol) const {
  sys::SmartScopedReader<true> lock(mutex);
  return symbols.lookup(symbol);
}

SmallVector<const plumb_intr_row *>
Registry::lookupOperator(StringRef word) const {
  sys::SmartScopedReader<true> lock(mutex);
  return operators.lookup(word);
}

SmallVector<std::string> Registry::operatorWords() const {
  sys::SmartScopedReader<true> lock(mutex);
  SmallVector<std::string> words;
  for (StringRef word : operators.keys())
    words.push_back(word.str());
  llvm::sort(words);
  return words;
}

SmallVector<std::pair<std::string, unsigned>> Registry::objectTypes() const {
  sys::SmartScopedReader<true> lock(mutex);
  SmallVector<std::pair<std::string, unsigned>> found;
  for (const auto &entry : objects)
    found.push_back({entry.first().str(), entry.second.arity});
  llvm::sort(found);
  return found;
}

const plumb_intr_family *Registry::lookupRelease(StringRef symbol) const {
  sys::SmartScopedReader<true> lock(mutex);
  return releases.lookup(symbol);
}

const plumb_intr_enum *Registry::lookupEnum(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return enums.lookup(name);
}

const plumb_intr_struct *Registry::lookupStruct(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return structs.lookup(name);
}

const plumb_intr_constant *Registry::lookupConstant(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return constants.lookup(name);
}

const plumb_intr_callback *Registry::lookupCallback(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return callbacks.lookup(name);
}

SmallVector<const plumb_intr_family *> Registry::families() const {
  sys::SmartScopedReader<true> lock(mutex);
  return loaded;
}

/// Case does not count as a difference: `ws.Join` is a likely mistake.
SmallVector<std::string> plumb::intr::nearest(ArrayRef<StringRef> candidates,
                                              StringRef name) {
  std::string wanted = name.lower();
  unsigned limit = std::max<size_t>(2, name.size() / 3);
  SmallVector<std::pair<unsigned, StringRef>> found;
  for (StringRef candidate : candidates) {
    unsigned distance =
        StringRef(candidate.lower()).edit_distance(wanted, true, limit);
    if (distance <= limit)
      found.push_back({distance, candidate});
  }
  llvm::sort(found);
  SmallVector<std::string> result;
  for (auto &[distance, text] : ArrayRef(found).take_front(3))
    result.push_back(text.str());
  return result;
}

static SmallVector<std::string>
nearest(const StringMap<const plumb_intr_row *> &map, StringRef name) {
  return nearest(SmallVector<StringRef>(map.keys()), name);
}

SmallVector<std::string> Registry::nearestNames(StringRef name) const {
  sys::SmartScopedReader<true> lock(mutex);
  return nearest(names, name);
}

SmallVector<std::string>
Registry::nearestSourceNames(StringRef sourceName) const {
  sys::SmartScopedReader<true> lock(mutex);
  return nearest(sourceNames, sourceName);
}

std::string plumb::intr::didYouMean(ArrayRef<std::string> names) {
  if (names.empty())
    return "";
  std::string text = "; did you mean '" + names.front() + "'";
  for (const std::string &name : names.drop_front())
    text += (&name == &names.back() ? " or '" : ", '") + name + "'";
  return text + "?";
}
