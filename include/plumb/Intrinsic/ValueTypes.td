//===- ValueTypes.td - Types of programs' values -----------*- tablegen -*-===//
//
// The names that several families share. Their layouts: plumb/object.h.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_VALUETYPES_TD
#define PLUMB_INTRINSIC_VALUETYPES_TD

include "plumb/Intrinsic/Intrinsic.td"

def A : TypeVariable<"A">;
def B : TypeVariable<"B">;
def K : TypeVariable<"K">;
def V : TypeVariable<"V">;

// A text that the caller owns, or lends with all that is around it. Where a row
// only reads a text it takes Str, which needs no copy of a String.
def String : ObjectType<"String", [], "plumb_string *">;
def OrderingValue : ObjectType<"Ordering", [], "plumb_ordering *">;
def RangeValue : ObjectType<"Range", [], "plumb_range *">;
class ListOf<Type t> : ObjectType<"List", [t], "plumb_list *">;
class QueueOf<Type t> : ObjectType<"Queue", [t], "plumb_queue *">;
class MapOf<Type key, Type value>
    : ObjectType<"Map", [key, value], "plumb_map *">;
class SetOf<Type t> : ObjectType<"Set", [t], "plumb_set *">;
class OptionOf<Type t> : ObjectType<"Option", [t], "plumb_option *">;
class ResultOf<Type ok, Type err>
    : ObjectType<"Result", [ok, err], "plumb_result *">;
class IterOf<Type t> : ObjectType<"Iter", [t], "plumb_iter *">;
class PairOf<Type first, Type second> : TupleObject<[first, second]>;

// Of rows that end the program, or its actor, when they cannot do what is asked.
class MayFail {
  list<Touch> touches = [Writes<Intr_Failure>];
}

#endif // PLUMB_INTRINSIC_VALUETYPES_TD
