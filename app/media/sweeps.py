"""Every night database and object store are compared, and put right where that can be done by itself."""

import logging

from procrastinate import JobContext

from app.media.reconcile import reconcile
from app.platform.clock import system_clock
from app.platform.jobs import RETRY, jobs, tools

log = logging.getLogger(__name__)

SAMPLE = 0.01
"""The part of files whose bytes are read again each night: most of them in half a year."""


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="sweep_files", queueing_lock="sweep_files", retry=RETRY, pass_context=True)
async def sweep_files(context: JobContext, timestamp: int) -> None:
    """Mends what it can; what needs an operator is logged as an error."""
    found = tools(context)
    report = await reconcile(found.sessions, found.storage, system_clock.now(), mend=True, verify=SAMPLE)
    for kind, count in report.mended.items():
        log.info("swept: %s %s", count, kind)
    for kind, count in report.left.items():
        log.error("needs an operator: %s %s, as %s", count, kind, ", ".join(report.examples[kind]))
