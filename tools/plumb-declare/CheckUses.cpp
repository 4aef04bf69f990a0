//===- CheckUses.cpp - A module's own calls against the record ------------===//

#include "DeclareIntrinsics.h"
#include "command-line/Tool.h"
#include "llvm/IR/DebugLoc.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb;

/// What decides where a value is; other attributes are promises.
static constexpr Attribute::AttrKind abiAttributes[] = {
    Attribute::ZExt, Attribute::SExt, Attribute::StructRet, Attribute::ByVal,
    Attribute::InReg};

static std::string abiText(AttributeSet set) {
  std::string text;
  for (Attribute::AttrKind kind : abiAttributes)
    if (set.hasAttribute(kind))
      text += " " + set.getAttribute(kind).getAsString();
  return text;
}

static std::string describe(FunctionType *type, AttributeList attributes,
                            CallingConv::ID convention) {
  std::string text;
  raw_string_ostream os(text);
  if (convention != CallingConv::C)
    os << "cc " << convention << " ";
  os << *type->getReturnType() << abiText(attributes.getRetAttrs()) << " (";
  for (unsigned i = 0; i < type->getNumParams(); ++i)
    os << (i ? ", " : "") << *type->getParamType(i)
       << abiText(attributes.getParamAttrs(i));
  if (type->isVarArg())
    os << (type->getNumParams() ? ", ..." : "...");
  os << ")";
  return text;
}

std::string plumb::describe(const Function &function) {
  return ::describe(function.getFunctionType(), function.getAttributes(),
                    function.getCallingConv());
}

std::string plumb::describe(const plumb_intr_row &row) {
  return std::string("'") + row.source_name + "' (" + row.location + ")";
}

/// "in function 'f'", and the source line where there is debug information.
static std::string placeOf(const Instruction &instruction) {
  std::string text =
      "in function '" + instruction.getFunction()->getName().str() + "'";
  if (const DebugLoc &loc = instruction.getDebugLoc()) {
    raw_string_ostream os(text);
    os << ", ";
    loc.print(os);
  }
  return text;
}

/// Whether an attribute says other than the record. A call may leave out what
/// the declaration has: LLVM then takes that.
static bool contradicts(AttributeSet given, AttributeSet wanted,
                        bool mayLeaveOut) {
  for (Attribute::AttrKind kind : abiAttributes) {
    if (given.hasAttribute(kind) && !wanted.hasAttribute(kind))
      return true;
    if (wanted.hasAttribute(kind) && !mayLeaveOut && !given.hasAttribute(kind))
      return true;
  }
  return false;
}

static bool differs(FunctionType *type, AttributeList attributes,
                    CallingConv::ID convention, const Function &record,
                    bool mayLeaveOut) {
  AttributeList wanted = record.getAttributes();
  if (type != record.getFunctionType() ||
      convention != record.getCallingConv() ||
      contradicts(attributes.getRetAttrs(), wanted.getRetAttrs(), mayLeaveOut))
    return true;
  for (unsigned i = 0; i < type->getNumParams(); ++i)
    if (contradicts(attributes.getParamAttrs(i), wanted.getParamAttrs(i),
                    mayLeaveOut))
      return true;
  return false;
}

bool plumb::checkUses(const Function &function, const Function &record,
                      const plumb_intr_row &row) {
  bool isGood = true;
  std::string name = "'@" + function.getName().str() + "'";
  std::string wanted = ", but the record of " + plumb::describe(row) +
                       " says '" + plumb::describe(record) + "'";
  // A declaration is given the record's attributes; a body has its own.
  if (differs(function.getFunctionType(), function.getAttributes(),
              function.getCallingConv(), record, function.isDeclaration()))
    isGood =
        toolError((function.isDeclaration() ? "the module declares "
                                            : "the module defines ") +
                  name + " as '" + plumb::describe(function) + "'" + wanted);
  for (const User *user : function.users()) {
    auto *call = dyn_cast<CallBase>(user);
    if (!call || call->getCalledOperand() != &function)
      continue;
    if (differs(call->getFunctionType(), call->getAttributes(),
                call->getCallingConv(), record, /*mayLeaveOut=*/true))
      isGood = toolError(
          Twine("a call of ") + name + " " + placeOf(*call) + " is of type '" +
          ::describe(call->getFunctionType(), call->getAttributes(),
                     call->getCallingConv()) +
          "'" + wanted);
  }
  return isGood;
}
