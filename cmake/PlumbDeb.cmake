# `make deb`: Debian packages of the installed tree, by CPack. A package a component:
#
#   tools     plumb              programs, man pages, completions
#   compiler  libplumb           libPlumb, libPlumbC, the plugin for mlir-opt
#   runtime   libplumb-runtime   libPlumbRuntime.so, for programs that link it
#   python    python3-plumb      the Python package, on libplumb
#   dev       libplumb-dev       headers, records, archives, CMake package, pages
#
# What a package needs of the distribution's libraries, dpkg-shlibdeps finds in its
# files. The packages are for the release that they are built on, and say so in their
# version. docs/decisions/debian-package.md says why CPack.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME plumb)
set(CPACK_PACKAGE_VENDOR Plumb)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL tools compiler runtime python dev)
# Debian has its man pages compressed.
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/deb/CompressManual.cmake)

# The two variables of Debian's own tools.
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Plumb authors <nobody@example.org>")
if(DEFINED ENV{DEBEMAIL})
  set(CPACK_DEBIAN_PACKAGE_MAINTAINER "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()

set(release 1)
if(EXISTS /etc/os-release)
  file(STRINGS /etc/os-release id REGEX "^VERSION_ID=")
  if(id MATCHES "=\"?([0-9.]+)")
    string(APPEND release "+deb${CMAKE_MATCH_1}")
  endif()
endif()
set(CPACK_DEBIAN_PACKAGE_RELEASE ${release})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/lib)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY "=")
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)

# Else the project's goes before each of ours.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(about "One record describes a runtime function; the operation, its checks, the
declaration, the C header and the tests follow from it. The family `ws` is
WebSocket servers and rooms.")

# plumb_deb(<component> PACKAGE <name> SUMMARY <line> TEXT <text>
#           [DEPENDS <component>...] [NEEDS <package>...] [RECOMMENDS <package>...])
function(plumb_deb component)
  cmake_parse_arguments(ARG "" "PACKAGE;SUMMARY;TEXT" "DEPENDS;NEEDS;RECOMMENDS" ${ARGN})
  string(TOUPPER ${component} name)
  list(JOIN ARG_NEEDS ", " needs)
  list(JOIN ARG_RECOMMENDS ", " recommends)
  foreach(item
      "CPACK_DEBIAN_${name}_PACKAGE_NAME:${ARG_PACKAGE}"
      "CPACK_DEBIAN_${name}_PACKAGE_DEPENDS:${needs}"
      "CPACK_DEBIAN_${name}_PACKAGE_RECOMMENDS:${recommends}"
      "CPACK_COMPONENT_${name}_DESCRIPTION:${ARG_SUMMARY}\n${about}\n\n${ARG_TEXT}"
      "CPACK_COMPONENT_${name}_DEPENDS:${ARG_DEPENDS}")
    string(REGEX MATCH "^([^:]+):(.*)$" matched "${item}")
    set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}" PARENT_SCOPE)
  endforeach()
  if(component MATCHES "runtime|compiler")
    set(CPACK_DEBIAN_${name}_PACKAGE_SECTION libs PARENT_SCOPE)
  elseif(component STREQUAL "dev")
    set(CPACK_DEBIAN_${name}_PACKAGE_SECTION libdevel PARENT_SCOPE)
  endif()
  # What Debian wants of every package; `make install` leaves it out.
  set(dir ${CMAKE_BINARY_DIR}/package/${ARG_PACKAGE})
  set(version ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/deb/copyright.in ${dir}/copyright @ONLY)
  string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/deb/changelog.in ${dir}/changelog.Debian @ONLY)
  execute_process(COMMAND gzip -9nf ${dir}/changelog.Debian)
  set(overrides ${PROJECT_SOURCE_DIR}/cmake/deb/${ARG_PACKAGE}.lintian-overrides)
  if(EXISTS ${overrides})
    install(FILES ${overrides} COMPONENT ${component} RENAME ${ARG_PACKAGE}
            DESTINATION share/lintian/overrides EXCLUDE_FROM_ALL)
  endif()
  install(FILES ${dir}/copyright ${dir}/changelog.Debian.gz COMPONENT ${component}
          DESTINATION share/doc/${ARG_PACKAGE} EXCLUDE_FROM_ALL)
endfunction()

plumb_deb(runtime PACKAGE libplumb-runtime
  SUMMARY "runtime intrinsics from one record - shared runtime"
  TEXT "This package has the shared runtime library.")
plumb_deb(compiler PACKAGE libplumb
  SUMMARY "runtime intrinsics from one record - compiler libraries"
  TEXT "This package has the compiler library, its C API and the plugin for mlir-opt.")
plumb_deb(python PACKAGE python3-plumb DEPENDS compiler NEEDS "python3 (>= 3.11)"
  RECOMMENDS libplumb-runtime
  SUMMARY "runtime intrinsics from one record - Python package"
  TEXT "This package has the Python package plumb, for front ends in Python.")
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/cmake/deb/python3-plumb/prerm)
# What plumbc links into a program, and find_package(Plumb) asks for.
plumb_deb(dev PACKAGE libplumb-dev DEPENDS runtime compiler
  NEEDS libssl-dev liburing-dev zlib1g-dev libzstd-dev RECOMMENDS libmlir-22-dev cmake
  SUMMARY "runtime intrinsics from one record - development files"
  TEXT "This package has headers, records, the static runtime and the manual.")
plumb_deb(tools PACKAGE plumb DEPENDS dev
  NEEDS "g++ | clang-22 | c++-compiler" RECOMMENDS clang-22
  SUMMARY "runtime intrinsics from one record - tools"
  TEXT "This package has plumbc, plumb-run, plumb-opt, the language server and more.")

include(CPack)
