"""What is the pupil's goes along: to another school, out of here, and away."""
