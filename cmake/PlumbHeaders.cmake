# What many sources include of LLVM and MLIR is parsed once, which else takes four
# fifths of the time of their compilation: docs/decisions/test-time.md. Each source
# still includes what it uses: `scripts/check` compiles without these.

# plumb_precompile(<target> <header>...): <target>.pch in the build folder. What one copy
# of the project has compiled serves another, through ccache, as CMake's own precompiled
# headers would not: no path of the copy is in it. So the file that is compiled is a
# header of LLVM, and the others are options.
find_file(PLUMB_FIRST_HEADER llvm/Support/raw_ostream.h
          PATHS ${LLVM_INCLUDE_DIRS} NO_DEFAULT_PATH REQUIRED)
mark_as_advanced(PLUMB_FIRST_HEADER)
function(plumb_precompile target)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    return()
  endif()
  add_library(${target}Object OBJECT ${PLUMB_FIRST_HEADER})
  target_include_directories(${target}Object SYSTEM PRIVATE
    ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  list(TRANSFORM ARGN PREPEND "SHELL:-include ")
  target_compile_options(${target}Object PRIVATE -fno-exceptions -fno-rtti ${ARGN}
    "SHELL:-x c++-header" -fpch-instantiate-templates
    "SHELL:-Xclang -fno-pch-timestamp") # Which would be news to ccache.
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/${target}.pch
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_OBJECTS:${target}Object>
            ${CMAKE_BINARY_DIR}/${target}.pch
    DEPENDS ${target}Object $<TARGET_OBJECTS:${target}Object>
    VERBATIM)
  add_custom_target(${target} DEPENDS ${CMAKE_BINARY_DIR}/${target}.pch)
endfunction()
set_source_files_properties(${PLUMB_FIRST_HEADER} PROPERTIES LANGUAGE CXX)

# The model and the generator know no MLIR.
set(support
  llvm/ADT/STLExtras.h
  llvm/ADT/SmallString.h
  llvm/ADT/StringExtras.h
  llvm/ADT/StringMap.h
  llvm/ADT/StringSet.h
  llvm/ADT/StringSwitch.h
  llvm/Support/FileSystem.h
  llvm/Support/JSON.h
  llvm/Support/MemoryBuffer.h
  llvm/Support/Path.h
  llvm/Support/SourceMgr.h)

plumb_precompile(PlumbSupportHeaders ${support} llvm/TableGen/Record.h)

plumb_precompile(PlumbMlirHeaders ${support}
  llvm/IR/Module.h
  llvm/Support/CommandLine.h
  llvm/Target/TargetMachine.h
  mlir/AsmParser/AsmParser.h
  mlir/Bytecode/BytecodeOpInterface.h
  mlir/Dialect/Func/IR/FuncOps.h
  mlir/Dialect/LLVMIR/LLVMDialect.h
  mlir/IR/Builders.h
  mlir/IR/BuiltinOps.h
  mlir/IR/DialectImplementation.h
  mlir/IR/PatternMatch.h
  mlir/Interfaces/FunctionInterfaces.h
  mlir/Pass/PassManager.h)
