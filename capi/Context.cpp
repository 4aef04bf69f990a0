//===- Context.cpp - Contexts, types and diagnostics ----------------------===//

#include "Impl.h"
#include "mlir/AsmParser/AsmParser.h"
#include "plumb/Execution/Register.h"
#include "plumb/Execution/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Support/MemAlloc.h"
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace plumb::capi;

uint32_t plumb::capi::nextSerial() {
  static std::atomic<uint32_t> last{0};
  return ++last;
}

static mlir::DialectRegistry
allDialects(const plumb::execution::Families &families) {
  mlir::DialectRegistry registry;
  plumb::execution::registerPlumb(registry, families);
  return registry;
}

PlumbText plumb::capi::makeText(llvm::StringRef text) {
  char *data = static_cast<char *>(llvm::safe_malloc(text.size() + 1));
  if (!text.empty())
    std::memcpy(data, text.data(), text.size());
  data[text.size()] = 0;
  return {data, text.size()};
}

std::string plumb::capi::whyTooDeep(llvm::StringRef text) {
  const size_t limit = 500;
  size_t depth = 0;
  char previous = 0;
  for (size_t i = 0; i < text.size(); previous = text[i], ++i) {
    switch (text[i]) {
    case '"':
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        i += text[i] == '\\';
      if (i >= text.size())
        return "";
      break;
    case '/':
      if (text.substr(i, 2) == "//")
        i = std::min(text.find('\n', i), text.size() - 1);
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      if (++depth > limit)
        return "its brackets are nested deeper than " + std::to_string(limit);
      break;
    case ')':
    case ']':
    case '}':
    case '>':
      depth -= depth && !(text[i] == '>' && previous == '-');
      break;
    default:
      break;
    }
  }
  return "";
}

/// The place in a source file, if the location knows one.
static mlir::FileLineColLoc findPlace(mlir::Location loc) {
  mlir::FileLineColLoc place;
  loc->walk([&](mlir::Location inner) {
    place = dyn_cast<mlir::FileLineColLoc>(inner);
    return place ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  });
  return place;
}

namespace {
/// A diagnostic with the storage of its texts.
struct Told {
  explicit Told(mlir::Diagnostic &diagnostic) : message(diagnostic.str()) {
    switch (diagnostic.getSeverity()) {
    case mlir::DiagnosticSeverity::Note:
      told.severity = PLUMB_SEVERITY_NOTE;
      break;
    case mlir::DiagnosticSeverity::Remark:
      told.severity = PLUMB_SEVERITY_REMARK;
      break;
    case mlir::DiagnosticSeverity::Warning:
      told.severity = PLUMB_SEVERITY_WARNING;
      break;
    case mlir::DiagnosticSeverity::Error:
      told.severity = PLUMB_SEVERITY_ERROR;
      break;
    }
    if (auto place = findPlace(diagnostic.getLocation())) {
      file = place.getFilename().str();
      told.line = place.getLine();
      told.column = place.getColumn();
    }
    told.message = message.c_str();
    told.file = file.c_str();
  }
  std::string message, file;
  PlumbDiagnostic told = {};
};
} // namespace

static void print(const PlumbDiagnostic &told) {
  static const char *const names[] = {"note", "remark", "warning", "error"};
  if (told.line)
    std::fprintf(stderr, "%s:%u:%u: ", told.file, told.line, told.column);
  else if (*told.file)
    std::fprintf(stderr, "%s: ", told.file);
  std::fprintf(stderr, "%s: %s\n", names[told.severity], told.message);
  for (size_t i = 0; i < told.num_notes; ++i)
    print(told.notes[i]);
}

Context::Context()
    : mlir(allDialects(families), mlir::MLIRContext::Threading::DISABLED) {
  types.clear(nextSerial());
  mlir.printOpOnDiagnostic(false);
  mlir.loadAllAvailableDialects();
  mlir.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
    Told told(diagnostic);
    std::deque<Told> notes;
    std::vector<PlumbDiagnostic> tellNotes;
    for (mlir::Diagnostic &note : diagnostic.getNotes())
      tellNotes.push_back(notes.emplace_back(note).told);
    told.told.notes = tellNotes.data();
    told.told.num_notes = tellNotes.size();
    if (handler)
      handler(&told.told, user);
    else
      print(told.told);
  });
}

