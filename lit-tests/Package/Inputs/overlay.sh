#!/bin/sh
# Runs a command as root in a copy of this machine: its files are there, what the
# command writes goes to memory and is gone afterwards, and HIDDEN is empty.
#
# usage: overlay.sh HIDDEN FOLDER COMMAND...
# FOLDER is /given there.
top=$(mktemp -d)
trap 'rmdir "$top"' EXIT
unshare --mount --propagation private sh -eu -c '
  top=$1 hidden=$2 given=$3
  shift 3
  mount -t tmpfs plumb "$top"
  mkdir "$top/upper" "$top/work" "$top/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" "$top/root"
  mount --rbind /proc "$top/root/proc"
  mount --rbind /dev "$top/root/dev"
  mkdir -p "$top/root/given" "$top/root$hidden"
  mount -t tmpfs plumb "$top/root$hidden"
  cp -r "$given"/. "$top/root/given/"
  chroot "$top/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
' sh "$top" "$@"
