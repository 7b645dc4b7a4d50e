#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Install what is missing on Debian 12, as root or with sudo.  install.sh [test]
set -e
build="gcc pkg-config meson ninja-build python3 tzdata libmicrohttpd-dev libsqlite3-dev libpq-dev libgmime-3.0-dev
  libsodium-dev nettle-dev libjansson-dev libcurl4-openssl-dev libstemmer-dev libssl-dev libgumbo-dev libical-dev libgpgme-dev
  libmd4c-dev zlib1g-dev liblz4-dev"
test="clang-14 binutils postgresql-15 chromium curl dovecot-imapd openssl gpg gpg-agent gpgconf gpgsm dirmngr python3-dkim
  libxml2-utils nodejs npm"
wanted=$build
[ "$1" != test ] || wanted="$build $test"
missing=
for p in $wanted; do
    case $p in
    nodejs | npm) command -v node >/dev/null && command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
