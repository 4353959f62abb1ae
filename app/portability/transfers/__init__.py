"""The pupil takes chosen things along to another school; nothing is copied."""
