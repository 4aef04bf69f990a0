# add_intrinsic_family(<name> STEM <Stem> RECORDS <file.td>
#                      [PLUGIN <target> [SOURCES <file>...] [BODIES <file>...]
#                                       [LINK <library>...]]
#                      [BODIES <file>...] [OPTIONS <name>] [APART]
#                      [LEDGER <file.abi>] [VERSION <version>])
#
# Everything that follows from one family file. For family `ws` with stem `Ws`:
#   PlumbHeadersWs    target that runs every generator: C headers, the C
#                     functions around the bodies, tests, JSON, reference page
#                     and export list
#   PlumbDialectWs    object library: descriptor, op classes, dialect
#
# With PLUGIN, a shared library of that name for --load-family and --runtime: the
# dialect, and the runtime, which is SOURCES, in C or C++. Each of SOURCES is held
# to the generated header <plumb/ws.h>, and a function that is missing stops the
# build. lib<target>-runtime.a is the runtime alone, for `plumbc --runtime`.
# BODIES are C++ sources that define all functions of the family by PLUMB_BODY:
# the C functions around them, which contain exceptions, are generated. Projects
# that found Plumb by find_package use this form.
#
# Without, in Plumb's own tree: the dialect is part of libPlumb, PlumbJitWs has
# the addresses of the C functions, and runtime/CMakeLists.txt compiles the bodies:
# runtime/bodies/WsBodies.cpp, and BODIES, more sources there. A family with BODIES, or
# APART, is one that a program without it must not have to link. OPTIONS is a name for the
# C++ header that has the family's options as a struct, <OPTIONS>.inc.
# The global properties PLUMB_FAMILIES and PLUMB_FAMILY_STEMS list names and stems
# in the order in which the families were added, and PLUMB_BODIES_<name> the BODIES
# of each.
#
# The records are held to the family's ledger, abi/<name>.abi of the project
# unless LEDGER names another; VERSION is the project's unless it is given. See
# docs/versions.md.

