# What samples/try and tests/run share: install what is missing on Debian, configure, build. Sourced by bash.
# Speaks on stderr only. The caller sets `top` (the repository) and `log` (where long output goes).
# shellcheck shell=bash disable=SC2034
: "${top:?}" "${log:?}"

# libglib2.0-dev: chafa's headers need it, and Debian 12's libchafa-dev does not bring it.
setup_build_packages=(gcc libc6-dev cmake ninja-build pkgconf
  libncurses-dev libyaml-dev libjansson-dev libunistring-dev libsodium-dev nettle-dev libcurl4-openssl-dev libexpat1-dev libmd4c-dev
  libicu-dev libfribidi-dev libgmp-dev libchafa-dev libglib2.0-dev libpng-dev libjpeg-dev)
setup_test_packages=(clang clang-format libclang-rt-dev musl-tools libcmocka-dev libvterm-dev libmd4c-html0-dev
  tmux jq ripgrep strace less vim zsh fish mandoc bsdextrautils hledger lintian desktop-file-utils appstream debootstrap nginx-light openssl valgrind python3 python3-venv unicode-data util-linux
  libenchant-2-2 libenchant-2-voikko voikko-fi hunspell-ca hunspell-bg hunspell-es hunspell-vi hunspell-en-us hunspell-th)

say() { printf '%s\n' "$*" >&2; }
die() {
  say "${0##*/}: $*"
  exit 3
}

# step WHAT COMMAND...: one line on the screen; the command's output goes to $log and is shown only if it fails.
step() {
  local what=$1 begun=$SECONDS
  shift
  printf '%s ... ' "$what" >&2
  if "$@" >"$log" 2>&1 </dev/null; then
    say "done ($((SECONDS - begun)) s)"
  else
    say "failed:"
    cat "$log" >&2
    say "(that was: $*)"
    return 1
  fi
}

# make_build_folder DIR: where builds and logs go.
make_build_folder() {
  if ! mkdir -p "$1" 2>/dev/null || [[ ! -w $1 ]]; then
    die "cannot write to $1: build in a clone of your own"
  fi
}

# missing_packages NAME...: those that are not installed, by one question to dpkg.
missing_packages() {
  local have
  have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || :
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$have")
}

# install_missing NAME...: as root or with sudo, one call of apt-get install; nothing at all when nothing is missing.
install_missing() {
  if ! command -v dpkg-query >/dev/null; then
    say "Not a Debian: going on with the libraries this system has. On Debian they would be: $*"
    return 0
  fi
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "packages are missing and there is no sudo here. As root, run:
  apt-get install ${missing[*]}"
    as_root=(sudo)
    say "Packages to install with sudo: ${missing[*]}"
    sudo -v || die "sudo did not let us in; as root, run: apt-get install ${missing[*]}"
  fi
  step "Reading Debian's package lists" "${as_root[@]}" apt-get -q update ||
    say "Going on with the lists of last time."
  step "Installing ${#missing[@]} package(s)" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" ||
    die "could not install: ${missing[*]}"
}

# build_in DIR WHAT CMAKE-OPTION...: configures and builds out of tree.
build_in() {
  local dir=$1 what=$2
  shift 2
  # A folder made for a clone that was moved since cannot be used again.
  if [[ -f $dir/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$dir/CMakeCache.txt"; then
    rm -rf -- "$dir"
  fi
  step "Configuring $what" cmake -S "$top" -B "$dir" -G Ninja "$@" &&
    step "Building $what" cmake --build "$dir"
}
