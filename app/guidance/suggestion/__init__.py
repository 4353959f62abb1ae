"""One kind of work that a pupil has not seen, with something planned there: an invitation, to the pupil only."""
