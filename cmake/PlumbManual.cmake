# What a shell and `man` know of the tools, made from their --help: man pages in
# <build>/share/man/man1, completions where bash, zsh and fish look for them.
# docs/decisions/manual.md says why so.

# plumb_manual(): for all tools, which are there by now.
function(plumb_manual)
  find_program(PLUMB_HELP2MAN help2man)
  if(CMAKE_CROSSCOMPILING OR PLUMB_SANITIZE)
    return() # The tools do not run here, or nobody installs them.
  endif()
  get_property(tools GLOBAL PROPERTY PLUMB_TOOLS)
  set(scripts ${PROJECT_SOURCE_DIR}/scripts/cli)
  set(share ${CMAKE_BINARY_DIR}/share)
  set(stamps)
  foreach(tool IN LISTS tools)
    set(stamp ${share}/${tool}.stamp)
    set(man)
    if(PLUMB_HELP2MAN)
      set(man COMMAND /usr/bin/python3 ${scripts}/man_page.py
          $<TARGET_FILE:${tool}> ${share}/man/man1 ${tools})
    endif()
    add_custom_command(OUTPUT ${stamp}
      COMMAND /usr/bin/python3 ${scripts}/completions.py
              $<TARGET_FILE:${tool}> ${share}/completions
      ${man}
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${tool} ${scripts}/completions.py ${scripts}/man_page.py
              ${scripts}/help_text.py
      COMMENT "Making the man page and completions of ${tool}"
      VERBATIM)
    list(APPEND stamps ${stamp})
  endforeach()
  add_custom_target(PlumbManual ALL DEPENDS ${stamps})

  set(completions ${share}/completions)
  install(DIRECTORY ${completions}/bash/ COMPONENT tools
          DESTINATION share/bash-completion/completions)
  install(DIRECTORY ${completions}/zsh/ COMPONENT tools
          DESTINATION share/zsh/site-functions)
  install(DIRECTORY ${completions}/fish/ COMPONENT tools
          DESTINATION share/fish/vendor_completions.d)
  if(PLUMB_HELP2MAN)
    install(DIRECTORY ${share}/man COMPONENT tools DESTINATION share)
  else()
    message(STATUS "No help2man: man pages are not made")
  endif()
endfunction()
