"""`talentportfolio …`: everything an operator starts by hand."""

import asyncio
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.cli_backup import backups
from app.people.models import Level
from app.platform.clock import system_clock
from app.platform.i18n import say
from app.platform.settings import Settings

if TYPE_CHECKING:
    from app.demo import DemoPerson
    from app.media.reconcile import Report
    from app.people.rosters.bring_in import Outcome
    from app.platform.jobs import FailedJob

app = typer.Typer(
    help="Talentportfolio: serve, work, migrate, try.",
    epilog="Settings are environment variables: see app/platform/settings.py.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
factors = typer.Typer(help="The second factor of people who lost theirs.", no_args_is_help=True)
app.add_typer(factors, name="factors")
_console = Console()


@app.command()
def serve() -> None:
    """Serve the API and the screens. Starts the engines that the settings do not name, and migrates those."""
    settings = Settings()
    with _listening(settings) as listener, _ready(settings) as running:
        _serve(running, listener)


@app.command()
def worker(
    until_eof: Annotated[
        bool, typer.Option("--until-eof", help="Stop when standard input ends, so when the parent is gone.")
    ] = False,
) -> None:
    """Work through the background jobs, until it is told to stop."""
    from app.platform.jobs import run_worker
    from app.platform.telemetry.logs import configure_logging, tell_the_uncaught

    if until_eof:
        threading.Thread(target=_stop_at_eof, daemon=True).start()
    settings = Settings()
    with _ready(settings) as running:
        _worker_url(running)
        configure_logging(settings.log_level)
        tell_the_uncaught()
        asyncio.run(run_worker(running))


@app.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell what waits; ends with 1 where anything does.")
    ] = False,
) -> None:
    """Bring the database to the newest version, and the bucket into being. Safe while people work."""
    from app.platform.db import head_revision, waiting_migrations
    from app.platform.db import migrate as migrate_database
    from app.platform.embedded import embedded_engines
    from app.platform.storage import Storage

    with embedded_engines(Settings()) as running:
        if not running.database_owner_url:
            raise RuntimeError("set TALENT_DATABASE_OWNER_URL as well: the app's role may not migrate")
        if check:
            if waiting := waiting_migrations(running):
                raise RuntimeError(f"{len(waiting)} migrations wait: {', '.join(waiting)}")
            _console.print(f"The database is at {head_revision()}: nothing waits.")
            return
        migrate_database(running)
        Storage(running).ensure_bucket([running.origin])
    _console.print(f"The database is at {head_revision()}; the bucket is {running.s3_bucket}.")


@app.command()
def demo() -> None:
    """Everything at once, with a fictional region: three schools, their people, six years of portfolios."""
    from app.demo import PASSWORD, demo_cards, demo_code, demo_codes, demo_people, demo_secret

    settings = Settings()
    if settings.database_url:
        raise RuntimeError("the demo brings a database of its own: unset TALENT_DATABASE_URL")
    with _listening(settings) as listener, _ready(settings) as running:
        _load_region(running)
        _console.print(_people_table(demo_people()))
        _console.print(f"Everybody's password: [bold]{PASSWORD}[/bold]")
        now = demo_code(system_clock.now())
        _console.print(
            f"Who gives a code: [bold]talentportfolio demo-code[/bold] prints it (now {now}), as does an app with"
            f" {demo_secret()}",
            soft_wrap=True,
        )
        for name, secret in demo_cards().items():
            _console.print(f"The card of {name}, as its QR code says: {running.origin}/k#{secret}", soft_wrap=True)
        for name, code in demo_codes().items():
            _console.print(f"A letter for {name}'s parent: {running.origin}/uitnodiging#{code}", soft_wrap=True)
        with _background_worker():
            _serve(running, listener)


@app.command("demo-code")
def demo_code() -> None:
    """Print the code that dean, admin and coordinator of the demo type now, and how long it stays good."""
    from app.demo import demo_code as code_at

    now = system_clock.now()
    print(code_at(now))
    print(f"A new one in {30 - now.second % 30} seconds; each is taken once.", file=sys.stderr)


