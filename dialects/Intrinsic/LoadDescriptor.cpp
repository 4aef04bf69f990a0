//===- LoadDescriptor.cpp - Families from data ----------------------------===//

#include "plumb/Intrinsic/LoadDescriptor.h"
#include "dialects/Intrinsic/JsonReader.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::intr;

Expected<FamilyRef> plumb::intr::loadDescriptor(StringRef text,
                                                StringRef file) {
  auto fail = [&](const Twine &message) {
    return createStringError("'" + file +
                             "' is not the JSON of a family: " + message);
  };
  Expected<JsonDocument> document = JsonDocument::parse(text);
  if (!document)
    return fail(toString(document.takeError()));
  if (!document->getObject())
    return fail("it is no object");
  JsonFaults faults;
  std::unique_ptr<model::Family> family = JsonReader(faults).read(*document);
  if (!faults.empty())
    return createStringError("'" + file +
                             "' is not a sound family:" + faults.getText());
  const plumb_intr_family *descriptor = &family->get();
  return FamilyRef(std::shared_ptr<model::Family>(std::move(family)),
                   descriptor);
}
