//===- IntrinsicInterfaces.td - The op interface -----------*- tablegen -*-===//

#ifndef PLUMB_INTRINSIC_INTRINSICINTERFACES_TD
#define PLUMB_INTRINSIC_INTRINSICINTERFACES_TD

include "mlir/IR/OpBase.td"

def IntrinsicOpInterface : OpInterface<"IntrinsicOpInterface"> {
  let cppNamespace = "::plumb::intr";
  let description = [{
    A call of a runtime function that a registered family describes. Operands
    are the row's parameters that are values, in order; parameters that are
    callbacks are symbol attributes under the parameter's name, and options are
    a dictionary under theirs. The last operands are the environments of those
    callbacks whose names are in the attribute `environment_names`, in its order.
    Verification, effects and speculatability come from the row.
  }];
  let methods = [
    InterfaceMethod<
      "The row of this call; null for a carrier op whose name nobody has.",
      "const plumb_intr_row *", "getIntrinsic", (ins), "", [{
        // Operations of their own come with their row: it is static data, the
        // same in every context that has the dialect.
        static const plumb_intr_row *row =
            ::plumb::intr::getRegistry($_op->getContext())
                .lookup(ConcreteOp::getOperationName());
        return row;
      }]>
  ];
  let extraTraitClassDeclaration = [{
    void getEffects(::llvm::SmallVectorImpl<::mlir::SideEffects::EffectInstance<
                        ::mlir::MemoryEffects::Effect>> &effects) {
      ::plumb::intr::detail::getIntrinsicEffects($_op, $_op.getIntrinsic(),
                                                 effects);
    }
    ::mlir::Speculation::Speculatability getSpeculatability() {
      return ::plumb::intr::detail::getIntrinsicSpeculatability(
          $_op, $_op.getIntrinsic());
    }
    /// `env(on_message = %value, ...)`, for the assembly format.
    static ::mlir::ParseResult parseEnvironments(
        ::mlir::OpAsmParser &parser,
        ::llvm::SmallVectorImpl<::mlir::OpAsmParser::UnresolvedOperand> &values,
        ::mlir::ArrayAttr &names) {
      return ::plumb::intr::detail::parseEnvironments(parser, values, names);
    }
    static void printEnvironments(::mlir::OpAsmPrinter &printer,
                                  ::mlir::Operation *op,
                                  ::mlir::OperandRange values,
                                  ::mlir::ArrayAttr names) {
      ::plumb::intr::detail::printEnvironments(printer, op, values, names);
    }
    ::llvm::LogicalResult
    verifySymbolUses(::mlir::SymbolTableCollection &symbolTable) {
      return ::plumb::intr::detail::verifyCallbacks($_op, symbolTable);
    }
  }];
  let verify = [{
    return ::plumb::intr::detail::verifyIntrinsic($_op);
  }];
}

#endif // PLUMB_INTRINSIC_INTRINSICINTERFACES_TD
