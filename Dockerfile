# A tag can be moved: build with --build-arg BASE=python@sha256:... , the digest that your registry
# shows for it.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
COPY . /src
RUN python /src/dev.py install /app

FROM ${BASE}
# For `history` and `diff git:...`; signed by Debian.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 scan
COPY --from=build /app /app
ENV PATH="/app/bin:$PATH"
USER scan
WORKDIR /work
ENTRYPOINT ["imvo-scan"]
