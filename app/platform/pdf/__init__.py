"""Paper: pages of A4 as PDF/UA-1, out of a template and values. Knows no portfolio (docs/adr/022-pdf-by-typst.md)."""
