//===- EnvBodies.cpp - the bodies of family `environment` -----------------===//

#include "plumb/Runtime/Text.h"
#include "plumb/environment.bodies.h"
#include "runtime/base/Utf8.h"
#include "runtime/bodies/Arguments.h"
#include "runtime/values/List.h"
#include "runtime/values/Strings.h"

#include <cstdlib>
#include <string>

using namespace plumb::rt;

/// Null when it is not set.
static const char *variable(const plumb_str *name) {
  std::string key(view(name));
  // getenv would stop at a zero, and find nothing with a '='.
  return key.find('\0') == key.npos ? std::getenv(key.c_str()) : nullptr;
}

PLUMB_BODY(environment, has) { return variable(name) != nullptr; }

PLUMB_BODY(environment, get_or) {
  const char *value = variable(name);
  return copyStr(value ? base::toUtf8(value) : std::string(view(otherwise)));
}

PLUMB_BODY(environment, get) {
  const char *value = variable(name);
  if (!value)
    return reinterpret_cast<plumb_option *>(&plumb_none);
  return plumb_new_some(values::slotOf(values::copyString(base::toUtf8(value))),
                        PLUMB_OBJECT);
}

PLUMB_BODY(environment, args) {
  plumb_list *list = values::newList(arguments().size(), PLUMB_OBJECT);
  for (const char *argument : arguments())
    list = values::push(
        list, values::slotOf(values::copyString(base::toUtf8(argument))),
        PLUMB_OBJECT);
  return list;
}
