#!/usr/bin/env python3
"""The sources as they are committed give the same bytes wherever they are built: a clone, and the source tarball in a folder without
git, with another name, umask, time zone and locale."""
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import unittest

import server_fixture as fixture

HERE = {"umask": 0o022, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
THERE = {"umask": 0o077, "TZ": "Asia/Kathmandu", "LC_ALL": "C"}


def run(*command, umask, **environment):
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, umask=umask,
                          env={**kept, "CCACHE_DISABLE": "1", **environment})
    if done.returncode:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def make(source, target, **where):
    """What the target leaves in the build folder, by name."""
    build = source / "build"
    run("cmake", "-S", source, "-B", build, "-G", "Ninja", "-DLW_PACKAGE=ON", "-DLW_TESTS=OFF", **where)
    run("cmake", "--build", build, "-t", target, **where)
    return {p.name: p.read_bytes() for pattern in ("*.deb", "*.tar.gz") for p in build.glob(pattern)}


class Reproducible(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for program in ("git", "cmake", "ninja", "cpack", "dpkg-shlibdeps"):
            if not shutil.which(program):
                raise unittest.SkipTest(f"{program} is not installed")
        if not (fixture.SOURCE / ".git").exists():
            raise unittest.SkipTest("these sources are not in git")
        cls.folder = tempfile.TemporaryDirectory(prefix="lw-")
        cls.clones = pathlib.Path(cls.folder.name, "a"), pathlib.Path(cls.folder.name, "another clone", "with blanks and ü")
        for clone, where in zip(cls.clones, (HERE, THERE)):
            run("git", "clone", "-q", fixture.SOURCE, clone, **where)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_two_tarballs_are_the_same_bytes_and_so_are_their_packages(self):
        run("git", "-C", self.clones[1], "config", "tar.umask", "user", **HERE)
        tarballs = [make(clone, "source_tarball", **where) for clone, where in zip(self.clones, (HERE, THERE))]
        self.assertEqual(len(tarballs[0]), 1)
        self.assertTrue(tarballs[0] == tarballs[1], "two tarballs differ")
        place = self.clones[1] / "build"
        with tarfile.open(place / next(iter(tarballs[1]))) as tar:
            tar.extractall(place)
        unpacked = next(place.glob("labelwright-*/CMakeLists.txt")).parent
        packages = make(unpacked, "deb", **THERE), make(self.clones[0], "deb", **HERE)
        self.assertEqual(len(packages[0]), 1)
        for name, package in packages[0].items():
            self.assertTrue(package == packages[1][name], f"two of {name} differ; diffoscope tells where")


if __name__ == "__main__":
    fixture.main()
