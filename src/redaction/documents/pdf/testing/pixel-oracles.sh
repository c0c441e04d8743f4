#!/bin/sh
# What is seen in one PDF: its pages as pictures, and every image in it: pixel-oracles.sh FILE
# FILE.page-N.png has 100 pixels an inch; FILE.images/ holds the images as they are decoded.
file=$1
mutool draw -q -r 100 -o "$file.page-%d.png" "$file" 2>/dev/null
mkdir -p "$file.images"
pdfimages -png "$file" "$file.images/image" 2>/dev/null
exit 0
