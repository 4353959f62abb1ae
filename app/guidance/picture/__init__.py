"""The talent picture: work fields through the years, words with voices, five competencies. Never a score."""
