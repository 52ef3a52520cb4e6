"""Certificates for tests, made by openssl: an authority, servers good and bad, and a client."""
import pathlib
import subprocess

CONFIG = """[ca]
default_ca = own
[own]
dir = {0}
new_certs_dir = {0}
database = {0}/index
serial = {0}/serial
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""
# name: (subject alternative name, valid from, valid until)
MADE = {
    "server": ("IP:127.0.0.1", "20200101000000Z", "20991231000000Z"),
    "expired": ("IP:127.0.0.1", "20200101000000Z", "20200102000000Z"),
    "elsewhere": ("DNS:labels.example.org", "20200101000000Z", "20991231000000Z"),
    "client": ("DNS:ana", "20200101000000Z", "20991231000000Z"),
}


class Certificates:
    """In `folder`: ca.pem, NAME.pem and NAME.key for each of MADE."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "config").write_text(CONFIG.format(folder), encoding="utf-8")
        (self.folder / "index").touch()
        (self.folder / "serial").write_text("01\n", encoding="utf-8")
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
                     "-subj", "/CN=Trial authority", "-days", "3650", "-addext", "keyUsage=critical,keyCertSign")
        for name, (alternative, begin, end) in MADE.items():
            self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                         "-subj", f"/CN={name}", "-addext", f"subjectAltName={alternative}")
            self.openssl("ca", "-batch", "-notext", "-config", "config", "-cert", "ca.pem", "-keyfile", "ca.key",
                         "-in", f"{name}.csr", "-out", f"{name}.pem", "-startdate", begin, "-enddate", end)
            self.path(f"{name}.key").chmod(0o600)

    def openssl(self, *words):
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)

    def path(self, name):
        return self.folder / name
