//===- JsonSchema.h - The number of a family's JSON -------------*- C++ -*-===//

#ifndef PLUMB_MODEL_JSONSCHEMA_H
#define PLUMB_MODEL_JSONSCHEMA_H

namespace plumb::model {

/// What the JSON of a family has as `schema` (docs/json-schema.md): of a file
/// that is written now, and of the oldest one that is read. Of its own, since
/// the descriptor that plugins have in memory (PLUMB_INTR_DESCRIPTOR_VERSION)
/// changes at other times.
///   3  0.2
///   4  an integer option has `min` and `max`, which were `least` and `most`
///   5  types have `name`, `arguments` and `scheme`, parameters `consumed`,
///   rows
///      `scheme`, `variables`, `bounds`, `aliases` and `operators`
inline constexpr int jsonSchema = 5, oldestJsonSchema = 3;

} // namespace plumb::model

#endif // PLUMB_MODEL_JSONSCHEMA_H
