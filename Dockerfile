# The bot as a container: `docker build -t ankarbot .`, or without Docker `az acr build` (docs/operations.md).
# It runs with `--read-only`: nothing is written outside of /data, and with STORE=cosmos nothing at all.

FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: they would only bring a second Node. Sources, types and maps are for those who develop.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data REGION_FILE=/region/region.yaml
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY bot ./bot
COPY src ./src
RUN install -d -o node -g node -m 0700 /data && install -d -o node -g node node_modules/.cache/compiled
USER 1000:1000
# Compiles what a start loads, in Azure and with traces too. Node keeps that for each user by itself, so it is this one who
# compiles.
RUN NODE_COMPILE_CACHE=node_modules/.cache/compiled node --input-type=module -e "for (const part of ['./bot/run.ts', './bot/main.ts', './bot/otlp.ts', './src/storage/cosmos.ts', './bot/graph/open.ts']) await import(part)"
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=160", "--max-semi-space-size=16", "--preserve-symlinks", "bot/index.js"]
