//===- RecordSignature.h - The C function of a record -----------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_RECORDSIGNATURE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_RECORDSIGNATURE_H

#include "plumb/Model/Names.h"
#include "tools/plumb-abi/readers/CSignature.h"
#include "llvm/ADT/DenseMap.h"

namespace plumb::abi {

/// The only field of a drafted struct that is storage of the right size alone,
/// since records cannot say what is in it.
inline constexpr llvm::StringLiteral opaqueField = "opaque_";
bool isOpaqueStorage(const plumb_intr_struct &structure);

/// Makes C signatures of the rows of descriptors.
class RecordSignatures {
public:
  explicit RecordSignatures(CTypes &types) : types(types) {}
  /// Knows the family's structs behind pointers that are spelled with their
  /// names.
  RecordSignatures(CTypes &types, const plumb_intr_family &family);

  const CSignature &of(const plumb_intr_row &row);
  const CSignature &of(const plumb_intr_callback &callback);
  const CType *type(const plumb_intr_type &type);

private:
  const CType *make(const plumb_intr_type &type);
  const CType *makeInteger(const plumb_intr_type &type);
  const CType *makeEnum(const plumb_intr_type &type);
  const CType *makeStruct(const plumb_intr_struct &structure);
  const CType *known(const CType *pointee);
  const CType *makeText(const plumb_intr_type &type);
  const CType *constPointer(const CType *pointee);
  const CType *part(const plumb_intr_param &param, model::Part part);
  void append(CSignature &signature, const plumb_intr_param &param);

  CTypes &types;
  llvm::DenseMap<const void *, const CType *> made;
  llvm::StringMap<const plumb_intr_struct *> structs;
  llvm::StringMap<const plumb_intr_type *> handles; ///< by their C names
};

/// The pointee of a C pointer type as a person spells it ("const struct tm *",
/// "FILE *"); null when it says nothing.
const CType *parsePointee(CTypes &types, llvm::StringRef spelling);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_RECORDSIGNATURE_H
