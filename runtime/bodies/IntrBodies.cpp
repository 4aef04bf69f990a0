//===- IntrBodies.cpp - the bodies of the core family ---------------------===//

#include "plumb/Runtime/Contain.h"
#include "plumb/intr.bodies.h"

using namespace plumb::rt;

PLUMB_BODY(intr, abort) { abortProgram(view(why)); }
