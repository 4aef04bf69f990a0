#!/bin/sh
# Stands in for the load target: listens nowhere, until it is killed.
echo "listening on 1" >&2
exec sleep 60
