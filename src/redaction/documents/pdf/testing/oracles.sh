#!/bin/sh
# Everything that other programs find in one PDF, each answer in a file beside it: oracles.sh FILE PASSWORD CHECK
# `-` is no password, and no check. A tool that fails leaves its answer empty; FILE.check-status has qpdf's verdict.
file=$1
password=$2
[ "$password" = - ] && password=
pdftotext -q -enc UTF-8 -upw "$password" -opw "$password" "$file" "$file.pdftotext" 2>/dev/null
mutool draw -q -p "$password" -F txt -o "$file.mutool" "$file" 2>/dev/null
mutool draw -q -p "$password" -F trace -o "$file.trace" "$file" 2>/dev/null
pdfinfo -meta -upw "$password" -opw "$password" "$file" >"$file.pdfinfo" 2>/dev/null
pdfinfo -enc UTF-8 -upw "$password" -opw "$password" "$file" >>"$file.pdfinfo" 2>/dev/null
qpdf --password="$password" --qdf --object-streams=disable --preserve-unreferenced "$file" "$file.qdf" 2>/dev/null
if [ "$3" = check ]; then
  qpdf --password="$password" --check "$file" >"$file.check" 2>&1
  echo $? >"$file.check-status"
fi
exit 0
