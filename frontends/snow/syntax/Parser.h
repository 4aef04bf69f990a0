//===- Parser.h - Reads a file into a syntax tree ---------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_PARSER_H
#define SNOW_SYNTAX_PARSER_H

#include "frontends/snow/source/Diagnostic.h"
#include "frontends/snow/syntax/Ast.h"

namespace snow::syntax {

/// Always gives a module: what could not be read is reported, and is left out
/// or an Error node. Takes any bytes; time and memory are linear in them, and
/// the stack is bounded by a limit on nesting (E0012).
std::unique_ptr<Module> parse(const SourceFile &file, Diagnostics &diagnostics);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_PARSER_H
