//===- Render.h - Messages as text and as JSON ------------------*- C++ -*-===//

#ifndef SNOW_SOURCE_RENDER_H
#define SNOW_SOURCE_RENDER_H

#include "frontends/snow/source/Diagnostic.h"
#include "llvm/Support/raw_ostream.h"

namespace snow {

/// The message with the lines of source that it is about:
///
///   error[E0020]: `+` adds numbers
///     --> main.snow:3:7
///      |
///    3 |   "a" + "b"
///      |       ^ join strings with `<>`
///      |
///      = help: …
///      = fix: write `<>`
///
/// and an empty line.
void renderText(const SourceFiles &files, const Diagnostic &diagnostic,
                llvm::raw_ostream &out);

/// One JSON object on one line: {"code", "severity", "message", "labels":
/// [{"file", "line", "column", "endLine", "endColumn", "begin", "end",
/// "text"}], "notes", "help", "fix": {"title", "edits": [places with
/// "replacement"]}}. `begin` and `end` are bytes; keys without a value are left
/// out.
void renderJson(const SourceFiles &files, const Diagnostic &diagnostic,
                llvm::raw_ostream &out);

} // namespace snow

#endif // SNOW_SOURCE_RENDER_H
