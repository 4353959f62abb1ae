"""What is the pupil's goes along: it is shown outside, taken along, brought in, and forgotten."""
