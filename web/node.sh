#!/bin/sh
# Fails, and says what to install, where there is no Node that can build web/.
wanted=20.19
says="it is built by Node $wanted or newer with npm; take them from nodejs.org, or from Debian where its nodejs is that new"
command -v node >/dev/null && command -v npm >/dev/null || { echo "$says"; exit 1; }
node -e "
const [major, minor] = process.versions.node.split('.').map(Number), [needed, least] = '$wanted'.split('.').map(Number);
process.exit(major > needed || (major === needed && minor >= least) ? 0 : 1)" || { echo "$says; this is $(node --version)"; exit 1; }
