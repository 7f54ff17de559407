#!/bin/sh
# Fails and prints what to install if there is no Node that can build web/.
wanted=20.19
says="GraphiQL needs Node $wanted or newer and npm: install them from nodejs.org, or from Debian if its nodejs is new enough"
command -v node >/dev/null && command -v npm >/dev/null || { echo "$says"; exit 1; }
node -e "
const [major, minor] = process.versions.node.split('.').map(Number), [needed, least] = '$wanted'.split('.').map(Number);
process.exit(major > needed || (major === needed && minor >= least) ? 0 : 1)" || { echo "$says; this is $(node --version)"; exit 1; }
