# Two stages: packages are installed and compiled where there is pip; the image that runs has
# neither pip nor a compiler to offer. Another base: --build-arg PYTHON_IMAGE=…
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python3 -m venv --without-pip /app/venv \
 && python3 -m pip --disable-pip-version-check --quiet --python /app/venv/bin/python \
      install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.txt
COPY bot bot
COPY answers /app/answers
RUN cp -r bot /app/bot \
 && echo /app > "$(echo /app/venv/lib/python3*/site-packages)/faqbot.pth" \
 && find /app/venv -type d \( -name tests -o -name test \) -prune -exec rm -rf {} + \
 && /app/venv/bin/python -m compileall -q /app/venv/lib /app/bot

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="vetted-faq-bot" \
      org.opencontainers.image.description="Sends only clinician-vetted answers on kratom, opioid withdrawal, OUD and ADHD" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin faqbot \
 && install -d -o faqbot -g faqbot /data \
 && printf '#!/bin/sh\nexec /app/venv/bin/python -m bot "$@"\n' > /usr/local/bin/faqbot \
 && chmod 0755 /usr/local/bin/faqbot
WORKDIR /app
USER 10001
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 FAQBOT_ANSWERS=/app/answers FAQBOT_STATE_URL=sqlite:////data/state.db
VOLUME /data
ENTRYPOINT ["/app/venv/bin/python", "-m", "bot"]
CMD ["run"]
