#!/bin/sh
# Finds Chromium for the browser tests, or installs it with the system's package manager where that is allowed.
set -eu

for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null && exit 0
done

as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="no"; fi
fi
if [ "$as_root" != no ]; then
    if command -v apt-get >/dev/null; then
        echo "Installing Chromium with apt-get …"
        $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
    elif command -v dnf >/dev/null; then
        $as_root dnf install -y -q chromium && exit 0
    elif command -v apk >/dev/null; then
        $as_root apk add -q chromium && exit 0
    fi
fi
echo "Chromium is needed for the browser tests: install it (Debian: sudo apt-get install chromium) and run make test again." >&2
exit 1
