//===- DwarfAlternative.cpp - Debug information shared by files -----------===//

#include "tools/plumb-abi/readers/DwarfAlternative.h"
#include "llvm/Object/BuildID.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace llvm::dwarf;
using namespace llvm::object;
using namespace plumb::abi;

bool DwarfAlternative::isReference(Form form) {
  return form == DW_FORM_GNU_ref_alt || form == DW_FORM_ref_sup4 ||
         form == DW_FORM_ref_sup8;
}

bool DwarfAlternative::isString(Form form) {
  return form == DW_FORM_GNU_strp_alt || form == DW_FORM_strp_sup;
}

namespace {
struct Link {
  std::string file;
  SmallVector<uint8_t> buildId; ///< of that file
};
} // namespace

/// An empty file name when there is no link, or none that can be read.
static Link readLink(const ObjectFile &object) {
  Link link;
  for (const SectionRef &section : object.sections()) {
    Expected<StringRef> name = section.getName();
    Expected<StringRef> text = section.getContents();
    if (name && text &&
        (*name == ".gnu_debugaltlink" || *name == ".debug_sup")) {
      DataExtractor data(*text, object.isLittleEndian(), /*AddressSize=*/8);
      DataExtractor::Cursor at(0);
      // DWARF 5, 7.3.6: the version, and whether this is the other file.
      bool isOther = false;
      if (*name == ".debug_sup") {
        data.getU16(at);
        isOther = data.getU8(at);
      }
      StringRef file = data.getCStrRef(at);
      if (*name == ".debug_sup") {
        uint64_t size = data.getULEB128(at);
        link.buildId.resize(std::min<uint64_t>(size, text->size()));
        data.getU8(at, link.buildId.data(), link.buildId.size());
      } else if (at) {
        StringRef id = text->drop_front(at.tell());
        link.buildId.assign(id.bytes_begin(), id.bytes_end());
      }
      if (at && !isOther)
        link.file = file.str();
      consumeError(at.takeError());
    }
    consumeError(name.takeError());
    consumeError(text.takeError());
  }
  return link;
}

/// Where the file may be: as it is named, seen from the object, or beside it.
static SmallVector<std::string> places(StringRef link, StringRef path) {
  SmallString<128> named, beside(sys::path::parent_path(path));
  if (!sys::path::is_absolute(link))
    named = beside;
  sys::path::append(named, link);
  sys::path::append(beside, sys::path::filename(link));
  return {named.str().str(), beside.str().str()};
}

Expected<std::unique_ptr<DwarfAlternative>>
DwarfAlternative::open(const ObjectFile &object, StringRef path) {
  Link link = readLink(object);
  if (link.file.empty())
    return nullptr;
  std::string tried;
  for (const std::string &place : places(link.file, path)) {
    if (!sys::fs::is_regular_file(place))
      continue;
    Expected<OwningBinary<ObjectFile>> file =
        ObjectFile::createObjectFile(place);
    if (!file) {
      tried = ": " + toString(file.takeError());
      continue;
    }
    BuildIDRef id = getBuildID(file->getBinary());
    if (!id.empty() && !link.buildId.empty() && id != ArrayRef(link.buildId)) {
      tried = ": the one there is of another build";
      continue;
    }
    std::unique_ptr<DwarfAlternative> made(new DwarfAlternative);
    made->file = std::move(*file);
    auto ignore = [](Error error) { consumeError(std::move(error)); };
    made->context = DWARFContext::create(
        *made->file.getBinary(), DWARFContext::ProcessDebugRelocations::Process,
        nullptr, "", ignore, ignore);
    return std::move(made);
  }
  return createStringError("part of the debug information of '" + path +
                           "' is in '" + link.file +
                           "', where dwz put it; put that file there or "
                           "beside the library, and its types are known" +
                           tried);
}

StringRef DwarfAlternative::string(uint64_t offset) const {
  StringRef all = context->getDWARFObj().getStrSection();
  return all.substr(offset).take_until([](char c) { return !c; });
}
