//===- DumpItem.cpp - Items as text ---------------------------------------===//

#include "frontends/snow/syntax/Dumper.h"

using namespace snow;
using namespace snow::syntax;

void Dumper::dumpFunction(const FunctionItem &function, StringRef kind) {
  std::string head =
      (kind + (function.isPublic ? " pub " : " ") + function.name.text).str();
  if (!function.typeParameters.empty())
    head += "<" + written(function.typeParameters) + ">";
  node(head, function.span, [&] {
    all(function.parameters);
    maybe("result", function.result);
    for (const Bound &bound : function.bounds)
      line("where " + bound.variable.text + ": " + written(bound.trait),
           bound.variable.span);
    maybe("when", function.guard);
    if (function.body)
      dump(function.body);
  });
}

void Dumper::dump(const Parameter &parameter) {
  node(parameter.isSelf ? "Parameter self" : "Parameter", parameter.span, [&] {
    if (!parameter.isSelf)
      dump(parameter.pattern);
    if (parameter.type)
      dump(parameter.type);
  });
}

void Dumper::dump(const Field &field) {
  node("Field " + field.name.text, field.span, [&] { dump(field.type); });
}

void Dumper::dump(const ConstructorSyntax &constructor) {
  node("Constructor " + constructor.name.text, constructor.span,
       [&] { all(constructor.fields); });
}

void Dumper::dump(const Handler &handler) {
  node((handler.isCall ? "Call " : "Cast ") + handler.name.text, handler.span,
       [&] {
         all(handler.parameters);
         maybe("reply", handler.reply);
         if (handler.state)
           line("state " + handler.state.text, handler.state.span);
         dump(handler.body);
       });
}

void Dumper::dump(const ChildSpec &child) {
  node("Child " + child.name.text, child.span, [&] {
    maybe("start", child.start);
    if (child.restart)
      line("restart " + child.restart.text, child.restart.span);
    maybe("shutdown", child.shutdown);
  });
}

/// `deriving` of a type.
static std::string written(const Deriving &deriving) {
  return deriving.isWritten ? " deriving(" + written(deriving.traits) + ")"
                            : "";
}

void Dumper::dumpData(const Item *item) {
  std::string pub = item->isPublic ? "pub " : "";
  if (auto *data = llvm::dyn_cast<StructItem>(item))
    return node("Struct " + pub + data->name.text + "<" +
                    written(data->typeParameters) + ">" +
                    ::written(data->deriving),
                item->span, [&] {
                  all(data->fields);
                  for (const SchemaEntry &entry : data->schema)
                    node("Schema " + entry.keyword.text, entry.span,
                         [&] { all(entry.arguments); });
                });
  if (auto *sum = llvm::dyn_cast<SumTypeItem>(item))
    return node("SumType " + pub + sum->name.text + "<" +
                    written(sum->typeParameters) + ">" +
                    ::written(sum->deriving),
                item->span, [&] { all(sum->constructors); });
  auto *alias = llvm::cast<AliasItem>(item);
  node("Alias " + pub + alias->name.text + "<" +
           written(alias->typeParameters) + ">",
       item->span, [&] { dump(alias->type); });
}

void Dumper::dump(const Item *item) {
  switch (item->kind) {
  case Item::Kind::Function:
    return dumpFunction(*llvm::cast<FunctionItem>(item), "Function");
  case Item::Kind::Struct:
  case Item::Kind::SumType:
  case Item::Kind::Alias:
    return dumpData(item);
  case Item::Kind::Import: {
    auto *import = llvm::cast<ImportItem>(item);
    return line("Import " + written(import->path) +
                    (import->isFrom ? ": " + written(import->names) : ""),
                item->span);
  }
  case Item::Kind::Interface: {
    auto *interface = llvm::cast<InterfaceItem>(item);
    return node("Interface " + interface->name.text, item->span, [&] {
      for (const AssociatedType &type : interface->types)
        line("type " + type.name.text, type.span);
      for (const FunctionItem *method : interface->methods)
        dumpFunction(*method, "Method");
    });
  }
  case Item::Kind::Impl: {
    auto *impl = llvm::cast<ImplItem>(item);
    return node("Impl " + written(impl->trait), item->span, [&] {
      all(impl->traitArguments);
      maybe("for", impl->target);
      for (const AssociatedType &type : impl->types)
        node("type " + type.name.text, type.span, [&] { dump(type.type); });
      for (const FunctionItem *method : impl->methods)
        dumpFunction(*method, "Method");
    });
  }
  case Item::Kind::Actor: {
    auto *actor = llvm::cast<ActorItem>(item);
    return node("Actor " + actor->name.text, item->span, [&] {
      all(actor->parameters);
      dump(static_cast<const Expr *>(actor->body));
      if (actor->terminate)
        maybe<Expr>("terminate", actor->terminate);
    });
  }
  case Item::Kind::Service: {
    auto *service = llvm::cast<ServiceItem>(item);
    return node("Service " + service->name.text, item->span, [&] {
      for (const FunctionItem *function : service->functions)
        dumpFunction(*function, "Function");
      all(service->handlers);
    });
  }
  case Item::Kind::Supervisor: {
    auto *supervisor = llvm::cast<SupervisorItem>(item);
    return node("Supervisor " + supervisor->name.text, item->span, [&] {
      if (supervisor->strategy)
        line("strategy " + supervisor->strategy.text,
             supervisor->strategy.span);
      maybe("max_restarts", supervisor->maxRestarts);
      maybe("max_seconds", supervisor->maxSeconds);
      all(supervisor->children);
    });
  }
  case Item::Kind::Statement:
    return dump(llvm::cast<StatementItem>(item)->statement);
  }
}
