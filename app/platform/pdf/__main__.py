"""In a process of its own: main.typ and value.json of one folder in, made.pdf in the same folder out."""

import resource
import sys
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"


def main(folder: Path, made_at: int, memory_bytes: int, cpu_s: int) -> None:
    """Sets the document. Raises typst.TypstError where it is not one that everybody can read (PDF/UA-1)."""
    for what, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))
    # Our own letters only: the same pages on every machine. Templates use no packages, and find none.
    letters = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    nothing = folder / "packages"
    compiler = typst.Compiler(
        folder / "main.typ", root=folder, font_paths=letters, package_path=nothing, package_cache_path=nothing
    )
    compiler.compile(output=folder / "made.pdf", format="pdf", pdf_standards="ua-1", timestamp=made_at)


if __name__ == "__main__":
    folder, made_at, memory_bytes, cpu_s = sys.argv[1:]
    main(Path(folder), int(made_at), int(memory_bytes), int(cpu_s))
