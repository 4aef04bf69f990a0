# Compiler, linker and sanitizer settings that every target shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# Programs find libraries beside them, in the build folder and where they are
# installed; MLIR's libraries stay where CMake found them.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Until 1.0 a minor version may change what programs link to.
set(PLUMB_SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
function(plumb_version_library target)
  set_target_properties(${target} PROPERTIES
    VERSION ${PROJECT_VERSION} SOVERSION ${PLUMB_SOVERSION})
endfunction()

option(PLUMB_BUILD_RUNTIME
       "The runtime, and plumb-run with it inside: needs Boost, OpenSSL, zlib and liburing"
       ON)

set(PLUMB_SANITIZE "" CACHE STRING
    "Sanitizers for all code, as in -fsanitize=: address,undefined or thread")

add_compile_options(-Wall -Wextra -Wno-unused-parameter)
if(PLUMB_SANITIZE)
  add_compile_options(-fsanitize=${PLUMB_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLUMB_SANITIZE})
endif()

# What makes faults harder to use, as far as it costs nothing that can be measured:
# docs/decisions/hardening.md. Sanitizers have means of their own.
option(PLUMB_HARDEN "Stack protector, checked libc calls, full RELRO" ON)
if(PLUMB_HARDEN AND NOT PLUMB_SANITIZE)
  # -U: some distributions' compilers define another level. Without optimisation
  # there is nothing that it could check.
  add_compile_options(-fstack-protector-strong -fstack-clash-protection
    "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
  add_link_options(LINKER:-z,relro LINKER:-z,now)
endif()
# -pie for programs, which are compiled as such.
include(CheckPIESupported)
check_pie_supported()

include(CheckLinkerFlag)
check_linker_flag(CXX -fuse-ld=lld PLUMB_HAS_LLD)
if(PLUMB_HAS_LLD)
  add_link_options(-fuse-ld=lld)
endif()

# What was compiled in one copy of the project serves another, such as the
# scratch copies that tests build: hence the base folder and no hash of the
# working folder. Generated headers are new files with old content, so their
# times do not count.
find_program(PLUMB_CCACHE ccache)
if(PLUMB_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(launcher ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=time_macros,include_file_mtime,include_file_ctime,pch_defines
      CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      ${PLUMB_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
