//===- Infer.h - Types of the bodies of functions ---------------*- C++ -*-===//
//
// One Infer checks the body of one function of the program and makes its core.
// Its sources are InferXxx.cpp by kind of expression.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_INFER_H
#define SNOW_CHECK_INFER_H

#include "frontends/snow/check/Expected.h"
#include "frontends/snow/check/Pending.h"
#include "frontends/snow/check/Target.h"

namespace snow::check {

struct Local {
  llvm::StringRef name;
  core::Variable *variable = nullptr;
  Lifted *function = nullptr; ///< instead of a variable
  Ty *type = nullptr;
  Span span;
  bool isUsed = false, mayBeUnused = false;
  int shadowed = -1;
};

/// A function or closure whose body is being inferred.
struct Callable {
  Callable *outer = nullptr;
  llvm::StringRef name;
  Ty *result = nullptr;
  Reason reason; ///< why `result` is what it is
  bool isClosure = false;
  FunctionDecl *actor = nullptr; ///< whose body it is
  bool ignoresValue = false;     ///< its value is thrown away
  bool isInGuard = false;
  unsigned loops = 0;
};

/// Unless it is there.
void addBound(Scheme &scheme, const BoundDecl &bound);

class Infer {
public:
  Infer(Group &group, FunctionDecl &function);
  /// The body; the function's `core` gets it.
  void run();

private:
  using Expr = syntax::Expr;
  using ExpressionPtr = core::ExpressionPtr;
  using Kind = core::Expression::Kind;
  using Arguments = llvm::ArrayRef<const Expr *>;

  // Infer.cpp: bodies and what is needed everywhere.
  ExpressionPtr infer(const Expr *expr, const Expected &want = {});
  ExpressionPtr inferKind(const Expr *expr, const Expected &want);
  ExpressionPtr make(Kind kind, Ty *type, Span span);
  ExpressionPtr error(Span span, const Expected &want = {});
  /// Keeps what is not part of the program: obligations may point to it.
  void drop(ExpressionPtr expression) {
    if (expression)
      group.dropped.push_back(std::move(expression));
  }
  core::Variable *variable(llvm::StringRef name, Ty *type, Span span);
  ExpressionPtr local(core::Variable *variable, Span span);
  ExpressionPtr block(std::vector<ExpressionPtr> statements, Span span);
  ExpressionPtr bind(core::Variable *variable, ExpressionPtr value);
  ExpressionPtr construct(const ConstructorDecl &constructor, Ty *type,
                          std::vector<ExpressionPtr> operands, Span span);
  ExpressionPtr tuple(std::vector<ExpressionPtr> elements, Span span);
  ExpressionPtr intrinsic(LibraryFunction &function,
                          std::vector<ExpressionPtr> operands, Ty *type,
                          llvm::ArrayRef<Ty *> arguments, Span span);
  /// A row that the language writes as `word`, on these operands.
  ExpressionPtr operatorCall(llvm::StringRef word,
                             std::vector<ExpressionPtr> operands, Span span,
                             TypeDecl *first = nullptr);
  Ty *flushed(Ty *type) {
    group.obligations.flush();
    return TypeStore::find(type);
  }

  // Scopes.cpp
  void push(llvm::StringRef name, core::Variable *variable, Ty *type, Span span,
            bool mayBeUnused, Lifted *function = nullptr);
  void popTo(size_t size);
  Local *findLocal(llvm::StringRef name);
  /// The variable in the function that is being inferred: a parameter where it
  /// is captured.
  core::Variable *inside(core::Variable *variable, Lifted *place);
  void capture(Lifted &function, core::Variable *variable);
  ExpressionPtr useLifted(Lifted &function, Kind kind, Span span,
                          llvm::ArrayRef<Ty *> arguments);

  // InferBasic.cpp
  ExpressionPtr inferName(const syntax::NameExpr &expr, const Expected &want);
  ExpressionPtr inferInterpolation(const syntax::InterpolationExpr &expr);
  ExpressionPtr inferSequence(const syntax::SequenceExpr &expr,
                              const Expected &want);
  ExpressionPtr inferMap(const syntax::MapExpr &expr, const Expected &want);
  ExpressionPtr inferIndex(const syntax::IndexExpr &expr);
  ExpressionPtr textOf(ExpressionPtr value, Span span, std::string asker);
  bool ignoresResult(Ty *wanted, Ty *found);
  ExpressionPtr ignoreResult(ExpressionPtr function, const Expected &want,
                             const Expr *expr);
  /// Makes the expression agree with what is wanted, or reports.
  ExpressionPtr agree(ExpressionPtr expression, const Expected &want,
                      const Expr *expr);

