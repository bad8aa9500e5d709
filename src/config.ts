import { BlockList, isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { parseDuration } from "./clock.ts";
import { withFiles } from "./config-files.ts";
import { readNetworks } from "./networks.ts";
import type { TraceSettings } from "./observe/watch.ts";

/** The configuration: everything that the environment decides; see the README's table. */
export type Config = {
  /** Null: the embedded Postgres in `dataFolder`. */
  readonly databaseUrl: string | null;
  /** Who may change the tables, and nothing else is done as; null: the user of `databaseUrl`, or the embedded Postgres's. */
  readonly databaseOwnerUrl: string | null;
  /** Null: the queue is in Postgres. */
  readonly redisUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
  /** 32 bytes; null while it is kept in the data folder. */
  readonly secret: Uint8Array | null;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** The template of the map's tiles, in GCJ-02; null: the map is drawn without any. */
  readonly mapTiles: string | null;
  /** What replaces a platform's address, by the name of its variable. */
  readonly apiBases: Readonly<Record<string, string>>;
  readonly timeZone: string;
  readonly clockOffsetMs: number;
  /** 0 for ever. */
  readonly webhookMaxAgeSeconds: number;
  /** The networks of the proxies whose `X-Forwarded-For` is used; empty where the header is never read. */
  readonly trustedProxies: BlockList;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Where a process that only works answers `/healthz`, `/readyz` and `/metrics`; null: nowhere. */
  readonly metricsPort: number | null;
  /** Where traces go; null: nobody follows messages. */
  readonly traces: TraceSettings | null;
  /** Another model that may vote on words which would be asked about; null: none is asked. */
  readonly model: { readonly url: string; readonly name: string; readonly key: string | null } | null;
  /** The edge, which takes messages in while the service is away; null: there is none. */
  readonly edge: {
    /** What edge and service share. */
    readonly secret: string;
    /** Its address, without a slash at its end; null where nobody asks it how much waits. */
    readonly url: string | null;
  } | null;
  /** The platforms that a demo has. */
  readonly demoPlatforms: readonly string[];
  /** Whether npm and its shell stand between whoever started this process and the process itself. */
  readonly startedByNpm: boolean;
};

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

const whole = (from: number, to: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: `must be a whole number from ${from} to ${to}`,
    })
    .transform(Number);

