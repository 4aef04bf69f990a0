/* types.h - Names of types in Pebble, and types of the module. */

#ifndef PEBBLE_TYPES_H
#define PEBBLE_TYPES_H

#include "pebble.h"

/* "int", "text", "Ws.conn" to the type; says what is wrong, with id 0. */
PlumbType typeOfName(Source *source, PlumbContext *context, Place place,
                     const char *name);

/* The other way; for messages. Static, or never freed. */
const char *nameOfType(PlumbContext *context, PlumbType type);
const char *nameOfMlir(PlumbContext *context, const char *mlir);

#endif
