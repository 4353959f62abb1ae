"""Traces by OpenTelemetry, sent over OTLP/HTTP; imported only where the settings name a receiver."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.platform.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer


@contextmanager
def tracer(settings: Settings, part: str) -> Iterator["Tracer | None"]:
    """The tracer of this process (`part`: app or worker), or None; what waits to be sent is sent at the end."""
    if not settings.otlp_url:
        yield None
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import SpanLimits, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    provider = TracerProvider(
        # Only what is said here: the library would add the command line and the machine's name.
        resource=Resource({"service.name": f"talentportfolio-{part}"}),
        sampler=ParentBased(TraceIdRatioBased(settings.trace_share)),
        span_limits=SpanLimits(max_span_attributes=16),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.otlp_url, timeout=5)))
    try:
        yield provider.get_tracer("talentportfolio")
    finally:
        provider.shutdown()
