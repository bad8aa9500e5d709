import { type Config, readConfig } from "../../src/config.ts";
import type { BenchInstallation } from "./county.ts";

/** The configuration of a process that serves an installation of the benchmarks, on a port of its own. */
export function configOf(installation: BenchInstallation, more: Readonly<Record<string, string>> = {}): Config {
  const { databaseUrl, redisUrl, secret } = installation;
  const read = readConfig(
    {
      DATABASE_URL: databaseUrl,
      LIAISON_SECRET: secret,
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      PORT: "0",
      LOG_LEVEL: "silent",
      ...more,
    },
    process.cwd(),
  );
  if (!read.ok) throw new Error(read.problems.join("\n"));
  return read.config;
}
