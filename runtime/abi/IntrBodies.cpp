//===- IntrBodies.cpp - the bodies of the core family ---------------------===//

#include "plumb/intr.bodies.h"
#include "runtime/abi/Contain.h"

using namespace plumb::rt;

PLUMB_BODY(intr, abort) { abortProgram(view(why)); }
