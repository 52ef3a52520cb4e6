#!/usr/bin/env python3
"""What is installed, and the .deb: lintian finds no fault, and in a bare Debian it is installed, used and removed, and labels
stay."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import server_fixture as fixture

BUILD = pathlib.Path(fixture.PROGRAM).parent if fixture.PROGRAM else None


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **more)
    if done.returncode:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def make_package(folder):
    run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", folder, cwd=BUILD)
    return next(pathlib.Path(folder).glob("*.deb"))


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            raise unittest.SkipTest(f"{program} is not installed")


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        needs("cpack", "dpkg-shlibdeps")
        cls.folder = tempfile.TemporaryDirectory(prefix="lw-package-")
        cls.deb = make_package(pathlib.Path(cls.folder.name, "first"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_lintian_finds_no_fault(self):
        needs("lintian")
        self.assertEqual(run("lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", self.deb).strip(), "")

    def test_descriptions_for_desktops_are_valid(self):
        needs("desktop-file-validate", "appstreamcli")
        self.assertEqual(run("desktop-file-validate", fixture.SOURCE / "src" / "package" / "labelwright.desktop"), "")
        run("appstreamcli", "validate", "--no-net", BUILD / "src" / "package" / "org.example.labelwright.metainfo.xml")

    def test_installs_below_destdir_and_works_there(self):
        root = pathlib.Path(self.folder.name, "root")
        before = {p.name for p in pathlib.Path("/usr/local/share").glob("labelwright*")}
        run("cmake", "--install", BUILD, "--prefix", "/opt/lw", env={**os.environ, "DESTDIR": str(root)})
        self.assertEqual({p.name for p in pathlib.Path("/usr/local/share").glob("labelwright*")}, before)
        self.assertEqual([p.name for p in root.iterdir()], ["opt"])
        place = root / "opt" / "lw"
        run(place / "bin" / "labelwright", "new", root / "mine", "--from", "quickstart", env={"LC_ALL": "C.UTF-8", "HOME": str(root)})
        self.assertTrue((root / "mine" / "project.yaml").exists())
        json.loads((place / "share" / "labelwright" / "schema" / "project.json").read_text(encoding="utf-8"))
        for page in ("man1/labelwright.1", "man5/labelwright-project.5", "man5/labelwright-config.5", "man5/labelwright-journal.5"):
            with gzip.open(place / "share" / "man" / f"{page}.gz", "rt", encoding="utf-8") as text:
                self.assertIn(".Dt LABELWRIGHT", text.read())


def bare_root():
    """A bare Debian, made once for all builds."""
    needs("debootstrap")
    if os.geteuid() != 0:
        raise unittest.SkipTest("a bare Debian needs root")
    place = fixture.PYTHON / "bare-debian"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        fixture.PYTHON.mkdir(parents=True, exist_ok=True)
        text = "".join(p.read_text(encoding="utf-8") for p in pathlib.Path("/etc/apt").glob("sources.list*") if p.is_file())
        text += "".join(p.read_text(encoding="utf-8") for p in pathlib.Path("/etc/apt/sources.list.d").glob("debian.sources"))
        found = re.search(r"^(?:URIs:|deb)\s+(http\S+/debian/?)\s*", text, re.M)
        mirror = found[1] if found else "http://deb.debian.org/debian"
        done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(place), mirror], capture_output=True, text=True, check=False)
        if done.returncode:
            raise unittest.SkipTest(f"cannot make a bare Debian: {done.stdout.strip().splitlines()[-1:]}")
        (place / "made").touch()
    return place


class BareDebian(unittest.TestCase):
    """The program there knows neither this source tree nor this machine."""

    def test_is_installed_used_and_removed_and_labels_stay(self):
        with open("/etc/os-release", encoding="utf-8") as text:
            if "VERSION_CODENAME=bookworm" not in text.read():
                raise unittest.SkipTest("the package is for Debian 12, where it is built")
        cached = bare_root()
        with tempfile.TemporaryDirectory(prefix="lw-root-", dir="/var/tmp") as folder:
            root = pathlib.Path(folder, "root")
            run("cp", "-a", cached, root)
            for name in ("resolv.conf", "hosts"):
                shutil.copyfile(f"/etc/{name}", root / "etc" / name)
            deb = make_package(pathlib.Path(folder, "deb"))
            shutil.copyfile(deb, root / "tmp" / deb.name)

            def inside(script):
                return run("unshare", "-m", "sh", "-ec", f'mount -t proc proc "{root}/proc"; exec chroot "{root}" /usr/bin/env -i HOME=/root '
                           'PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -ec "$0"', script)

            inside("apt-get -q update")
            inside(f"apt-get -qy --no-install-recommends -o Dpkg::Options::=--force-unsafe-io install /tmp/{deb.name}")
            self.assertIn("labelwright 0.", inside("labelwright --version"))
            inside("cd /root && labelwright new work --from quickstart")
            inside("""cd /root && echo '{"task":"01-welcome","skip":"a trial"}' | labelwright record work && labelwright verify work""")
            labels = (root / "root" / "work" / "journal" / "000001.jsonl").read_bytes()
            self.assertIn(b'"skip"', labels)
            inside("apt-get -qy purge labelwright")
            self.assertFalse((root / "usr" / "bin" / "labelwright").exists())
            self.assertFalse((root / "usr" / "share" / "labelwright").exists())
            self.assertEqual((root / "root" / "work" / "journal" / "000001.jsonl").read_bytes(), labels)


if __name__ == "__main__":
    fixture.main()