@factors.command("reset")
def reset_factors(
    username: Annotated[str, typer.Argument(help="The user name of who lost it.")],
) -> None:
    """Take away somebody's second factor: their sessions end, and the next sign-in sets it up anew."""
    settings = Settings()
    with _ready(settings) as running:
        if not asyncio.run(_reset_factors(running, username)):
            raise RuntimeError(f"nobody is called {username}")
    _console.print(f"{username} sets up a second factor at the next sign-in.")


async def _reset_factors(settings: Settings, username: str) -> bool:
    from app.access.cards.actions.coming_in import at_the_door
    from app.access.factors.actions.keeping import reset_by_name
    from app.platform.db import Database

    database = Database(settings)
    try:
        async with at_the_door(database) as session:
            return await reset_by_name(session, username, system_clock.now())
    finally:
        await database.close()


roster = typer.Typer(help="Who is where, as the schools' administrations say it.", no_args_is_help=True)
app.add_typer(roster, name="roster")


@roster.command("import")
def import_roster(
    file: Annotated[
        Path, typer.Argument(help="A OneRoster bundle (zip) or an EDEXML file.", exists=True, dir_okay=False)
    ],
    level: Annotated[Level | None, typer.Option(help="Level of classes that do not tell theirs, such as '2C'.")] = None,
    school: Annotated[list[str] | None, typer.Option(help="Only this school, by BRIN and site: 01AB00.")] = None,
    skip_broken: Annotated[bool, typer.Option("--skip-broken", help="Go on without the rows that are broken.")] = False,
    end_many: Annotated[
        bool, typer.Option("--end-many", help="Go on where more than a tenth of a school would end.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for the night.")] = False,
) -> None:
    """Bring a roster in. Shows first what it will do; nothing is ever deleted, people who left get a last day."""
    from app.people.rosters.connected import bring_in_as_worker
    from app.people.rosters.files import read_roster

    today = system_clock.today()
    schools = [name.upper().ljust(6, "0") for name in school] if school else None

    def bring_in(name: str, keep: bool) -> "Outcome":
        with _progress(name) as tell:
            return bring_in_as_worker(
                _worker_url(running),
                read,
                today,
                keep=lambda done: keep and done.may_be_kept(skip_broken=skip_broken, end_many=end_many),
                schools=schools,
                progress=tell,
            )

    with _readable_refusal(), file.open("rb") as source:
        read = read_roster(source, today, level)
    with _ready(Settings()) as running, _readable_refusal():
        preview = bring_in("Compare", keep=False)
        _console.print(_changes_table(preview))
        for problem in preview.problems:
            where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
            _console.print(f"{where}: {say('en', f'roster.{problem.code}', value=problem.value)}", soft_wrap=True)
        for many in preview.many:
            _console.print(f"{many.school}: {many.ending} of {many.running} pupils would end", soft_wrap=True)
        if preview.problems and not skip_broken:
            raise RuntimeError(f"{len(preview.problems)} rows are broken: nothing was changed (--skip-broken goes on)")
        if preview.many and not end_many:
            raise RuntimeError("a large part of a school would end: nothing was changed (--end-many goes on)")
        if not preview.counts:
            _console.print("Everything is up to date.")
        elif yes or typer.confirm("Bring this in?"):
            done = bring_in("Bring in", keep=True)
            if not done.may_be_kept(skip_broken=skip_broken, end_many=end_many):
                raise RuntimeError("the database changed meanwhile: nothing was brought in; look at it again")
            _console.print("Done.")


portfolio = typer.Typer(help="A pupil's whole portfolio in one file, out of here and into here.", no_args_is_help=True)
app.add_typer(portfolio, name="portfolio")

Username = Annotated[str, typer.Argument(help="The pupil's user name, or id.")]