  // InferOperators.cpp
  ExpressionPtr inferBinary(const syntax::BinaryExpr &expr);
  ExpressionPtr inferUnary(const syntax::UnaryExpr &expr);
  ExpressionPtr inferLogic(const syntax::BinaryExpr &expr);
  ExpressionPtr inferComparison(const syntax::BinaryExpr &expr);
  ExpressionPtr inferArithmetic(const syntax::BinaryExpr &expr);
  ExpressionPtr inferJoin(const syntax::BinaryExpr &expr);
  /// The subject must have the trait; then `node` is what its impl makes of it.
  void requireOperator(core::Expression &node, llvm::StringRef trait,
                       Ty *subject, Span span, std::string asker);
  void useOperator(core::Expression &node, TraitDecl &trait,
                   const Solution &solution);
  void operandsDiffer(const syntax::BinaryExpr &expr, Ty *left, Ty *right);

  // InferControl.cpp
  ExpressionPtr inferBlock(const syntax::BlockExpr &expr, const Expected &want);
  ExpressionPtr inferIf(const syntax::IfExpr &expr, const Expected &want);
  ExpressionPtr inferWhile(const syntax::WhileExpr &expr);
  ExpressionPtr inferFor(const syntax::ForExpr &expr, const Expected &want);
  ExpressionPtr inferJump(const Expr &expr, const Expected &want);
  ExpressionPtr inferReturn(const syntax::ReturnExpr &expr,
                            const Expected &want);
  ExpressionPtr inferTry(const syntax::TryExpr &expr);
  void settleTry(core::Expression &node, const syntax::TryExpr &expr);
  ExpressionPtr convertError(ExpressionPtr value, Ty *from, Ty *to,
                             const syntax::TryExpr &expr);
  void useImpl(core::Expression &node, llvm::StringRef method,
               const Solution &solution);
  ExpressionPtr inferGuard(const Expr *guard);
  void iterate(core::Expression *loop, Ty *collection, Ty *element, Span span);

  // InferLet.cpp
  ExpressionPtr inferLet(const syntax::LetExpr &expr);
  ExpressionPtr inferGeneralLet(const syntax::LetExpr &expr,
                                const syntax::BindPattern &name);
  ExpressionPtr
  inferLocalFunction(llvm::ArrayRef<const syntax::FunctionItem *> clauses);
  void reportMissingElse(const syntax::IfExpr &expr, core::Expression &made);
  void generalizeLifted(Lifted &lifted, Ty *type, unsigned mark);
  std::string uniqueName(llvm::StringRef name);
  bool isGeneralizable(const Expr *expr);

  // InferCase.cpp
  struct Clause {
    llvm::ArrayRef<syntax::Parameter> parameters;
    const Expr *guard;
    const Expr *body;
    Span span;
  };
  ExpressionPtr inferCase(const syntax::CaseExpr &expr, const Expected &want);
  /// The body of a function or closure with these clauses.
  ExpressionPtr inferClauses(llvm::ArrayRef<Clause> clauses,
                             llvm::ArrayRef<Ty *> types,
                             std::vector<core::Variable *> &parameters,
                             const Expected &want, Span span,
                             llvm::StringRef name);
  ExpressionPtr inferClosure(const syntax::ClosureExpr &expr,
                             const Expected &want);
  void wrongArity(const syntax::ClosureExpr &expr, Ty *wanted);
  ExpressionPtr closure(const syntax::ClosureExpr &expr, const Expected &want,
                        llvm::StringRef name);

  // InferPattern.cpp
  core::Pattern inferPattern(const syntax::Pattern *pattern, Ty *type,
                             const Reason &reason, bool mayBeUnused);
  void agreePattern(const syntax::Pattern *pattern, Ty *found, Ty *type,
                    const Reason &reason);
  core::Pattern inferConstructor(const syntax::ConstructorPattern &pattern,
                                 Ty *type, const Reason &reason,
                                 bool mayBeUnused);
  core::Pattern inferOr(const syntax::OrPattern &pattern, Ty *type,
                        const Reason &reason, bool mayBeUnused);
  core::Variable *bindName(syntax::Name name, Ty *type, bool mayBeUnused);

