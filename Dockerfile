# Oyez in a container: docs/operate/containers.md. Nothing is fetched but Debian's packages and the
# hashed lock; the house runs as an account of its own and writes to one volume.
FROM debian:bookworm-slim AS built
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates
COPY requirements/run.txt /opt/oyez/requirements/run.txt
RUN python3 -m venv /opt/oyez/.venv \
 && /opt/oyez/.venv/bin/pip install --no-cache-dir --no-compile --require-hashes \
      -r /opt/oyez/requirements/run.txt

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 ca-certificates tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/oyez --shell /usr/sbin/nologin oyez \
 && install -d -o oyez -g oyez -m 0700 /var/lib/oyez
COPY --from=built /opt/oyez/.venv /opt/oyez/.venv
COPY src /opt/oyez/src
ENV PATH=/opt/oyez/.venv/bin:$PATH \
    PYTHONPATH=/opt/oyez/src \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OYEZ_DATA=/var/lib/oyez \
    OYEZ_HOST=0.0.0.0 \
    FORWARDED_ALLOW_IPS=
USER oyez
WORKDIR /var/lib/oyez
VOLUME /var/lib/oyez
EXPOSE 8000
# An hour without a worker is worse than a restart: the answer of `oyez health` is acted upon.
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=4 CMD ["python3", "-m", "oyez", "health"]
ENTRYPOINT ["tini", "--", "python3", "-m", "oyez"]
CMD ["up", "--no-practice"]