@portfolio.command("export")
def export_portfolio(
    username: Username,
    file: Annotated[Path, typer.Argument(help="Where the zip goes; what is there is replaced.", dir_okay=False)],
) -> None:
    """Write everything of one pupil to a zip: pages, files, portfolio.json and Leap2A."""
    from app.portability.exports.by_hand import export_to_file

    with _ready(Settings()) as running, _progress("Stories and files") as tell:
        made = export_to_file(running, _worker_url(running), username, file, tell)
    _console.print(f"{made.stories} stories and {made.files} files are in {file}.")
    if made.missing:
        _console.print(f"{made.missing} files were not ready and are not in it.")


@portfolio.command("import")
def import_portfolio(
    username: Username,
    file: Annotated[Path, typer.Argument(help="A zip of ours, or Leap2A.", exists=True, dir_okay=False)],
) -> None:
    """Bring a portfolio in, as drafts of one pupil. What is there already stays as it is."""
    from app.portability.imports.by_hand import import_from_file

    with _ready(Settings()) as running, _progress("Stories and files") as tell:
        report = asyncio.run(import_from_file(running, _worker_url(running), username, file, tell))
    _console.print(f"{report['entries']} stories, {report['files']} files and {report['records']} records came in.")
    for skipped in report["skipped"]:
        _console.print(f"not taken: {skipped['what']} ({skipped['why']})", soft_wrap=True)


@contextmanager
def _readable_refusal() -> Iterator[None]:
    from app.people.rosters.roster import RosterRefused

    try:
        yield
    except RosterRefused as refused:
        raise RuntimeError(say("en", f"roster.{refused.code}", value=refused.value)) from refused


@app.command()
def reconcile(
    mend: Annotated[bool, typer.Option("--mend", help="Put right what can be; without it only tell.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Read every file again and compare its checksum.")] = False,
) -> None:
    """Compare the database with the object store. Safe while people work; ends with 1 where something is not right."""
    with _ready(Settings()) as running, _progress("Files") as tell:
        report = asyncio.run(_reconcile(running, mend, verify, lambda done: tell(done, done)))
    table = Table(box=SIMPLE_HEAD)
    for heading in ("what", "mended", "left", "as"):
        table.add_column(heading)
    for kind, examples in report.examples.items():
        table.add_row(kind, str(report.mended[kind]), str(report.left[kind]), "\n".join(examples))
    if report.examples:
        _console.print(table)
    if report.left:
        raise RuntimeError(f"{report.left.total()} things are not right")
    _console.print("Database and store agree.")


async def _reconcile(settings: Settings, mend: bool, verify: bool, tell: Callable[[int], None]) -> "Report":
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    from app.media.reconcile import reconcile
    from app.platform.storage import Storage

    engine = create_async_engine(_worker_url(settings))
    try:
        sessions, now = async_sessionmaker(engine), system_clock.now()
        return await reconcile(sessions, Storage(settings), now, mend=mend, verify=float(verify), tell=tell)
    finally:
        await engine.dispose()


@app.command()
def jobs(
    retry: Annotated[
        bool, typer.Option("--retry", help="Put them back in the queue, after you mended the cause.")
    ] = False,
) -> None:
    """Background jobs that were given up after eight tries; ends with 1 where there are any."""
    with _ready(Settings()) as running:
        failed = asyncio.run(_failed_jobs(running, retry))
    if not failed:
        _console.print("No job was given up.")
        return
    table = Table(box=SIMPLE_HEAD)
    for heading in ("job", "task", "about", "tries", "since"):
        table.add_column(heading)
    for job in failed:
        since = f"{job.since:%Y-%m-%d %H:%M}" if job.since else ""
        table.add_row(str(job.id), job.task, json.dumps(job.about), str(job.tries), since)
    _console.print(table)
    if not retry:
        raise RuntimeError(
            f"{len(failed)} jobs were given up: the log says why, by job number; --retry tries them again"
        )
    _console.print(f"{len(failed)} jobs are in the queue again.")


async def _failed_jobs(settings: Settings, retry: bool) -> "list[FailedJob]":
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    from app.platform.jobs import failed_jobs, retry_failed

    engine = create_async_engine(_worker_url(settings))
    try:
        async with AsyncSession(engine) as session, session.begin():
            failed = await failed_jobs(session)
            if retry:
                await retry_failed(session)
            return failed
    finally:
        await engine.dispose()