PlumbStatus Context::fail(PlumbStatus status, const llvm::Twine &message,
                          std::optional<mlir::Location> loc) {
  mlir::emitError(loc.value_or(mlir::UnknownLoc::get(&mlir))) << message;
  return status;
}

uint64_t Context::idOf(mlir::Type type) {
  uint64_t &id = typeIds[type];
  if (!id)
    id = types.add(type);
  return id;
}

void Context::forwardFrom(llvm::LLVMContext &llvmContext) {
  llvmContext.setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *info, void *self) {
        if (info->getSeverity() != llvm::DS_Error)
          return;
        std::string text;
        llvm::raw_string_ostream os(text);
        llvm::DiagnosticPrinterRawOStream printer(os);
        info->print(printer);
        static_cast<Context *>(self)->fail(PLUMB_STATUS_TARGET, text);
      },
      this);
}

uint32_t plumbAbiVersion(void) { return PLUMB_C_ABI_VERSION; }

const char *plumbVersionText(void) {
  static const std::string text = plumb::execution::versionText();
  return text.c_str();
}

const char *plumbStatusText(PlumbStatus status) {
  switch (numberOf(status)) {
  case PLUMB_STATUS_OK:
    return "success";
  case PLUMB_STATUS_MISUSE:
    return "the library was called wrongly";
  case PLUMB_STATUS_PROGRAM:
    return "the program is wrong";
  case PLUMB_STATUS_NOT_FOUND:
    return "nothing has this name";
  case PLUMB_STATUS_FILE:
    return "the file cannot be used";
  case PLUMB_STATUS_TARGET:
    return "no code can be made for this";
  case PLUMB_STATUS_RUNTIME:
    return "the runtime library cannot be used";
  default:
    return "unknown status";
  }
}

void plumbTextFree(PlumbText *text) {
  if (!text)
    return;
  std::free(text->data);
  *text = {};
}

PlumbContext *plumbContextCreate(void) { return new PlumbContext; }

void plumbContextDestroy(PlumbContext *context) { delete context; }

PlumbStatus plumbContextSetDiagnosticHandler(PlumbContext *context,
                                             PlumbDiagnosticHandler handler,
                                             void *user) {
  if (!context)
    return PLUMB_STATUS_MISUSE;
  context->state->handler = handler;
  context->state->user = user;
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbTypeParse(PlumbContext *context, const char *text,
                           PlumbType *type) {
  clear(type);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  Context &state = *context->state;
  if (!text || !type)
    return state.fail(PLUMB_STATUS_MISUSE,
                      "plumbTypeParse: text and type must not be null");
  std::string why = whyTooDeep(text);
  mlir::Type parsed;
  if (why.empty()) {
    // The parser would give a place in a file of its own invention.
    mlir::ScopedDiagnosticHandler keep(&state.mlir,
                                       [&](mlir::Diagnostic &diagnostic) {
                                         if (why.empty())
                                           why = diagnostic.str();
                                       });
    parsed = mlir::parseType(text, &state.mlir);
  }
  if (!parsed)
    return state.fail(PLUMB_STATUS_NOT_FOUND,
                      "'" + llvm::StringRef(text).take_front(80) +
                          "' is not a type: " + why);
  type->id = state.idOf(parsed);
  return PLUMB_STATUS_OK;
}

const char *plumbTypeText(PlumbContext *context, PlumbType type) {
  if (!context)
    return nullptr;
  mlir::Type found = context->state->lookup(type);
  if (!found)
    return nullptr;
  const char *&text = context->state->typeTexts[found];
  if (!text) {
    std::string printed;
    llvm::raw_string_ostream os(printed);
    os << found;
    text = context->state->texts.emplace_back(std::move(printed)).c_str();
  }
  return text;
}
