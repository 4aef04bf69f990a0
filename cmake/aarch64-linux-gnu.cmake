# Toolchain file: AArch64 with clang 22 and the packages of scripts/arm64-sysroot,
# whose folder PLUMB_SYSROOT names. Tests run in QEMU's user-mode emulator.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

set(PLUMB_SYSROOT "" CACHE PATH "Folder that scripts/arm64-sysroot has made")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES PLUMB_SYSROOT)
if(NOT EXISTS ${PLUMB_SYSROOT}/complete)
  message(FATAL_ERROR "PLUMB_SYSROOT must be a folder that scripts/arm64-sysroot "
                      "has made, but is '${PLUMB_SYSROOT}'")
endif()
set(CMAKE_SYSROOT ${PLUMB_SYSROOT})

foreach(language C CXX)
  set(CMAKE_${language}_COMPILER_TARGET aarch64-linux-gnu)
endforeach()
set(CMAKE_C_COMPILER clang-22)
set(CMAKE_CXX_COMPILER clang++-22)
foreach(kind EXE SHARED MODULE)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT -fuse-ld=lld)
endforeach()

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Debian 13 has the same program in another package.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L ${PLUMB_SYSROOT})