mail = typer.Typer(help="Mail that came back.", no_args_is_help=True)
app.add_typer(mail, name="mail")


@mail.command("bounced")
def mail_bounced(
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Stop at once; without it three times stop an address.")
    ] = False,
) -> None:
    """Read addresses from standard input, one a line, to which mail came back; the people themselves are told."""
    addresses = [line.strip() for line in sys.stdin if line.strip()]
    with _ready(Settings()) as running:
        known = asyncio.run(_bounced(running, addresses, for_good))
    _console.print(f"{known} of {len(addresses)} addresses are known here and were counted.")


async def _bounced(settings: Settings, addresses: list[str], for_good: bool) -> int:
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    from app.guidance.weekly_mail.sending import MOST_BOUNCES, bounced_later

    engine = create_async_engine(_worker_url(settings))
    try:
        async with AsyncSession(engine) as session, session.begin():
            times = MOST_BOUNCES if for_good else 1
            return await bounced_later(session, addresses, system_clock.now(), times)
    finally:
        await engine.dispose()


backups(app)

school = typer.Typer(help="The first school and administrator of an empty installation.", no_args_is_help=True)
app.add_typer(school, name="school")

Brin = Annotated[str, typer.Option(help="BRIN and site: 01AB00.")]


@school.command("add")
def add_school(brin: Brin, name: Annotated[str, typer.Option(help="As people say it.")]) -> None:
    """Add a school, as the owner of the database."""
    from app.access import beginning

    with _ready(Settings()) as running, _readable_beginning():
        beginning.add_school(_owner_url(running), brin, name)
    _console.print(f"{name} is there.")


@school.command("admin")
def add_school_admin(
    brin: Brin,
    given_name: Annotated[str, typer.Option()],
    family_name: Annotated[str, typer.Option(help="With its infix: 'van der Berg'.")],
    username: Annotated[str, typer.Option(help="To sign in with.")],
) -> None:
    """Add a person who administers a school. The password is asked, or read from standard input."""
    from app.access import beginning
    from app.access.actions import hash_password

    asked = sys.stdin.isatty()
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline()
    password = password.rstrip("\r\n")
    with _ready(Settings()) as running, _readable_beginning():
        beginning.require_strong(password, given_name, family_name, username)
        hashed = asyncio.run(hash_password(password))
        beginning.add_admin(_owner_url(running), brin, given_name, family_name, username, hashed, system_clock.today())
    _console.print(f"{username} administers the school, and gives a second factor at the first sign-in.")


@contextmanager
def _readable_beginning() -> Iterator[None]:
    from app.access.beginning import BeginningRefused

    try:
        yield
    except BeginningRefused as refused:
        raise RuntimeError(say("en", refused.code)) from refused


def _worker_url(running: Settings) -> str:
    if not running.database_worker_url:
        raise RuntimeError("set TALENT_DATABASE_WORKER_URL as well: the worker has a role of its own")
    return running.database_worker_url


def _owner_url(running: Settings) -> str:
    if not running.database_owner_url:
        raise RuntimeError("set TALENT_DATABASE_OWNER_URL as well: this is done by the owner of the database")
    return running.database_owner_url


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console) as progress:
        bar = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


def _changes_table(outcome: "Outcome") -> Table:
    table = Table(title=f"{outcome.pupils} pupils in the file", box=SIMPLE_HEAD)
    for heading in ("", "added", "changed", "ended"):
        table.add_column(heading, justify="right" if heading else "left")
    for kind, counts in outcome.counts.items():
        table.add_row(kind, *(str(counts.get(what, "")) for what in ("added", "changed", "ended")))
    return table


chances = typer.Typer(help="Figures about chances on work.", no_args_is_help=True)
app.add_typer(chances, name="chances")


