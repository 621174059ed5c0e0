FROM python:3.13-slim
COPY . /src
RUN python -m pip install --no-cache-dir --require-hashes -r /src/requirements/runtime.txt \
 && python -m pip install --no-cache-dir --no-deps /src \
 && rm -rf /src \
 && useradd --create-home --uid 10001 scan
USER scan
WORKDIR /work
ENTRYPOINT ["imvo-scan"]
