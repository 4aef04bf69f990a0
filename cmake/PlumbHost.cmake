# The runtime for another machine than the one that builds it: with
# PLUMB_HOST_BUILD, the runtime and its unit tests alone are built, without MLIR.
# Generated files and plumb-tblgen are the other build's, which must be complete:
#
#   cmake -B build/aarch64 -DPLUMB_HOST_BUILD=$PWD/build/release \
#     -DCMAKE_TOOLCHAIN_FILE=cmake/aarch64-linux-gnu.cmake -DPLUMB_SYSROOT=...
#
# docs/aarch64.md has the whole of it.

set(PLUMB_HOST_BUILD "" CACHE PATH
    "A build of these sources for this machine: build only the runtime, with it")
if(CMAKE_CROSSCOMPILING AND NOT PLUMB_HOST_BUILD)
  message(FATAL_ERROR "to compile for another machine, set PLUMB_HOST_BUILD to a "
                      "build folder of these sources, made for this machine")
endif()

# In a build of everything: writes what the other build must know of the families.
function(plumb_describe_host_build)
  set(text "set(MLIR_INCLUDE_DIRS ${MLIR_INCLUDE_DIRS})\n")
  foreach(list PLUMB_FAMILIES PLUMB_FAMILY_STEMS)
    get_property(values GLOBAL PROPERTY ${list})
    string(APPEND text "set_property(GLOBAL PROPERTY ${list} ${values})\n")
  endforeach()
  get_property(families GLOBAL PROPERTY PLUMB_FAMILIES)
  foreach(family IN LISTS families)
    foreach(property PLUMB_RECORDS_${family} PLUMB_BODIES_${family})
      get_property(values GLOBAL PROPERTY ${property})
      string(APPEND text "set_property(GLOBAL PROPERTY ${property} ${values})\n")
    endforeach()
  endforeach()
  string(REPLACE ";" " " text "${text}")
  file(CONFIGURE OUTPUT ${PLUMB_GENERATED_DIR}/families.cmake CONTENT "${text}")
endfunction()

# What dialects/ makes in a build of everything, taken from PLUMB_HOST_BUILD.
macro(plumb_use_host_build)
  if(NOT EXISTS ${PLUMB_HOST_BUILD}/generated/families.cmake)
    message(FATAL_ERROR "PLUMB_HOST_BUILD must be a build folder of these sources, "
                        "but '${PLUMB_HOST_BUILD}' has no generated/families.cmake")
  endif()
  set(PLUMB_PUBLIC_DIR ${PROJECT_SOURCE_DIR}/include)
  set(PLUMB_GENERATED_DIR ${PLUMB_HOST_BUILD}/generated)
  set(PLUMB_INCLUDE_DIR ${PLUMB_HOST_BUILD}/include)
  include(${PLUMB_GENERATED_DIR}/families.cmake)
  add_executable(plumb-tblgen IMPORTED GLOBAL)
  set_target_properties(plumb-tblgen PROPERTIES
                        IMPORTED_LOCATION ${PLUMB_HOST_BUILD}/bin/plumb-tblgen)
  get_property(stems GLOBAL PROPERTY PLUMB_FAMILY_STEMS)
  foreach(stem IN LISTS stems)
    add_custom_target(PlumbHeaders${stem})
  endforeach()
endmacro()
