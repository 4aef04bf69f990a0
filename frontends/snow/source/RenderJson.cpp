//===- RenderJson.cpp - Messages as JSON ----------------------------------===//

#include "frontends/snow/source/Render.h"
#include "llvm/Support/JSON.h"

using namespace snow;

/// JSON is UTF-8; a message may quote a file that is not.
static std::string valid(llvm::StringRef text) {
  return llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
}

static void writePlace(const SourceFiles &files, Span span,
                       llvm::json::OStream &json) {
  const SourceFile &file = files[span.file];
  Position begin = file.position(span.begin), end = file.position(span.end);
  json.attribute("file", valid(file.name()));
  json.attribute("line", begin.line);
  json.attribute("column", begin.column);
  json.attribute("endLine", end.line);
  json.attribute("endColumn", end.column);
  json.attribute("begin", span.begin);
  json.attribute("end", span.end);
}

void snow::renderJson(const SourceFiles &files, const Diagnostic &diagnostic,
                      llvm::raw_ostream &out) {
  llvm::json::OStream json(out);
  json.object([&] {
    json.attribute("code", toString(diagnostic.code));
    json.attribute("severity",
                   isWarning(diagnostic.code) ? "warning" : "error");
    json.attribute("message", valid(diagnostic.message));
    json.attributeArray("labels", [&] {
      for (const Label &label : diagnostic.labels)
        json.object([&] {
          writePlace(files, label.span, json);
          if (!label.text.empty())
            json.attribute("text", valid(label.text));
        });
    });
    if (!diagnostic.notes.empty())
      json.attributeArray("notes", [&] {
        for (const std::string &note : diagnostic.notes)
          json.value(valid(note));
      });
    if (!diagnostic.help.empty())
      json.attribute("help", valid(diagnostic.help));
    if (diagnostic.fix.exists())
      json.attributeObject("fix", [&] {
        json.attribute("title", valid(diagnostic.fix.title));
        json.attributeArray("edits", [&] {
          for (const Edit &edit : diagnostic.fix.edits)
            json.object([&] {
              writePlace(files, edit.span, json);
              json.attribute("replacement", valid(edit.text));
            });
        });
      });
  });
  out << '\n';
}
