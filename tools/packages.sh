#!/bin/sh
# Sees to the Debian packages that building (default) or testing (argument: check) needs.
# As root it installs what is missing; otherwise it says what to install and stops.
set -eu
build="build-essential pkg-config libsqlite3-dev libpq-dev libmicrohttpd-dev libsodium-dev libargon2-dev
	libjansson-dev libdeflate-dev libqrencode-dev libconfuse-dev libcmark-dev libutf8proc-dev libseccomp-dev
	libcsv-dev libzip-dev brotli ca-certificates"
check="clang libclang-rt-14-dev llvm-14 sqlite3 python3 chromium default-jre-headless mandoc curl
	procps adduser iproute2 postgresql-15 nginx-light openssl fonts-dejavu-core poppler-utils zbar-tools
	libreoffice-calc-nogui libreoffice-writer-nogui systemd"
bench="wrk nghttp2-client"
want=$build
case "${1:-build}" in
check) want="$build $check" ;;
bench) want="$build $check $bench" ;;
esac
missing=""
for package in $want; do
	dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
		missing="$missing $package"
done
node_ok() { command -v node >/dev/null 2>&1 && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; }
node_ok && command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
	echo "These Debian packages are needed:$missing" >&2
	echo "Install them with: sudo apt-get install$missing" >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# Services that a package brings stay off: tests start what they need themselves.
policy=/usr/sbin/policy-rc.d
made=""
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' >$policy
	chmod 755 $policy
	made=yes
fi
trap '[ -z "$made" ] || rm -f $policy' EXIT
apt-get update -q
# shellcheck disable=SC2086
apt-get install -q -y --no-install-recommends $missing
