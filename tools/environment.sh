#!/bin/sh
# Makes the virtual environment and installs the pinned packages. Usage: environment.sh PYTHON FOLDER REQUIREMENTS
set -eu
python=$1 folder=$2 requirements=$3

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Python 3.11 or newer is needed and '$python' is not that. Install it, or name one: make PYTHON=python3.12 …" >&2
    exit 1
}
if [ ! -x "$folder/bin/pip" ]; then
    "$python" -m venv "$folder" || {
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq python3-venv && "$python" -m venv "$folder"
        else
            echo "Python cannot make virtual environments. Install its venv package (Debian: apt-get install python3-venv)." >&2
            exit 1
        fi
    }
fi
echo "Installing the pinned packages of $requirements …"
"$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
