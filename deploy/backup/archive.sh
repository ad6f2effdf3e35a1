#!/bin/sh
# PostgreSQL's archive_command: puts one file of the write-ahead log into the backup folder, compressed and encrypted, once.
#   archive_command = '"/path/to/archive.sh" "%p" "%f" "/path/to/backup"'
# The digest in the name tells a repeat after a crash (fine) from another server that writes into the same folder (refused).
set -eu
path="$1" name="$2" folder="$3"
digest="$(sha256sum <"$path" | cut -c1-16)"
target="$folder/wal/$name.$digest.zst.age"
[ ! -s "$target" ] || exit 0
for other in "$folder/wal/$name".????????????????.zst.age; do
  [ ! -e "$other" ] || { echo "$other is there with other content: does another server use this folder?" >&2; exit 1; }
done
partial="$folder/wal/.$name.partial"
zstd -q -1 -c "$path" >"$partial.zst"
age -e -R "$folder/recipient" -o "$partial" "$partial.zst"
rm -f "$partial.zst"
sync "$partial"
mv "$partial" "$target"
sync "$folder/wal"