# Where generated files go, where the public headers among them go, and where the
# public headers and record classes are that are not generated. The installed
# package has set them before.
if(NOT PLUMB_PUBLIC_DIR)
  set(PLUMB_PUBLIC_DIR ${PROJECT_SOURCE_DIR}/include)
  set(PLUMB_PRIVATE_DIR ${PROJECT_SOURCE_DIR})
  set(PLUMB_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
  set(PLUMB_INCLUDE_DIR ${CMAKE_BINARY_DIR}/include)
endif()
set(PLUMB_TABLEGEN_INCLUDES -I ${PLUMB_PUBLIC_DIR} -I ${PLUMB_INCLUDE_DIR}
    -I ${MLIR_INCLUDE_DIRS})

# Runs a generator on a record file. Paths are absolute, because a depfile's
# relative ones would be looked for in the build folder; plumb-tblgen is told
# what to leave out of the paths that it writes.
function(plumb_generate tool records output)
  get_filename_component(folder ${output} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  set(root)
  if(tool STREQUAL "plumb-tblgen")
    set(root --source-root=${PROJECT_SOURCE_DIR})
    if(NOT TARGET plumb-tblgen)
      set(tool Plumb::plumb-tblgen)
    endif()
  endif()
  # TableGen does not escape the blanks of a path in a depfile, so that it names
  # files that there are not: then all record files around are the dependencies.
  set(included DEPFILE ${output}.d)
  if("${records}${PLUMB_TABLEGEN_INCLUDES}${output}" MATCHES " ")
    get_filename_component(beside ${records} DIRECTORY)
    file(GLOB files ${beside}/*.td)
    file(GLOB_RECURSE public ${PLUMB_PUBLIC_DIR}/*.td)
    set(included)
    list(APPEND PLUMB_GENERATE_DEPENDS ${files} ${public})
  endif()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${tool} ${ARGN} ${root} ${records} ${PLUMB_TABLEGEN_INCLUDES}
            --write-if-changed -o ${output} -d ${output}.d
    DEPENDS ${tool} ${records} ${PLUMB_GENERATE_DEPENDS}
    ${included}
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
    COMMENT "Generating ${output}"
    VERBATIM)
endfunction()

# Makes `stamp` when the records keep what the family's ledger says. A family
# without a ledger has promised nothing yet. `plumb-ledger` writes the ledgers
# of all families; `plumb-ledger-release` says that this version is released.
if(NOT TARGET plumb-ledger)
  add_custom_target(plumb-ledger)
  add_custom_target(plumb-ledger-release)
endif()
function(plumb_add_ledger name records ledger version stamp)
  if(NOT ledger)
    set(ledger ${PROJECT_SOURCE_DIR}/abi/${name}.abi)
  endif()
  cmake_path(ABSOLUTE_PATH ledger NORMALIZE)
  # A depfile cannot say it: it may not exist yet.
  set(PLUMB_GENERATE_DEPENDS)
  if(EXISTS ${ledger})
    set(PLUMB_GENERATE_DEPENDS ${ledger})
  endif()
  plumb_generate(plumb-tblgen ${records} ${stamp} -check-ledger=${ledger}
                 -family-version=${version})
  set(tblgen plumb-tblgen)
  if(NOT TARGET plumb-tblgen)
    set(tblgen Plumb::plumb-tblgen)
  endif()
  foreach(target plumb-ledger plumb-ledger-release)
    set(release)
    if(target MATCHES release)
      set(release -release)
    endif()
    add_custom_target(${target}-${name}
      COMMAND ${tblgen} -update-ledger=${ledger} ${release}
              -family-version=${version} ${records} ${PLUMB_TABLEGEN_INCLUDES}
              --write-if-changed -o ${ledger}
      COMMENT "Writing ${ledger}"
      VERBATIM)
    add_dependencies(${target} ${target}-${name})
  endforeach()
endfunction()

# Stops the build of `target`, a runtime library, when an intrinsic of the
# families has no function or body in it, or when it exports a function under a
# family's prefix that no record has. To be called where the target is made.
function(plumb_check_runtime target)
  # With PLUMB_HOST_BUILD there need not be an MLIR here; the other build has
  # checked the same sources.
  if(PLUMB_HOST_BUILD AND NOT EXISTS ${MLIR_INCLUDE_DIRS}/mlir/IR/OpBase.td)
    return()
  endif()
  set(tblgen plumb-tblgen)
  if(NOT TARGET plumb-tblgen)
    set(tblgen Plumb::plumb-tblgen)
  endif()
  foreach(family IN LISTS ARGN)
    get_property(records GLOBAL PROPERTY PLUMB_RECORDS_${family})
    add_custom_command(TARGET ${target} POST_BUILD
      COMMAND ${tblgen} -check-runtime=$<TARGET_FILE:${target}> ${records}
              ${PLUMB_TABLEGEN_INCLUDES}
              -o ${CMAKE_CURRENT_BINARY_DIR}/${target}.${family}.checked
      VERBATIM)
  endforeach()
endfunction()

# The sources that `target` has take what cmake/PlumbHeaders.cmake has parsed, in
# Plumb's own tree.
function(plumb_reuse_headers target from)
  if(NOT TARGET ${from})
    return()
  endif()
  set(parsed ${CMAKE_BINARY_DIR}/${from}.pch)
  # -fPIC as these are; programs are else compiled as such.
  target_compile_options(${target} PRIVATE -fPIC "SHELL:-include-pch \"${parsed}\"")
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS ${parsed})
  add_dependencies(${target} ${from})
endfunction()

# Settings of every library that includes MLIR's headers.
function(plumb_mlir_library target)
  target_include_directories(${target} SYSTEM PUBLIC
    $<BUILD_INTERFACE:${MLIR_INCLUDE_DIRS}>
    $<BUILD_INTERFACE:${LLVM_INCLUDE_DIRS}>)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PLUMB_PUBLIC_DIR}>
    $<BUILD_INTERFACE:${PLUMB_INCLUDE_DIR}>
    $<BUILD_INTERFACE:${PLUMB_GENERATED_DIR}>)
  if(PLUMB_PRIVATE_DIR)
    target_include_directories(${target} PUBLIC
      $<BUILD_INTERFACE:${PLUMB_PRIVATE_DIR}>)
  endif()
  # As LLVM itself is built; needed to link classes with virtual functions.
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti>)
  plumb_reuse_headers(${target} PlumbMlirHeaders)
endfunction()

# A part of libPlumb, the one library that tools, plugins and families share:
# a second copy would be a second registry, with TypeIDs of its own. Linking a
# part gives its headers; what uses its code links PlumbCompiler.
function(plumb_compiler_part target)
  add_library(${target} OBJECT ${ARGN})
  plumb_mlir_library(${target})
  # What leaves the library is said once, in cmake/Plumb.map.
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET default)
  set_property(GLOBAL APPEND PROPERTY PLUMB_COMPILER_PARTS ${target})
endfunction()

# plumb_family_files(<name> <stem> <records> <version> <ours> <mlirs>
#                    [<action>:<file>...])
# Generates what every family has, and the further files; sets <ours> and <mlirs>
# to what plumb-tblgen and mlir-tblgen make.
function(plumb_family_files name stem records version ours mlirs)
  set(dir ${PLUMB_GENERATED_DIR}/${name})
  set(headers ${PLUMB_INCLUDE_DIR}/plumb)
  set(classes ${headers}/${stem})
  # Ours first: its errors name every bad record, mlir-tblgen's only one.
  foreach(item
      descriptor:${dir}/${name}.descriptor.cpp
      dialect-header:${classes}/${stem}Dialect.h
      dialect-source:${dir}/${stem}Dialect.cpp
      c-header:${headers}/${name}.h
      bodies:${headers}/${name}.bodies.h
      asserts:${headers}/${name}.asserts.h
      abi-table:${dir}/${name}.abi-table.cpp
      exports:${dir}/${name}.map
      status-rows:${dir}/${name}.statuses.def
      jit-table:${dir}/${name}.jit.cpp
      json:${dir}/${name}.json
      ${ARGN})
    string(REGEX MATCH "^([a-z-]+):(.*)$" matched ${item})
    plumb_generate(plumb-tblgen ${records} ${CMAKE_MATCH_2} -gen-${CMAKE_MATCH_1}
                   -family-version=${version})
    list(APPEND outputs ${CMAKE_MATCH_2})
  endforeach()
  foreach(item
      gen-dialect-decls:Dialect.h.inc gen-dialect-defs:Dialect.cpp.inc
      gen-typedef-decls:Types.h.inc gen-typedef-defs:Types.cpp.inc
      gen-op-decls:Ops.h.inc gen-op-defs:Ops.cpp.inc)
    string(REPLACE ":" ";" item ${item})
    list(GET item 0 action)
    list(GET item 1 suffix)
    # The file also sees the records of the core dialect.
    set(dialect)
    if(action MATCHES "dialect")
      set(dialect -dialect=${name})
    elseif(action MATCHES "typedef")
      set(dialect -typedefs-dialect=${name})
    endif()
    set(output ${dir}/${stem}${suffix})
    if(suffix MATCHES "\\.h\\.inc$")
      set(output ${classes}/${stem}${suffix})
    endif()
    plumb_generate(mlir-tblgen ${records} ${output} -${action} ${dialect})
    list(APPEND mlirOutputs ${output})
  endforeach()
  set(${ours} ${outputs} PARENT_SCOPE)
  set(${mlirs} ${mlirOutputs} PARENT_SCOPE)
endfunction()

function(add_intrinsic_family name)
  cmake_parse_arguments(ARG "APART" "RECORDS;STEM;LEDGER;VERSION;PLUGIN;OPTIONS"
                        "SOURCES;BODIES;LINK" ${ARGN})
  foreach(needed STEM RECORDS)
    if(NOT ARG_${needed})
      message(FATAL_ERROR "add_intrinsic_family(${name} ...) needs ${needed}")
    endif()
  endforeach()
  if(NOT ARG_PLUGIN AND NOT TARGET plumb-tblgen)
    message(FATAL_ERROR "add_intrinsic_family(${name} ...) outside of Plumb's "
                        "tree needs PLUGIN <target>, a library to make")
  endif()
  cmake_path(ABSOLUTE_PATH ARG_RECORDS NORMALIZE OUTPUT_VARIABLE records)
  set(stem ${ARG_STEM})
  set(version ${ARG_VERSION})
  if(NOT version)
    set(version ${PROJECT_VERSION})
  endif()
  if(NOT version)
    set(version 0)
  endif()
  set_property(GLOBAL PROPERTY PLUMB_RECORDS_${name} ${records})
  set(dir ${PLUMB_GENERATED_DIR}/${name})
  if(ARG_PLUGIN)
    set(more plugin:${dir}/${name}.plugin.cpp)
    set(sources ${ARG_SOURCES} ${ARG_BODIES})
    if(ARG_BODIES)
      list(APPEND more guards:${dir}/${name}.guards.cpp)
      list(APPEND ARG_LINK Plumb::Runtime)
      list(APPEND ARG_BODIES ${dir}/${name}.guards.cpp)
    endif()
  else()
    set_property(GLOBAL APPEND PROPERTY PLUMB_FAMILIES ${name})
    set_property(GLOBAL APPEND PROPERTY PLUMB_FAMILY_STEMS ${stem})
    set_property(GLOBAL PROPERTY PLUMB_BODIES_${name} ${ARG_BODIES})
    set_property(GLOBAL PROPERTY PLUMB_APART_${name} ${ARG_APART})
    set(more
      guards:${dir}/${name}.guards.cpp
      reference:${CMAKE_BINARY_DIR}/docs/reference/${name}.md
      tests:${CMAKE_BINARY_DIR}/lit-tests/Rows/${name}.rows)
  endif()
  if(ARG_OPTIONS)
    list(APPEND more option-struct:${PLUMB_GENERATED_DIR}/options/${ARG_OPTIONS}.inc)
  endif()
  plumb_family_files(${name} ${stem} ${records} ${version} outputs mlirOutputs
                     ${more})
  plumb_add_ledger(${name} ${records} "${ARG_LEDGER}" "${version}"
                   ${dir}/${name}.ledger)
  add_custom_target(PlumbHeaders${stem} DEPENDS ${outputs} ${dir}/${name}.ledger)
  set(dialect ${dir}/${name}.descriptor.cpp ${dir}/${stem}Dialect.cpp
      ${mlirOutputs})

  if(ARG_PLUGIN)
    add_library(PlumbDialect${stem} OBJECT ${dialect} ${dir}/${name}.plugin.cpp)
    plumb_mlir_library(PlumbDialect${stem})
    set_target_properties(PlumbDialect${stem} PROPERTIES
                          POSITION_INDEPENDENT_CODE ON)
    target_compile_features(PlumbDialect${stem} PUBLIC cxx_std_20)
    target_link_libraries(PlumbDialect${stem} PUBLIC Plumb::Compiler)

    # The runtime also by itself, for programs that are compiled.
    set(runtime ${ARG_PLUGIN}-runtime)
    add_library(${runtime} STATIC ${ARG_SOURCES} ${ARG_BODIES}
                ${dir}/${name}.abi-table.cpp)
    set_target_properties(${runtime} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_include_directories(${runtime} PRIVATE ${PLUMB_INCLUDE_DIR}
      $<TARGET_PROPERTY:Plumb::Compiler,INTERFACE_INCLUDE_DIRECTORIES>)
    target_compile_features(${runtime} PRIVATE cxx_std_20)
    target_link_libraries(${runtime} PRIVATE ${ARG_LINK})
    # Also in a source that does not include the header itself.
    set_source_files_properties(${sources} PROPERTIES COMPILE_OPTIONS
      "-include;${PLUMB_INCLUDE_DIR}/plumb/${name}.asserts.h")
    add_dependencies(${runtime} PlumbHeaders${stem})

    add_library(${ARG_PLUGIN} SHARED $<TARGET_OBJECTS:${runtime}>
                $<TARGET_OBJECTS:PlumbDialect${stem}> ${dir}/${name}.jit.cpp)
    target_include_directories(${ARG_PLUGIN} PRIVATE ${PLUMB_INCLUDE_DIR})
    target_compile_features(${ARG_PLUGIN} PRIVATE cxx_std_20)
    target_link_libraries(${ARG_PLUGIN} PRIVATE Plumb::Compiler ${ARG_LINK})
    target_link_options(${ARG_PLUGIN} PRIVATE LINKER:-z,defs)
    add_dependencies(${ARG_PLUGIN} PlumbHeaders${stem})
    # The archive first: the linker has words of its own for what is missing.
    plumb_check_runtime(${runtime} ${name})
    add_dependencies(${ARG_PLUGIN} ${runtime})
    plumb_check_runtime(${ARG_PLUGIN} ${name})
  else()
    plumb_compiler_part(PlumbDialect${stem} ${dialect})
    target_link_libraries(PlumbDialect${stem} PUBLIC PlumbIntrinsic)

    add_library(PlumbJit${stem} STATIC ${dir}/${name}.jit.cpp)
    target_include_directories(PlumbJit${stem} PRIVATE ${PLUMB_PUBLIC_DIR}
                               ${PLUMB_INCLUDE_DIR})
    add_dependencies(PlumbJit${stem} PlumbHeaders${stem} PlumbHeadersIntr)
    plumb_install_family(${name} ${stem} ${records})
  endif()
  target_include_directories(PlumbDialect${stem} PUBLIC ${dir})
  add_dependencies(PlumbDialect${stem} PlumbHeaders${stem})
endfunction()
