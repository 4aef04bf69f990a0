# `scripts/check`, a test for each check. Those that compile look at what a change
# touches; `make check CHECK=--all` looks at all files.

set(PLUMB_PYTHON /usr/bin/python3)
foreach(check format shell words targets headers tidy)
  add_test(NAME check.${check}
    COMMAND ${PLUMB_PYTHON} ${PROJECT_SOURCE_DIR}/scripts/check
            --build ${CMAKE_BINARY_DIR} ${check})
  set_tests_properties(check.${check} PROPERTIES TIMEOUT 1200 LABELS check)
endforeach()
# These use all cores for a while.
set_tests_properties(check.headers check.tidy PROPERTIES COST 60)
