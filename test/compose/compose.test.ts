import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { copySources, productionTree } from "../production-tree.ts";
import { type Compose, readCompose } from "./compose.ts";

const execute = promisify(execFile);
const ROOT = join(import.meta.dirname, "../..");
/** What the service promises to need at most for a graceful end. */
const SERVICE_ENDS_WITHIN_S = 10;
let compose: Compose;
let dockerfile: string;
beforeAll(async () => {
  compose = await readCompose();
  dockerfile = await readFile(join(ROOT, "Dockerfile"), "utf8");
});

const services = () => Object.entries(compose.services);
const ours = () => services().filter(([, { image }]) => image.startsWith("liaison:"));
const lasting = () => services().filter(([, { restart }]) => restart !== "no");

describe("the compose file", () => {
  test("is one by the compose specification's own schema, which refuses what is none", async () => {
    const schema = JSON.parse(await readFile(join(import.meta.dirname, "compose-spec.schema"), "utf8"));
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile({ ...schema, $schema: "http://json-schema.org/draft-07/schema#" });
    expect([validate(compose), validate.errors]).toEqual([true, null]);
    const { web } = compose.services;
    for (const wrong of [
      { ...web, memory: "1g" },
      { ...web, restart: 3 },
      { ...web, depends_on: { migrate: {} } },
    ]) {
      expect(validate({ ...compose, services: { web: wrong } })).toBe(false);
    }
  });

  test("names only secrets, volumes, networks and services that exist, and each of them is used", () => {
    const used = (of: (service: Compose["services"][string]) => readonly string[] | undefined) =>
      [...new Set(services().flatMap(([, service]) => of(service) ?? []))].sort();
    const named = (volumes: readonly string[] | undefined) => volumes?.map((volume) => volume.split(":")[0]!);
    expect(used(({ secrets }) => secrets)).toEqual(Object.keys(compose.secrets).sort());
    // What is given to a service is read by it: a path that stands in its environment, its command or its health check.
    for (const [name, { secrets, environment, command, healthcheck }] of services()) {
      const read = [...JSON.stringify([environment, command, healthcheck]).matchAll(/\/run\/secrets\/(\w+)/g)];
      expect([name, [...new Set(read.map(([, secret]) => secret))].sort()]).toEqual([
        name,
        [...(secrets ?? [])].sort(),
      ]);
    }
    expect(used(({ volumes }) => named(volumes))).toEqual(Object.keys(compose.volumes).sort());
    expect(used(({ networks }) => networks)).toEqual(Object.keys(compose.networks).sort());
    for (const name of used(({ depends_on }) => Object.keys(depends_on ?? {})))
      expect(compose.services).toHaveProperty(name);
  });

  test("confines every service: a user without rights, a file system that nobody writes, limits", () => {
    for (const [name, service] of services()) {
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          cap_drop: ["ALL"],
          security_opt: ["no-new-privileges:true"],
          user: expect.not.stringMatching(/^(root|0)(:|$)/),
          tmpfs: expect.arrayContaining([expect.stringMatching(/^\/tmp:/)]),
        }),
      ]);
      expect([name, Object.keys(service.deploy?.resources?.limits ?? {})]).toEqual([name, ["cpus", "memory", "pids"]]);
    }
  });

  test("watches everything that lasts and starts it again; jobs run once", () => {
    for (const [name, { restart, healthcheck }] of lasting()) {
      expect([name, restart, healthcheck?.test?.[0]]).toEqual([name, "unless-stopped", expect.stringMatching(/^CMD/)]);
    }
    for (const [name, { restart, healthcheck }] of services()) {
      if (restart === "no") expect([name, healthcheck]).toEqual([name, { disable: true }]);
    }
    expect(services().flatMap(([name, { restart }]) => (restart === "no" ? [name] : []))).toEqual([
      "migrate",
      "liaison",
    ]);
  });

  test("starts nothing that serves before the one job that migrates has ended well", () => {
    for (const name of ["web", "worker"]) {
      expect(compose.services[name]).toMatchObject({
        depends_on: {
          migrate: { condition: "service_completed_successfully" },
          database: { condition: "service_healthy" },
          queue: { condition: "service_healthy" },
        },
        deploy: { replicas: 2 },
      });
    }
    expect(compose.services.migrate?.deploy?.replicas).toBeUndefined();
  });

  test("publishes neither database nor queue, lets neither out, and the web front on loopback alone", () => {
    expect(compose.networks.inside).toEqual({ internal: true });
    for (const [name, { ports, networks }] of services()) {
      if (name === "web") for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      else expect([name, ports]).toEqual([name, undefined]);
      if (["database", "queue"].includes(name)) expect([name, networks]).toEqual([name, ["inside"]]);
    }
  });

  test("lets nothing that serves change tables or make roles", () => {
    const isOwner = ({ secrets = [] }: Compose["services"][string]) => secrets.includes("database_owner_url");
    expect(ours().flatMap(([name, service]) => (isOwner(service) ? [name] : []))).toEqual(["migrate", "liaison"]);
  });

  test("ends the queue when it is told to, though a shell begins it, and sets its password", async () => {
    const folder = await mkdtemp(join(tmpdir(), "liaison-queue-"));
    const server = join(folder, "valkey-server");
    // As the server does: it reads its settings, then ends at once when it is told to.
    await writeFile(server, '#!/bin/sh\ntrap "exit 0" TERM\ncat "$@"\necho READY\nwhile :; do sleep 0.05; done\n', {
      mode: 0o755,
    });
    await writeFile(join(folder, "queue_password"), "hidden\n");
    const [program = "", ...words] = compose.services.queue?.command ?? [];
    const here = words.map((word) =>
      word.replaceAll("$$", "$").replaceAll("/tmp/", `${folder}/`).replaceAll("/run/secrets", folder),
    );
    const queue = spawn(program, here, {
      env: { PATH: `${folder}:${process.env.PATH}` },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    try {
      let said = "";
      queue.stdout.on("data", (chunk) => {
        said += chunk;
      });
      const ended = once(queue, "exit");
      await expect.poll(() => said, { timeout: 10_000 }).toMatch(/READY/);
      expect(said.split("\n")).toEqual(expect.arrayContaining(["requirepass hidden", "appendonly no", 'save ""']));
      queue.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    } finally {
      if (queue.pid !== undefined && queue.exitCode === null) process.kill(-queue.pid, "SIGKILL");
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("gives the service as long as it needs to end what is under way", () => {
    for (const [name, { stop_grace_period: grace }] of ours()) {
      expect([name, Number.parseInt(grace ?? "", 10)]).toEqual([
        name,
        expect.toSatisfy((s) => s > SERVICE_ENDS_WITHIN_S),
      ]);
    }
  });

  test("sets only names that the service reads, and every secret by file", () => {
    for (const [name, { environment = {}, secrets = [] }] of ours()) {
      for (const [variable, value] of Object.entries(environment)) {
        const known = variable.endsWith("_FILE") ? variable : `${variable}_FILE`;
        const read = readConfig({ [known]: "/nowhere/at/all" }, ROOT);
        expect([name, variable, read.ok ? [] : read.problems.map((text) => text.split(" ")[0])]).toEqual([
          name,
          variable,
          [known],
        ]);
        const secret = value.match(/^\/run\/secrets\/(.+)$/)?.[1];
        if (secret !== undefined) expect(secrets).toContain(secret);
      }
      expect(Object.keys(environment)).toEqual(
        expect.arrayContaining(["DATABASE_URL_FILE", "LIAISON_SECRET_FILE", "REDIS_URL_FILE"]),
      );
    }
    const written = JSON.stringify(compose);
    expect(written).not.toMatch(/postgres:\/\/|redis:\/\/|"POSTGRES_PASSWORD"/);
  });

  test("asks every process of the service on its own port whether it is ready", async () => {
    let status = 200;
    const asked: (string | undefined)[] = [];
    const ready = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => ready.listen(0, "127.0.0.1", resolve));
    const { port } = ready.address() as AddressInfo;
    const isHealthy = async (service: Compose["services"][string] | undefined, own: string) => {
      const [, program = "", ...words] = service?.healthcheck?.test ?? [];
      const [flag = "", script = ""] = words;
      expect(script).toContain(`127.0.0.1:${own}/`);
      return execute(program, [flag, script.replace(`:${own}/`, `:${port}/`)]).then(
        () => true,
        () => false,
      );
    };
    const { web, worker } = compose.services;
    try {
      expect(await isHealthy(web, web?.environment?.PORT ?? "")).toBe(true);
      expect(await isHealthy(worker, worker?.environment?.METRICS_PORT ?? "")).toBe(true);
      status = 503;
      expect(await isHealthy(worker, worker?.environment?.METRICS_PORT ?? "")).toBe(false);
      expect(new Set(asked)).toEqual(new Set(["/readyz"]));
    } finally {
      await new Promise((resolve) => ready.close(resolve));
    }
    expect(await isHealthy(worker, worker?.environment?.METRICS_PORT ?? "")).toBe(false);
  });
});

describe("the image", () => {
  test("copies what exists and what Docker is allowed to see, and does not end as root", async () => {
    const sources = await copySources();
    expect(sources).toEqual(expect.arrayContaining(["package.json", "package-lock.json", "db", "workers", "src"]));
    const visible = (await readFile(join(ROOT, ".dockerignore"), "utf8")).trim().split("\n");
    expect(visible[0]).toBe("*");
    for (const source of sources) {
      await access(join(ROOT, source));
      expect(
        visible.some((line) => line === `!${source}` || `!${source}`.startsWith(`${line}/`)),
        source,
      ).toBe(true);
    }
    expect([...dockerfile.matchAll(/^USER (.+)$/gm)].at(-1)?.[1]).toBe("node");
    // What builds the service, the bridge, and the service.
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(3);
    expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
  });

  test("begins with a Node that runs the sources as they are", async () => {
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const bases = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map((match) => match[1]);
    const own = devDependencies.node.split(".")[0];
    expect(bases).toEqual([own, own, own]);
  });

  test("runs without the packages of development, and without a Postgres of its own", async () => {
    const tree = await productionTree();
    try {
      const liaison = (...args: string[]) => {
        const env = { PATH: process.env.PATH, LIAISON_DATA: join(tree.folder, "data") };
        const options = { cwd: tree.folder, env, encoding: "utf8", stdio: "pipe" } as const;
        return execFileSync(process.execPath, ["src/main.js", ...args], options);
      };
      expect(liaison("--help")).toMatch(/^Usage: liaison/);
      expect(() => liaison("migrate")).toThrow(/There is no embedded Postgres for this machine .*: set DATABASE_URL/);
      await expect(access(join(tree.folder, "node_modules/vitest"))).rejects.toThrow("ENOENT");
    } finally {
      await tree.remove();
    }
  });
});
