//===- HeaderClang.cpp - clang, for one header ----------------------------===//

#include "tools/plumb-abi/readers/HeaderClang.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb::abi;

static bool isCxxName(StringRef path) {
  return StringSwitch<bool>(sys::path::extension(path))
      .Cases({".hpp", ".hh", ".hxx"}, true)
      .Default(false);
}

bool plumb::abi::isHeader(StringRef path) {
  return sys::path::extension(path) == ".h" || isCxxName(path);
}

Expected<HeaderClang> HeaderClang::create(StringRef path,
                                          const HeaderOptions &options) {
  std::string clang = options.clang;
  if (clang.empty()) {
    Expected<std::string> found = findClang();
    if (!found)
      return found.takeError();
    clang = *found;
  }
  // By its name, or since the user says so.
  bool isCxx = isCxxName(path) || is_contained(options.arguments, "-xc++");
  return HeaderClang(std::move(clang), path.str(), isCxx ? "c++" : "c",
                     options);
}

/// Of the user's arguments, those that matter after preprocessing.
std::vector<std::string> HeaderClang::standard() const {
  std::vector<std::string> kept;
  for (size_t i = 0; i < options.arguments.size(); ++i) {
    StringRef argument = options.arguments[i];
    StringRef found;
    for (StringRef option : {"-I", "-D", "-U", "-x", "-include", "-imacros",
                             "-isystem", "-iquote", "-idirafter"})
      if (argument.starts_with(option))
        found = option;
    if (found.empty())
      kept.push_back(argument.str());
    else if (argument == found)
      ++i; // its value is the next one
  }
  return kept;
}

Expected<std::unique_ptr<MemoryBuffer>>
HeaderClang::preprocess(StringRef file,
                        std::vector<std::string> arguments) const {
  Expected<ScratchFile> output = ScratchFile::create("out");
  if (!output)
    return output.takeError();
  arguments.insert(arguments.begin(), "-E");
  for (StringRef each : {StringRef("-x"), StringRef(language), file,
                         StringRef("-o"), StringRef("-")})
    arguments.push_back(each.str());
  append_range(arguments, options.arguments);
  if (Error error = runClang(clang, arguments, output->getPath(),
                             "preprocess '" + path + "'"))
    return std::move(error);
  return output->map();
}

Expected<std::unique_ptr<MemoryBuffer>>
HeaderClang::expand(StringRef text) const {
  Expected<ScratchFile> input = ScratchFile::holding(text, "h");
  if (!input)
    return input.takeError();
  Expected<ScratchFile> output = ScratchFile::create("out");
  if (!output)
    return output.takeError();
  std::vector<std::string> arguments = {
      "-E", "-P", "-w", "-ferror-limit=0", "-x", language, input->getPath(),
      "-o", "-"};
  append_range(arguments, options.arguments);
  Expected<ClangRun> run = tryClang(clang, arguments, output->getPath());
  if (!run)
    return run.takeError();
  return output->map();
}

Expected<std::unique_ptr<MemoryBuffer>>
HeaderClang::run(StringRef text, std::vector<std::string> arguments,
                 StringRef what) const {
  Expected<ScratchFile> input = ScratchFile::holding(text, "c");
  if (!input)
    return input.takeError();
  Expected<ScratchFile> output = ScratchFile::create("out");
  if (!output)
    return output.takeError();
  for (StringRef each :
       {StringRef("-x"), StringRef(language), StringRef(input->getPath())})
    arguments.push_back(each.str());
  append_range(arguments, standard());
  if (Error error = runClang(clang, arguments, output->getPath(), what))
    return std::move(error);
  return output->map();
}

Expected<std::string>
HeaderClang::complaints(StringRef text,
                        std::vector<std::string> arguments) const {
  Expected<ScratchFile> input = ScratchFile::holding(text, "c");
  if (!input)
    return input.takeError();
  for (StringRef each :
       {StringRef("-x"), StringRef(language), StringRef(input->getPath())})
    arguments.push_back(each.str());
  append_range(arguments, standard());
  Expected<ClangRun> run = tryClang(clang, arguments, "");
  if (!run)
    return run.takeError();
  if (run->code && !run->problem.empty())
    return createStringError("clang ended: " + run->problem);
  return std::move(run->messages);
}
