#!/bin/sh
# Fails, and says what to install, where there is no Node that can build web/.
wanted=20.19
says="Node $wanted or newer, with npm, builds it: install Debian's nodejs and npm where they are that new, or take Node from nodejs.org"
command -v node >/dev/null && command -v npm >/dev/null || { echo "$says."; exit 1; }
node -e "
const [major, minor] = process.versions.node.split('.').map(Number), [needed, least] = '$wanted'.split('.').map(Number);
process.exit(major > needed || (major === needed && minor >= least) ? 0 : 1)" || { echo "$says; this is $(node --version)."; exit 1; }
