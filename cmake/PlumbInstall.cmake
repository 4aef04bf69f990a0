# Where things are installed, below the prefix. Each folder installs its own.
#
#   bin/                    the tools
#   lib/                    libPlumb, the plugin, the runtime; cmake/Plumb, pkgconfig
#   include/plumb/          C headers: what a runtime implements; in its folders
#                           C++ headers and records: "plumb/Passes/Passes.h"
#   include/plumb-c/        the C API
#   lib/python3/dist-packages/plumb/  the Python package
#   share/plumb/families/   JSON of the built-in families
#   share/doc/plumb/        these pages and the reference
#
# No file has a path of the machine that built it. The folders are fixed: tools
# find libraries, records and the generator by their places beside each other.
#
# Components are those of the Debian packages: PlumbDeb.cmake. Where no component is
# named it is `dev`.

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME dev)
set(PLUMB_INSTALL_INCLUDE include)
set(PLUMB_INSTALL_C ${PLUMB_INSTALL_INCLUDE}/plumb)
set(PLUMB_INSTALL_CMAKE lib/cmake/Plumb)

# plumb_install(<component> <target>...): programs and libraries, also for
# find_package(Plumb COMPONENTS <component>): Runtime, C or Compiler. The global
# property PLUMB_TOOLS lists the programs.
function(plumb_install component)
  foreach(target IN LISTS ARGN)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "EXECUTABLE")
      set_property(GLOBAL APPEND PROPERTY PLUMB_TOOLS ${target})
    endif()
  endforeach()
  set(part compiler)
  if("PlumbRuntimeShared" IN_LIST ARGN)
    set(part runtime)
  endif()
  set_property(GLOBAL APPEND PROPERTY PLUMB_COMPONENTS ${component})
  install(TARGETS ${ARGN} EXPORT Plumb${component}Targets
          RUNTIME DESTINATION bin COMPONENT tools
          LIBRARY DESTINATION lib COMPONENT ${part} NAMELINK_COMPONENT dev
          ARCHIVE DESTINATION lib COMPONENT dev)
endfunction()

# Records that users include as "plumb/<folder>/<file>". The build folder has them
# where the installation has: tools look for records beside themselves.
function(plumb_public_records folder)
  file(MAKE_DIRECTORY ${PLUMB_INCLUDE_DIR}/plumb/${folder})
  foreach(file IN LISTS ARGN)
    cmake_path(GET file FILENAME name)
    file(CREATE_LINK ${file} ${PLUMB_INCLUDE_DIR}/plumb/${folder}/${name} SYMBOLIC)
  endforeach()
  install(FILES ${ARGN} DESTINATION ${PLUMB_INSTALL_C}/${folder})
endfunction()

# The public C++ headers of include/plumb/<folder>, all of them.
function(plumb_public_headers folder)
  file(GLOB files CONFIGURE_DEPENDS
       ${PROJECT_SOURCE_DIR}/include/plumb/${folder}/*.h)
  install(FILES ${files} DESTINATION ${PLUMB_INSTALL_C}/${folder})
endfunction()

# What a family's users need: C headers, JSON, records, and its op classes.
function(plumb_install_family name stem records)
  set(dir ${PLUMB_GENERATED_DIR}/${name})
  install(FILES ${PLUMB_INCLUDE_DIR}/plumb/${name}.h
                ${PLUMB_INCLUDE_DIR}/plumb/${name}.asserts.h
          DESTINATION ${PLUMB_INSTALL_C})
  install(FILES ${dir}/${name}.json DESTINATION share/plumb/families)
  install(FILES ${CMAKE_BINARY_DIR}/docs/reference/${name}.md
          DESTINATION share/doc/plumb/reference)
  install(FILES ${PLUMB_INCLUDE_DIR}/plumb/${stem}/${stem}Dialect.h
                ${PLUMB_INCLUDE_DIR}/plumb/${stem}/${stem}Dialect.h.inc
                ${PLUMB_INCLUDE_DIR}/plumb/${stem}/${stem}Types.h.inc
                ${PLUMB_INCLUDE_DIR}/plumb/${stem}/${stem}Ops.h.inc
          DESTINATION ${PLUMB_INSTALL_C}/${stem})
  # All of its record files: the one may include another.
  cmake_path(GET records PARENT_PATH folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.td)
  plumb_public_records(${stem} ${files})
endfunction()

# The families' C headers of another build; a build of everything installs them
# where it makes them.
function(plumb_install_c_headers)
  get_property(families GLOBAL PROPERTY PLUMB_FAMILIES)
  foreach(family IN LISTS families)
    install(FILES ${PLUMB_INCLUDE_DIR}/plumb/${family}.h
                  ${PLUMB_INCLUDE_DIR}/plumb/${family}.asserts.h
            DESTINATION ${PLUMB_INSTALL_C})
  endforeach()
endfunction()

# The package for find_package(Plumb); called when all targets are there.
function(plumb_install_package)
  include(CMakePackageConfigHelpers)
  set(package ${CMAKE_BINARY_DIR}/package)
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/PlumbConfig.cmake.in ${package}/PlumbConfig.cmake
    INSTALL_DESTINATION ${PLUMB_INSTALL_CMAKE}
    PATH_VARS PLUMB_INSTALL_INCLUDE NO_SET_AND_CHECK_MACRO)
  write_basic_package_version_file(${package}/PlumbConfigVersion.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
  install(FILES ${package}/PlumbConfig.cmake ${package}/PlumbConfigVersion.cmake
                ${PROJECT_SOURCE_DIR}/cmake/AddPlumb.cmake
          DESTINATION ${PLUMB_INSTALL_CMAKE})
  get_property(components GLOBAL PROPERTY PLUMB_COMPONENTS)
  list(REMOVE_DUPLICATES components)
  foreach(component IN LISTS components)
    install(EXPORT Plumb${component}Targets NAMESPACE Plumb::
            DESTINATION ${PLUMB_INSTALL_CMAKE})
    string(TOLOWER plumb-${component} name)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in
                   ${package}/${name}.pc @ONLY)
    install(FILES ${package}/${name}.pc DESTINATION lib/pkgconfig)
  endforeach()
  # For the ledgers of families of others.
  install(PROGRAMS ${PROJECT_SOURCE_DIR}/scripts/check-ledger
          DESTINATION bin COMPONENT tools RENAME plumb-check-ledger)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION share/doc/plumb
          FILES_MATCHING PATTERN "*.md" PATTERN "*.svg")
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
          DESTINATION share/doc/plumb)
endfunction()
