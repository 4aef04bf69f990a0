# usage: stand-in.sh FOLDER MACHINE COMMAND=SCRIPT...
# Makes FOLDER/MACHINE/COMMAND for each.
folder=$1/$2
shift 2
for pair; do
  printf '#!/bin/sh\n%s\n' "${pair#*=}" >"$folder/${pair%%=*}"
  chmod +x "$folder/${pair%%=*}"
done
