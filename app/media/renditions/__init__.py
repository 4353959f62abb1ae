"""What is made of files: what is kept, and pictures of it to show. Decoders run apart from the worker."""