@chances.command("load")
def load_chances(
    file: Annotated[Path, typer.Argument(help="JSON, as docs/chances.md says.", exists=True, dir_okay=False)],
) -> None:
    """Bring in the region's figures of a year; the newest year is shown."""
    from app.guidance.chances.figures import FiguresRefused, keep, read_figures

    try:
        figures = read_figures(file.read_bytes())
    except FiguresRefused as refused:
        raise RuntimeError(str(refused)) from refused
    with _ready(Settings()) as running:
        keep(_owner_url(running), figures)
    _console.print(f"{figures.region}, {figures.year}: figures for {len(figures.fields)} work fields are shown now.")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    from app.main import create_app

    print(json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False))


@contextmanager
def _ready(settings: Settings) -> Iterator[Settings]:
    """Settings of running engines; a database of our own is migrated, somebody else's is left to its owner."""
    from app.platform.db import migrate as migrate_database
    from app.platform.embedded import embedded_engines

    # Ends like Ctrl-C, through every `finally`: engines are stopped by those who started them.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    with embedded_engines(settings) as running:
        if not settings.database_url:
            migrate_database(running)
        for url in filter(None, (running.database_url, running.database_worker_url)):
            _reach(url)
        yield running


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The port is taken first: when it is not free, nothing else has been started. Raises OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise OSError(
                f"{settings.host}:{settings.port} cannot be used ({error.strerror}): set TALENT_PORT"
            ) from error
        yield listener


def _serve(settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    with _undisturbed():
        from app.main import create_app
        from app.platform.telemetry.logs import tell_the_uncaught

        app = create_app(settings)
    tell_the_uncaught()

    class Server(uvicorn.Server):
        """Opens the app by itself: of what keeps it from opening, uvicorn would only say so in its log."""

        _open = AsyncExitStack()

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await self._open.enter_async_context(app.router.lifespan_context(app))
            await super().startup(sockets)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await super().shutdown(sockets)
            await self._open.aclose()

    config = uvicorn.Config(
        app,
        lifespan="off",
        http="httptools",
        loop="uvloop",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=25,
    )
    server = Server(config)
    _console.print(f"[bold]{settings.origin}[/bold]  (Ctrl-C stops everything; the data stay)")
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        _console.print("Stopping.")
    if not server.started:
        raise RuntimeError("the app did not start; its log says why")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Little is swept while the app is put together, and later sweeps leave alone what it is made of."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*usual)


def _reach(database_url: str) -> None:
    """Raises psycopg.OperationalError at once when the database is away; a pool would try for half a minute."""
    import psycopg
    from sqlalchemy import make_url

    url = make_url(database_url).set(drivername="postgresql")
    psycopg.connect(url.render_as_string(hide_password=False), connect_timeout=5).close()


@contextmanager
def _background_worker() -> Iterator[None]:
    """A worker beside the server. It ends with us, also when we are killed: then its standard input ends."""
    argv = [sys.executable, "-m", "app.cli", "worker", "--until-eof"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE) as child:
        try:
            yield
        finally:
            child.terminate()


def _stop_at_eof() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _load_region(settings: Settings) -> None:
    from app.demo import is_loaded, load_region

    if is_loaded(settings):
        return
    with _progress("Demo region") as tell:
        load_region(settings, system_clock, tell)


def _people_table(people: "list[DemoPerson]") -> Table:
    table = Table(title="Who you can be", box=SIMPLE_HEAD)
    for heading in ("User name", "Who", "Role", "School", "Code"):
        table.add_column(heading, overflow="fold")
    for person in people:
        table.add_row(
            f"[bold]{person.username}[/bold]",
            person.name,
            person.role,
            person.school,
            "yes" if person.gives_code else "",
        )
    return table


def main() -> None:
    """Runs the command line; what fails is said in one line, with status 1."""
    try:
        app()
    except ValidationError as error:
        wrong = [f"TALENT_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors()]
        _fail("; ".join(wrong))
    except Exception as error:
        if os.environ.get("TALENT_LOG_LEVEL") == "debug":
            raise
        _fail(next(iter(str(error).splitlines()), "") or type(error).__name__)


def _fail(message: str) -> None:
    print(f"talentportfolio: {message}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
