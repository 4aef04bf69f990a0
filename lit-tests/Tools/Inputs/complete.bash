# What bash completes: one candidate a line.
# usage: complete.bash FOLDER TOOL WORD...
. "$1/$2"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"_${1//-/_}"
printf '%s\n' "${COMPREPLY[@]}"
