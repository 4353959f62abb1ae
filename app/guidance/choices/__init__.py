"""Choice moments: what a pupil could choose, why, how sure that is through time, and what it became."""
