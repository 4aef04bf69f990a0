//===- Memory.cpp ---------------------------------------------------------===//

#include "model/Memory.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace plumb::model;

bool plumb::model::readsThrough(const plumb_intr_param &param) {
  return any_of(infoOf(param.passing).parts, [&](const CPart &part) {
    switch (part.part) {
    case Part::Value:
      return param.type->structure ||
             param.type->arg_attrs & PLUMB_INTR_ATTR_READONLY;
    case Part::Data:
    case Part::ConstPointer:
    case Part::ResultPointer:
      return true;
    default:
      return false;
    }
  });
}

bool plumb::model::writesThrough(const plumb_intr_param &param) {
  return any_of(infoOf(param.passing).parts, [](const CPart &part) {
    return part.part == Part::ResultPointer;
  });
}
