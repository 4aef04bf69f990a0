//===- Obligations.cpp - What types must be able to do --------------------===//

#include "frontends/snow/check/Obligations.h"

namespace snow::check {

using llvm::StringRef;

bool Obligations::isArithmetic(const TraitDecl &trait) {
  return !trait.module && trait.associatedNames.size() == 1 &&
         trait.associatedNames[0] == "Output";
}

void Obligations::wait(unsigned number, Ty *subject) {
  subject = TypeStore::find(subject);
  if (subject->waiters < 0) {
    subject->waiters = lists.size();
    lists.emplace_back();
  }
  lists[subject->waiters].push_back(number);
}

void Obligations::require(Requirement requirement) {
  switch (attempt(requirement)) {
  case Outcome::Met:
    return;
  case Outcome::Fails:
    return fail(requirement);
  case Outcome::Waits:
    break;
  }
  Waiting &waiting = all.emplace_back();
  waiting.subject = requirement.bound.subject;
  waiting.requirement = std::move(requirement);
  if (TypeStore::isVariable(waiting.subject))
    wait(all.size() - 1, waiting.subject);
}

void Obligations::defer(llvm::ArrayRef<Ty *> involved,
                        std::function<void()> attempt,
                        std::function<void()> giveUp) {
  Waiting &waiting = all.emplace_back();
  waiting.subject = involved.front();
  waiting.involved.assign(involved.begin(), involved.end());
  waiting.attempt = std::move(attempt);
  waiting.giveUp = std::move(giveUp);
  wait(all.size() - 1, waiting.subject);
}

void Obligations::retry(unsigned number) {
  Waiting &waiting = all[number];
  if (waiting.done)
    return;
  if (waiting.attempt) {
    if (TypeStore::isVariable(waiting.subject))
      return wait(number, waiting.subject);
    waiting.done = true;
    auto attempt = std::move(waiting.attempt);
    return attempt();
  }
  Requirement requirement = std::move(waiting.requirement);
  Outcome outcome = this->attempt(requirement);
  if (outcome == Outcome::Waits) {
    waiting.requirement = std::move(requirement);
    if (TypeStore::isVariable(waiting.subject))
      wait(number, waiting.subject);
    return;
  }
  waiting.done = true;
  if (outcome == Outcome::Fails)
    fail(requirement);
}

void Obligations::flush() {
  while (!types.woken.empty() || !types.mergedWaiters.empty()) {
    auto merged = std::move(types.mergedWaiters);
    types.mergedWaiters.clear();
    for (auto [kept, gone] : merged)
      llvm::append_range(lists[kept], lists[gone]);
    auto woken = std::move(types.woken);
    types.woken.clear();
    for (int list : woken) {
      auto numbers = std::move(lists[list]);
      lists[list].clear();
      for (unsigned number : numbers)
        retry(number);
    }
  }
}

void Obligations::settleDefaults() {
  flush();
  // a + b on types that are not known gives what a and b are.
  for (size_t i = firstOpen; i < all.size(); ++i)
    if (!all[i].done && !all[i].attempt &&
        isArithmetic(*all[i].requirement.bound.trait))
      types.unify(all[i].requirement.bound.associated[0],
                  all[i].requirement.bound.subject);
  flush();
}

void Obligations::giveUp() {
  for (size_t i = firstOpen; i < all.size(); ++i) {
    if (all[i].done || !all[i].attempt)
      continue;
    if (!TypeStore::isVariable(all[i].subject)) {
      retry(i);
      continue;
    }
    all[i].done = true;
    auto giveUp = std::move(all[i].giveUp);
    giveUp();
    flush();
  }
}

std::vector<Requirement> Obligations::takeWaiting() {
  flush();
  std::vector<Requirement> taken;
  for (size_t i = firstOpen; i < all.size(); ++i) {
    if (all[i].done || all[i].attempt)
      continue;
    all[i].done = true;
    taken.push_back(std::move(all[i].requirement));
  }
  firstOpen = all.size();
  return taken;
}

void Obligations::settleDeeper(unsigned mark) {
  flush();
  for (size_t i = mark; i < all.size(); ++i) {
    if (all[i].done)
      continue;
    if (all[i].attempt) {
      for (Ty *each : all[i].involved)
        types.lower(each, types.level);
      continue;
    }
    BoundDecl &bound = all[i].requirement.bound;
    Ty *subject = TypeStore::find(bound.subject);
    bool isDeeper =
        subject->kind == Ty::Kind::Variable && subject->level > types.level;
    if (isArithmetic(*bound.trait) && isDeeper)
      types.unify(bound.associated[0], subject);
    if (isDeeper)
      continue;
    for (Ty *each : bound.arguments)
      types.lower(each, types.level);
    for (Ty *each : bound.associated)
      types.lower(each, types.level);
  }
  flush();
}

std::vector<Requirement> Obligations::takeOwned(unsigned mark, void *owner) {
  std::vector<Requirement> taken;
  for (size_t i = mark; i < all.size(); ++i) {
    if (all[i].done || all[i].attempt)
      continue;
    Ty *subject = TypeStore::find(all[i].requirement.bound.subject);
    if (subject->kind == Ty::Kind::Rigid && subject->owner == owner) {
      all[i].done = true;
      taken.push_back(std::move(all[i].requirement));
    } else {
      types.lower(subject, types.level);
    }
  }
  return taken;
}

void Obligations::settleRest(std::vector<Requirement> waiting) {
  for (Requirement &each : waiting)
    if (TypeStore::isVariable(each.bound.subject) &&
        (isArithmetic(*each.bound.trait) ||
         world.isKnown(each.bound.trait, "Number")))
      types.unify(each.bound.subject, world.library.integer);
  for (Requirement &each : waiting)
    if (TypeStore::isVariable(each.bound.subject))
      types.unify(each.bound.subject, world.library.unit);
  for (Requirement &each : waiting)
    require(std::move(each));
  flush();
  for (size_t i = firstOpen; i < all.size(); ++i)
    if (!all[i].done && !all[i].attempt) {
      all[i].done = true;
      fail(all[i].requirement);
    }
  firstOpen = all.size();
}

} // namespace snow::check