  // InferCall.cpp
  ExpressionPtr inferCall(const syntax::CallExpr &expr);
  ExpressionPtr inferPipe(const syntax::PipeExpr &expr);
  ExpressionPtr callExpr(const Expr *callee, Arguments arguments,
                         llvm::ArrayRef<syntax::KeywordArgument> keywords,
                         Span span, Span parentheses);
  ExpressionPtr call(Target target, Arguments arguments,
                     llvm::ArrayRef<syntax::KeywordArgument> keywords,
                     Span span, Span calleeSpan,
                     std::vector<ExpressionPtr> given = {});
  ExpressionPtr finishCall(Target &target, std::vector<ExpressionPtr> operands,
                           Ty *result, Span span, Span calleeSpan,
                           core::Expression *into = nullptr);
  ExpressionPtr keywordMap(llvm::ArrayRef<syntax::KeywordArgument> keywords,
                           Ty *wanted, const Target &target, unsigned number,
                           Span span);
  ExpressionPtr asValue(Target target, Span span);
  void requireBounds(Target &target, Span span);
  void requireMethod(Target &target, core::Expression *node, Span span);
  void patchBuiltin(core::Expression &node, const TraitDecl &trait);
  void wrongCount(const Target &target, size_t wanted, size_t found, Span span,
                  Arguments arguments);
  ExpressionPtr inferActor(const Expr &expr, const Expected &want);
  ExpressionPtr inferSpawn(const syntax::ActorCallExpr &expr);
  ExpressionPtr inferReceive(const syntax::ReceiveExpr &expr,
                             const Expected &want);
  ExpressionPtr inferOwnPid(Span span);
  ExpressionPtr onTerminate(const syntax::BlockExpr &block);
  FunctionDecl *enclosingActor() const;
  Reason argumentReason(const Target &target, unsigned number) const;
  llvm::StringRef parameterName(const Target &target, unsigned number) const;
  Span parameterSpan(const Target &target, unsigned number) const;

  // Names.cpp
  Target resolveName(syntax::Name name);
  Target resolveMember(const syntax::MemberExpr &expr, bool *isValue);
  ServiceDecl *findService(llvm::ArrayRef<syntax::Name> parts);
  Target inService(ServiceDecl &service, syntax::Name name);
  Target inModule(ModuleDecl &module, syntax::Name name, Span whole);
  Target inLibrary(llvm::StringRef module, syntax::Name name);
  Target inType(TypeDecl &type, syntax::Name name);
  Target inTrait(TraitDecl &trait, syntax::Name name);
  Target functionTarget(FunctionDecl &function);
  Target libraryTarget(LibraryFunction &function, Span span);
  /// A row that the language writes as `word`.
  Target operatorTarget(llvm::StringRef word, Span span);
  Target madeTarget(llvm::StringRef text, Span span);
  Target liftedTarget(Lifted &lifted);
  Target constructorTarget(const ConstructorDecl &constructor);
  Target methodTarget(TraitDecl &trait, const MethodDecl &method,
                      Ty *self = nullptr);
  Target valueTarget(ExpressionPtr value);
  bool isImplemented(const TraitDecl &trait, llvm::StringRef method);
  void undefined(syntax::Name name);
  const ConstructorDecl *findConstructor(const syntax::Path &path,
                                         Ty *wanted = nullptr);
  llvm::SmallVector<Ty *> fresh(llvm::ArrayRef<Ty *> parameters);

  // InferMember.cpp
  ExpressionPtr inferMember(const syntax::MemberExpr &expr);
  ExpressionPtr field(ExpressionPtr object, syntax::Name name, Span span);
  bool tryField(core::Expression &node, Ty *object, syntax::Name name);
  ExpressionPtr callMethod(const syntax::MemberExpr &callee,
                           ExpressionPtr object, Arguments arguments,
                           llvm::ArrayRef<syntax::KeywordArgument> keywords,
                           Span span);
  ExpressionPtr callLater(const syntax::MemberExpr &callee,
                          ExpressionPtr object, Arguments arguments, Span span);
  bool findMethod(Ty *type, syntax::Name name, Target &target, bool reports);
  void unknownMember(Ty *type, syntax::Name name, bool isCall);
  ExpressionPtr inferStruct(const syntax::StructLiteralExpr &expr);
  ExpressionPtr inferUpdate(const syntax::RecordUpdateExpr &expr);
  TypeDecl *findStruct(const syntax::Path &path);

  /// The function that the core calls; made when it is first asked for.
  core::Function *coreOf(FunctionDecl &function) { return function.core; }

  // InferTuple.cpp
  ExpressionPtr callOnTuple(Target &target, Arguments &arguments,
                            std::vector<ExpressionPtr> &given, Span span);

  // Messages.cpp
  void reportTooDeep(Span at);
  void mismatch(Span at, Ty *expected, Ty *found, const Reason &reason,
                const Expr *expr, Disagreement why);

  Group &group;
  World &world;
  TypeStore &types;
  Library &library;
  FunctionDecl &function;
  ModuleDecl &module;

  std::vector<Local> locals;
  llvm::DenseMap<llvm::StringRef, int> names;
  llvm::DenseMap<core::Variable *, Lifted *> homes;
  TypeScope typeScope;
  Lifted *place = nullptr;
  Callable *callable = nullptr;
  /// While an or-pattern's later alternatives are inferred: names of the first.
  llvm::StringMap<core::Variable *> *alternative = nullptr;
  llvm::StringMap<Span> *boundNames = nullptr;
  unsigned depth = 0;
};

} // namespace snow::check

#endif // SNOW_CHECK_INFER_H
