//===- Probes.h - Arguments of generated tests ------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_PROBES_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_PROBES_H

#include "model/Family.h"
#include <optional>
#include <set>

namespace plumb::tblgen {

/// The type in a program in which every type variable stands for i64.
std::string concreteMlir(const plumb_intr_type &type);

/// Makes values that a body must refuse or survive at once: -1, a null handle,
/// an empty list, a closure that gives back zero.
class Probes {
public:
  explicit Probes(const plumb_intr_family &family) : family(family) {}

  /// Lines of a function's body that make `%name`. Nothing when nobody knows
  /// how to make an object of the type: its family has no row that does, of
  /// arguments that can be made.
  std::optional<std::string> make(const plumb_intr_type &type,
                                  llvm::StringRef name);
  /// What they refer to, beside the function.
  std::string functions() const;

private:
  std::optional<std::string> makeObject(const plumb_intr_type &type,
                                        llvm::StringRef name);
  std::string makeClosure(const plumb_intr_type &type, llvm::StringRef name);
  std::optional<std::string> makeByRow(const plumb_intr_type &type,
                                       llvm::StringRef name);

  const plumb_intr_family &family;
  std::set<std::string> declared;
  std::set<const plumb_intr_row *> inUse; ///< rows that make a value just now
};

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_PROBES_H
