"""What is the pupil's goes along: to another school, to be shown outside, taken along, brought in, and forgotten."""
