//===- ModuleLowering.cpp - The functions of a program --------------------===//

#include "frontends/snow/lower/ModuleLowering.h"
#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/Lower.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

/// More instances of generic functions than any program has whose types do not
/// grow at each call.
static constexpr size_t maxInstances = 100000;
static constexpr unsigned maxTypeDepth = 64;

OwningOpRef<ModuleOp> lower::lowerProgram(core::Program &program,
                                          MLIRContext &context) {
  return ModuleLowering(program, context).run();
}

ModuleLowering::ModuleLowering(core::Program &program, MLIRContext &context)
    : program(program), module(ModuleOp::create(UnknownLoc::get(&context))),
      atEnd(module->getBodyRegion()), types(&context),
      registry(plumb::intr::getRegistry(&context)) {
  for (const core::DataType &type : program.types)
    dataTypes[type.name] = &type;
  for (const plumb_intr_family *family : registry.families())
    for (const plumb_intr_row &row :
         llvm::ArrayRef(family->rows, family->num_rows))
      for (const char *word : llvm::ArrayRef(row.operators, row.num_operators))
        operators[word].push_back(&row);
}

Location ModuleLowering::convert(core::Location where) {
  if (where.file >= program.files.size())
    return UnknownLoc::get(module->getContext());
  return FileLineColLoc::get(module->getContext(), program.files[where.file],
                             where.line, where.column);
}

void ModuleLowering::fail(Location where, const Twine &message) {
  hasFailed = true;
  emitError(where, message);
}

OwningOpRef<ModuleOp> ModuleLowering::run() {
  if (program.main)
    createMain();
  else
    for (const core::Function &function : program.functions)
      if (!function.numTypeParameters)
        instance(function, {}, convert(function.where));
  while (!pending.empty() && !hasFailed) {
    Instance next = std::move(pending.front());
    pending.pop_front();
    lowerBody(*this, *next.function, next.typeArguments, next.op);
  }
  return hasFailed ? OwningOpRef<ModuleOp>() : std::move(module);
}

void ModuleLowering::createMain() {
  Location loc = UnknownLoc::get(getContext());
  FlatSymbolRefAttr main =
      instance(*program.main, {}, convert(program.main->where));
  auto entry =
      func::FuncOp::create(atEnd, loc, "main", atEnd.getFunctionType({}, {}));
  OpBuilder body = OpBuilder::atBlockEnd(entry.addEntryBlock());
  dialect::RunOp::create(body, loc, main);
  func::ReturnOp::create(body, loc);
}

std::string ModuleLowering::uniqueName(StringRef name) {
  unsigned number = names[name]++;
  return number ? (name + "#" + Twine(number)).str() : name.str();
}

func::FuncOp ModuleLowering::createFunction(StringRef name, Location loc,
                                            ArrayRef<const core::Type *> inputs,
                                            const core::Type *result) {
  SmallVector<Type> inputTypes;
  for (const core::Type *input : inputs)
    inputTypes.push_back(convert(input));
  // A debugger and call stacks show the name without what makes it unique.
  StringRef shown =
      name.take_until([](char c) { return c == '<' || c == '#'; });
  auto op = func::FuncOp::create(
      atEnd, NameLoc::get(atEnd.getStringAttr(shown), loc), name,
      atEnd.getFunctionType(inputTypes, convert(result)));
  op.setPrivate();
  return op;
}

static unsigned depthOf(const core::Type *type) {
  unsigned depth = 0;
  auto look = [&](ArrayRef<const core::Type *> parts) {
    for (const core::Type *part : parts)
      depth = std::max(depth, depthOf(part));
  };
  if (type->kind() == core::Type::Kind::Function) {
    look(type->parameters());
    look(type->result());
  } else {
    look(type->arguments());
  }
  return depth + 1;
}

FlatSymbolRefAttr
ModuleLowering::instance(const core::Function &function,
                         ArrayRef<const core::Type *> typeArguments,
                         Location user) {
  std::string name = function.name;
  if (!typeArguments.empty())
    name += "<" +
            llvm::join(
                llvm::map_range(typeArguments,
                                [](const core::Type *t) { return t->str(); }),
                ", ") +
            ">";
  FlatSymbolRefAttr &symbol = instances[name];
  if (symbol)
    return symbol;
  symbol = FlatSymbolRefAttr::get(getContext(), uniqueName(name));
  if (instances.size() > maxInstances ||
      llvm::any_of(typeArguments, [](const core::Type *type) {
        return depthOf(type) > maxTypeDepth;
      })) {
    if (!hasFailed)
      fail(user, "'" + function.name +
                     "' calls itself with ever larger types, so there is no "
                     "end to the functions that would have to be made");
    return symbol;
  }
  TypeList inputs;
  for (const core::Variable *parameter : function.parameters)
    inputs.push_back(substitute(parameter->type, typeArguments));
  func::FuncOp op =
      createFunction(symbol.getValue(), convert(function.where), inputs,
                     substitute(function.result, typeArguments));
  pending.push_back({&function, TypeList(typeArguments), op});
  return symbol;
}
