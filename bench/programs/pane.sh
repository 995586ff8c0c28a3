#!/bin/sh
# A terminal program that does what it is told: each line that is written into the fifo $1 is run by this shell.
# Ctrl-C ends what it runs, not the shell itself.
trap : INT
stty -echo
printf 'ready '
# A line that is not there yet is none: the fifo is opened again before its last writer has gone.
while :; do read -r line <"$1" && eval "$line"; done
