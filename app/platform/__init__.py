import sys

# Else botocore takes pyOpenSSL where it finds it, for the Python of long ago: 8 MB in each process that serves.
sys.modules.setdefault("urllib3.contrib.pyopenssl", None)  # type: ignore[arg-type]
