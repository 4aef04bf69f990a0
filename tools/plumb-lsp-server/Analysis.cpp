//===- Analysis.cpp - What the compiler says of a document ----------------===//

#include "tools/plumb-lsp-server/Analysis.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Passes/Passes.h"
#include "tools/plumb-lsp-server/Collect.h"

using namespace llvm;
using namespace plumb::lspserver;

static lsp::DiagnosticSeverity severityOf(mlir::DiagnosticSeverity severity) {
  switch (severity) {
  case mlir::DiagnosticSeverity::Error:
    return lsp::DiagnosticSeverity::Error;
  case mlir::DiagnosticSeverity::Warning:
    return lsp::DiagnosticSeverity::Warning;
  default:
    return lsp::DiagnosticSeverity::Information;
  }
}

static Finding toFinding(mlir::Diagnostic &diagnostic, const Source &source) {
  std::string message = diagnostic.str();
  if (!json::isUTF8(message))
    message = json::fixUTF8(message);
  Finding finding{source.spanOf(diagnostic.getLocation()),
                  std::move(message),
                  severityOf(diagnostic.getSeverity()),
                  {}};
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    finding.notes.push_back(toFinding(note, source));
  return finding;
}

/// Names the operations of the block a module, if they are not one already.
static mlir::OwningOpRef<mlir::ModuleOp> wrap(mlir::Block &block,
                                              mlir::MLIRContext &context) {
  if (hasSingleElement(block))
    if (auto module = dyn_cast<mlir::ModuleOp>(block.front())) {
      module->remove();
      return module;
    }
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context));
  auto &operations = module->getBody()->getOperations();
  operations.splice(operations.end(), block.getOperations());
  return module;
}

/// Whether calls of source names can be resolved; diagnostics say why not. Is
/// done to a copy: the text is what it was.
static void tryResolve(mlir::ModuleOp module) {
  mlir::OwningOpRef<mlir::ModuleOp> copy = module.clone();
  mlir::PassManager passes(module.getContext());
  passes.addPass(plumb::createResolveBuiltins());
  (void)passes.run(*copy);
}

static void analysePart(StringRef text, Span part, StringRef path,
                        const mlir::DialectRegistry &registry,
                        Analysis &analysis) {
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  Source source(text, part, path);
  mlir::ScopedDiagnosticHandler handler(
      &context, [&](mlir::Diagnostic &diagnostic) {
        analysis.findings.push_back(toFinding(diagnostic, source));
        return mlir::success();
      });

  // Before the block, whose operations it refers to by their address only.
  mlir::AsmParserState state;
  mlir::Block block;
  mlir::ParserConfig config(&context, /*verifyAfterParse=*/false);
  if (failed(mlir::parseAsmSourceFile(source.getManager(), &block, config,
                                      &state)))
    return;
  collectEntities(state, source, analysis);
  collectOutline(block, state, source, analysis.outline);
  mlir::OwningOpRef<mlir::ModuleOp> module = wrap(block, context);
  if (succeeded(mlir::verify(*module)))
    tryResolve(*module);
}

Analysis Analysis::of(StringRef text, StringRef path,
                      const mlir::DialectRegistry &registry) {
  Analysis analysis;
  size_t deep = tooDeepAt(text);
  if (deep != text.size()) {
    analysis.findings.push_back(
        {{deep, deep + 1},
         "brackets nest too deep here for the language server to read the file",
         lsp::DiagnosticSeverity::Error,
         {}});
    return analysis;
  }
  for (Span part : partsOf(text)) {
    Analysis partial;
    auto analyse = [&] { analysePart(text, part, path, registry, partial); };
    if (!runDeep(analyse)) {
      partial = Analysis();
      partial.findings.push_back(
          {part,
           "the compiler crashed on this text; that is a defect of Plumb's or "
           "MLIR's",
           lsp::DiagnosticSeverity::Error,
           {}});
    }
    append_range(analysis.findings, std::move(partial.findings));
    append_range(analysis.entities, std::move(partial.entities));
    append_range(analysis.outline, std::move(partial.outline));
  }
  return analysis;
}

const Entity *Analysis::entityAt(size_t offset) const {
  auto holds = [&](const Span &span) {
    return span.begin <= offset && offset <= span.end;
  };
  for (const Entity &entity : entities)
    if (holds(entity.definition) || any_of(entity.uses, holds))
      return &entity;
  return nullptr;
}
