import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { canEnter, canRun, chooseRunner, copyBinaries, findBinaries } from "../../db/embedded/binaries.ts";
import { clusterUrl, createCluster, giveTo, startPostmaster, stopPostmaster } from "../../db/embedded/cluster.ts";
import { isInRunFolder, openRunFolder } from "./run-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The database of the tests' cluster from which others are made. */
    postgresUrl: string;
  }
}

const FAST = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=400",
  "shared_buffers=64MB",
];

/**
 * One embedded Postgres for all test files of a run, in a folder that is gone afterwards.
 *
 * Whoever runs vitest without `npm test` gets the run's folder here, so that a run that is killed leaves nothing behind either.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = isInRunFolder() ? null : await openRunFolder({ mayBeInMemory: true });
  const parent = await mkdtemp(join(tmpdir(), "liaison-postgres-"));
  const runner = await chooseRunner();
  await giveTo(parent, runner);
  if (!canEnter(parent, runner))
    throw new Error(`The user of Postgres cannot enter ${parent}: set TMPDIR to another folder.`);
  const found = findBinaries();
  const binaries = canRun(found, runner) ? found : await copyBinaries(found, parent);
  const cluster = { folder: join(parent, "postgres"), binaries, runner };
  await createCluster(cluster, false);
  const postmaster = await startPostmaster(cluster, FAST);
  if (postmaster === null) throw new Error("Another server took the tests' cluster.");
  project.provide("postgresUrl", await clusterUrl(cluster, postmaster.port));
  return async () => {
    await stopPostmaster(cluster);
    await rm(parent, { recursive: true, force: true });
    await folder?.close();
  };
}
