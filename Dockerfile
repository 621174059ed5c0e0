FROM python:3.13-slim
# for `history` and `diff git:...`
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
COPY . /src
RUN python -m pip install --no-cache-dir --require-hashes -r /src/requirements/runtime.txt \
 && python -m pip install --no-cache-dir --no-deps /src \
 && rm -rf /src \
 && useradd --create-home --uid 10001 scan
USER scan
# the folder that is mounted belongs to somebody else; imvo-scan has git run nothing of its config
RUN git config --global --add safe.directory /work
WORKDIR /work
ENTRYPOINT ["imvo-scan"]
