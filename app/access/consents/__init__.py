"""The register of consent: what was asked, in which words, of whom, and what became of it."""
