#!/bin/sh
# PostgreSQL's restore_command: takes one file of the write-ahead log out of the backup folder.
#   restore_command = '"/path/to/fetch.sh" "%f" "%p" "/path/to/backup" "/path/to/backup.key"'
# Not there: 1, which ends the log. There and unreadable: 200, which ends the restore, for what follows must not be left out.
set -u
name="$1" path="$2" folder="$3" key="$4"
for file in "$folder/wal/$name".????????????????.zst.age; do
  [ -e "$file" ] || exit 1
  age -d -i "$key" -o "$path.zst" "$file" && zstd -q -d -f "$path.zst" -o "$path" || { echo "$file cannot be read" >&2; exit 200; }
  rm -f "$path.zst"
  exit 0
done
