#!/bin/sh
# differential.sh PYTHON SCRIPTS FOLDER: all checks for each seed.
set -e
export PYTHONDONTWRITEBYTECODE=1
for seed in ${PLUMB_KINDS_SEEDS:-1}; do
  for target in x86_64 aarch64; do
    "$1" "$2/declarations.py" $target "$seed" 400 "$3/$target"
  done
  "$1" "$2/values.py" x86_64 "$seed" 300 "$3/values"
done