const environment = z
  .object({
    DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
    DATABASE_OWNER_URL: url(["postgres:", "postgresql:"]).optional(),
    REDIS_URL: url(["redis:", "rediss:"]).optional(),
    LIAISON_DATA: z.string().default(".data"),
    LIAISON_SECRET: z
      .string()
      .transform(readSecret)
      .refine((bytes) => bytes !== null, {
        error: "must be 32 bytes in base64, as `openssl rand -base64 32` makes them",
      })
      .optional(),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, { error: "must be a host name or address" })
      .default("127.0.0.1"),
    PORT: whole(0, 65_535).default(3000),
    PUBLIC_URL: url(["http:", "https:"]).optional(),
    MAP_TILES: url(["http:", "https:"])
      .refine((text) => ["{x}", "{y}", "{z}"].every((part) => text.includes(part)), {
        error: "must hold {z}, {x} and {y}, as https://tiles.example.org/{z}/{x}/{y}.png",
      })
      .optional(),
    LIAISON_TIMEZONE: z
      .string()
      .refine(isTimeZone, { error: "must be the name of a time zone, such as Asia/Shanghai" })
      .default("Asia/Shanghai"),
    LIAISON_CLOCK_OFFSET: z
      .string()
      .transform(parseDuration)
      .refine((ms) => ms !== null, {
        error: "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT50H",
      })
      .optional(),
    WEBHOOK_MAX_AGE: whole(0, 31_536_000).default(300),
    TRUSTED_PROXIES: z
      .string()
      .transform(readNetworks)
      .refine((networks) => networks !== null, {
        error: "must be addresses or networks, such as 127.0.0.1 or 172.16.0.0/12, with commas between them",
      })
      .optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).default("info"),
    METRICS_PORT: whole(0, 65_535).optional(),
    UNDERSTANDING_MODEL_URL: url(["http:", "https:"])
      .refine((text) => !/^\w+:\/\/[^/?#]*@/.test(text), {
        error: "must hold no name and password: give a key as UNDERSTANDING_MODEL_KEY",
      })
      .optional(),
    UNDERSTANDING_MODEL_NAME: z.string().optional(),
    UNDERSTANDING_MODEL_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, { error: "must be one word of plain letters, digits and signs" })
      .optional(),
    EDGE_SECRET: z
      .string()
      .regex(/^[\x21-\x7e]{32,256}$/, {
        error: "must be at least 32 letters, digits and signs, as `openssl rand -base64 32` makes them",
      })
      .optional(),
    EDGE_URL: url(["http:", "https:"]).optional(),
    LIAISON_DEMO_PLATFORMS: z.string().default("wechat-official,wecom,web"),
    OTEL_SDK_DISABLED: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
    OTEL_SERVICE_NAME: z.string().default("liaison"),
    OTEL_EXPORTER_OTLP_ENDPOINT: url(["http:", "https:"]).optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url(["http:", "https:"]).optional(),
    OTEL_EXPORTER_OTLP_PROTOCOL: z
      .enum(["http/json", "http/protobuf"], { error: "must be http/json: no other protocol is spoken here" })
      .optional(),
    OTEL_EXPORTER_OTLP_HEADERS: z
      .string()
      .transform(readHeaders)
      .refine((headers) => headers !== null, { error: "must be name=value pairs with commas between them" })
      .optional(),
    OTEL_TRACES_SAMPLER_ARG: z
      .string()
      .refine((text) => /^(0(\.\d+)?|1(\.0+)?)$/.test(text), { error: "must be a share from 0 to 1, such as 0.1" })
      .transform(Number)
      .default(1),
  })
  .refine((values) => values.DATABASE_OWNER_URL === undefined || values.DATABASE_URL !== undefined, {
    path: ["DATABASE_OWNER_URL"],
    error: "stands beside DATABASE_URL, which is then the service's own login: set both, or DATABASE_URL alone",
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .refine(
    (values) => (values.UNDERSTANDING_MODEL_URL === undefined) === (values.UNDERSTANDING_MODEL_NAME === undefined),
    {
      path: ["UNDERSTANDING_MODEL_NAME"],
      error: "and UNDERSTANDING_MODEL_URL are set both, or neither",
      when: ({ value }) => typeof value === "object" && value !== null,
    },
  )
  .refine((values) => values.EDGE_URL === undefined || values.EDGE_SECRET !== undefined, {
    path: ["EDGE_SECRET"],
    error: "is required with EDGE_URL: set it to what the edge was given",
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .refine((values) => values.DATABASE_URL === undefined || values.LIAISON_SECRET !== undefined, {
    path: ["LIAISON_SECRET"],
    error: "is required with DATABASE_URL: set it to what `openssl rand -base64 32` prints, and keep it",
    // Said even when another name is wrong too: all that is wrong is listed at once.
    when: ({ value }) => typeof value === "object" && value !== null,
  });

/**
 * Reads the configuration from the environment; the only place that does.
 *
 * Every name may be given as `<NAME>_FILE` instead: the path of a file whose content is the value, as secrets come into
 * containers. Files are read once, here.
 * @param folder where relative paths begin
 * @returns the configuration, or one plain sentence per wrong name
 */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
  folder: string,
): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] } {
  const { set, unreadable } = withFiles(
    variables,
    folder,
    (name) => Object.hasOwn(environment.shape, name) || API_BASE.test(name),
  );
  const parsed = environment.safeParse(set);
  const bases = Object.entries(set).filter(([name]) => API_BASE.test(name));
  const wrongBases = bases.filter(([, value]) => !url(["http:", "https:"]).safeParse(value).success);
  const problems = [
    ...unreadable.values(),
    ...(parsed.error?.issues ?? []).flatMap(({ path, message }) =>
      unreadable.has(String(path[0])) ? [] : [`${path.join(".")} ${message}.`],
    ),
    ...wrongBases.map(([name]) => `${name} must be an address that begins with http:// or https://.`),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { HOST, PORT, PUBLIC_URL, ...values } = parsed.data;
  return {
    ok: true,
    config: {
      databaseUrl: values.DATABASE_URL ?? null,
      databaseOwnerUrl: values.DATABASE_OWNER_URL ?? null,
      redisUrl: values.REDIS_URL ?? null,
      dataFolder: resolve(folder, values.LIAISON_DATA),
      secret: values.LIAISON_SECRET ?? null,
      host: HOST,
      port: PORT,
      publicUrl: (PUBLIC_URL ?? addressOf(HOST, PORT)).replace(/\/+$/, ""),
      mapTiles: values.MAP_TILES ?? null,
      apiBases: Object.fromEntries(bases.map(([name, value]) => [name, String(value)])),
      timeZone: values.LIAISON_TIMEZONE,
      clockOffsetMs: values.LIAISON_CLOCK_OFFSET ?? 0,
      webhookMaxAgeSeconds: values.WEBHOOK_MAX_AGE,
      trustedProxies: values.TRUSTED_PROXIES ?? new BlockList(),
      logLevel: values.LOG_LEVEL,
      metricsPort: values.METRICS_PORT ?? null,
      traces: traceSettings(values),
      model: modelSettings(values),
      edge: edgeSettings(values),
      demoPlatforms: values.LIAISON_DEMO_PLATFORMS.split(","),
      startedByNpm: set.npm_lifecycle_event !== undefined,
    },
  };
}

/** Traces are kept where the standard's names say to where they go. */
function traceSettings(
  values: Pick<z.output<typeof environment>, `OTEL_${"SDK_DISABLED" | "SERVICE_NAME" | "TRACES_SAMPLER_ARG"}`> &
    Pick<z.output<typeof environment>, `OTEL_EXPORTER_OTLP_${"ENDPOINT" | "TRACES_ENDPOINT" | "HEADERS"}`>,
): TraceSettings | null {
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base.replace(/\/+$/, "")}/v1/traces`);
  if (url === undefined || values.OTEL_SDK_DISABLED === "true") return null;
  return {
    url,
    headers: values.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: values.OTEL_SERVICE_NAME,
    share: values.OTEL_TRACES_SAMPLER_ARG,
  };
}

function modelSettings(
  values: Pick<z.output<typeof environment>, `UNDERSTANDING_MODEL_${"URL" | "NAME" | "KEY"}`>,
): Config["model"] {
  const { UNDERSTANDING_MODEL_URL: url, UNDERSTANDING_MODEL_NAME: name, UNDERSTANDING_MODEL_KEY: key = null } = values;
  return url === undefined || name === undefined ? null : { url, name, key };
}

function edgeSettings({
  EDGE_SECRET: secret,
  EDGE_URL: url,
}: Pick<z.output<typeof environment>, `EDGE_${"SECRET" | "URL"}`>): Config["edge"] {
  return secret === undefined ? null : { secret, url: url?.replace(/\/+$/, "") ?? null };
}

/** The standard's `name=value,name=value`, the values percent-encoded; null when it is no such list. */
function readHeaders(text: string): Record<string, string> | null {
  const pairs = text.split(",").map((pair) => /^\s*([\w.-]+)\s*=((?:[^%]|%[0-9a-f]{2})*)$/i.exec(pair));
  const headers = new Map<string, string>();
  for (const pair of pairs) {
    if (pair?.[1] === undefined) return null;
    headers.set(pair[1], decodeURIComponent((pair[2] ?? "").trim()));
  }
  return Object.fromEntries(headers);
}

const API_BASE = /^[A-Z]+_API_BASE$/;

/** The address by which a browser on this machine reaches what listens on `host` and `port`. */
export function addressOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}

function readSecret(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && /^[\w+/-]+={0,2}$/.test(text.trim()) ? new Uint8Array(bytes) : null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
