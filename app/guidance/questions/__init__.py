"""Questions that fit: the product's own and those of a school, and what a pupil answered to them before."""
