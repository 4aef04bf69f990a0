/* types.c - Names of types in Pebble, and types of the module. */

#include "types.h"
#include <stdio.h>
#include <string.h>

static const char *const names[][2] = {{"int", "i64"},
                                       {"bool", "i1"},
                                       {"text", "!intr.str"},
                                       {"bytes", "!intr.bytes"},
                                       {"status", "!intr.status"},
                                       {"count", "!intr.count"}};
enum { NUM_NAMES = sizeof(names) / sizeof(*names) };

/* The handle "!ws.conn" of a family with module Ws is "Ws.conn". */
static const char *nameOfHandle(const plumb_intr_family *family,
                                const plumb_intr_type *type) {
  const char *dot = strchr(type->mlir, '.');
  size_t size = strlen(family->module) + (dot ? strlen(dot) : 0) + 1;
  char *name = newMemory(size);
  snprintf(name, size, "%s%s", family->module, dot ? dot : "");
  return name;
}

/* Calls `is` for each handle type until it says yes. */
static const char *findHandle(PlumbContext *context, const char *name,
                              const char *mlir) {
  for (size_t f = 0; f < plumbNumFamilies(context); ++f) {
    const plumb_intr_family *family = plumbGetFamily(context, f);
    for (uint32_t t = 0; t < family->num_types; ++t) {
      const plumb_intr_type *type = family->types[t];
      if (strcmp(type->kind, "handle") != 0)
        continue;
      if (name && strcmp(name, nameOfHandle(family, type)) == 0)
        return type->mlir;
      if (mlir && strcmp(mlir, type->mlir) == 0)
        return nameOfHandle(family, type);
    }
  }
  return NULL;
}

const char *nameOfMlir(PlumbContext *context, const char *mlir) {
  for (int i = 0; i < NUM_NAMES; ++i)
    if (strcmp(mlir, names[i][1]) == 0)
      return names[i][0];
  const char *handle = findHandle(context, NULL, mlir);
  return handle ? handle : mlir;
}

const char *nameOfType(PlumbContext *context, PlumbType type) {
  const char *text = plumbTypeText(context, type);
  return text ? nameOfMlir(context, text) : "nothing";
}

PlumbType typeOfName(Source *source, PlumbContext *context, Place place,
                     const char *name) {
  PlumbType type = {0};
  const char *mlir = NULL;
  for (int i = 0; i < NUM_NAMES && !mlir; ++i)
    if (strcmp(name, names[i][0]) == 0)
      mlir = names[i][1];
  if (!mlir)
    mlir = findHandle(context, name, NULL);
  if (!mlir)
    sourceError(source, place,
                "there is no type '%s'; types are int, bool, text, bytes, "
                "status, count and handles such as those that intrinsics take",
                name);
  else if (plumbTypeParse(context, mlir, &type) != PLUMB_STATUS_OK)
    source->numErrors++;
  return type;
}
