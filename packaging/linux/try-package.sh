#!/usr/bin/env bash
# Installs the Debian package in a bare system made for it, tries the program there and purges it again. Needs root,
# debootstrap and a mirror of Debian; it takes minutes, so it is part of a release and not of every check.
#
#     bash packaging/linux/try-package.sh [dist/backstop_VERSION_ARCH.deb]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=(dist/backstop_*.deb)
package="${1:-${packages[0]}}"
root="$(mktemp --directory)"
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
inside() { env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
    DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen chroot "$root" "$@"; }
apt() { inside apt-get -o Dpkg::Use-Pty=0 -o APT::Sandbox::User=root -qq -y "$@" </dev/null; }
say() { printf '\n== %s\n' "$*"; }

say "a bare Debian"
debootstrap --variant=minbase "${DEBIAN_RELEASE:-bookworm}" "$root" >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
rm "$root.log"
mount --types proc proc "$root/proc"

say "install"
cp "$package" "$root/package.deb"
apt update
apt install --no-install-recommends /package.deb >"$root/install.log" 2>&1 || { tail "$root/install.log"; exit 1; }

say "run"
said="$(inside backstop selftest /selftest 2>"$root/complaints")"
[ ! -s "$root/complaints" ] || { cat "$root/complaints"; exit 1; }
printf '%s\n' "$said"
inside backstop export austral --edition partner -o /austral.xlsx
for shared in applications/backstop.desktop mime/packages/backstop.xml icons/hicolor/scalable/apps/backstop.svg; do
    test -s "$root/usr/share/$shared"
done

say "purge"
apt purge backstop >/dev/null
left="$(find "$root/etc" "$root/usr" "$root/var/lib" -ipath '*backstop*' -not -path "$root/var/lib/apt/*")"
[ -z "$left" ] || { printf 'left behind:\n%s\n' "$left"; exit 1; }
say "installed, run and purged"
