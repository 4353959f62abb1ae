"""Everything in one file: pages to read without us, all files, portfolio.json and Leap2A."""
