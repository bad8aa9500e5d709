import { join } from "node:path";
import { checkBackup } from "../../../db/backup/manifest.ts";
import { restoreBackup } from "../../../db/backup/restore.ts";
import { createVault } from "../../../db/vault.ts";
import type { Config } from "../../config.ts";
import { explain } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { findSecret, secretPath } from "../../process/secret.ts";
import { beginServer } from "../../process/server.ts";

/** Runs `liaison restore FILE`; says when the backup was made, for what happened later is lost or may happen twice. */
export async function runRestore(
  { out, err }: Output,
  config: Config,
  wanted: { readonly file: string; readonly skipNumbers: number },
): Promise<ExitStatus> {
  const { file, skipNumbers } = wanted;
  const fail = (sentence: string): ExitStatus => {
    err(sentence);
    return 1;
  };
  const secret = config.secret ?? (await findSecret(config.dataFolder));
  if (secret === null) {
    return fail(
      `The key is in no backup: set LIAISON_SECRET to the key of this one, or put its file at ${secretPath(config.dataFolder)}.`,
    );
  }
  const checked = await checkBackup(file, createVault(secret));
  if (!checked.ok) return fail(checked.reason);
  const { manifest } = checked;
  const server = await (await beginServer(config, { asService: true, say: err })).opened;
  try {
    const mediaFolder = join(config.dataFolder, "media");
    const restored = await restoreBackup({ url: server.url, mediaFolder, file, manifest, skipNumbers });
    if (!restored.ok) return fail(restored.reason);
  } catch (error) {
    throw explain(error, server.url);
  } finally {
    await server.close();
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  out(`${rows} rows and ${manifest.media.kept} photos are restored as they were at ${manifest.madeAt}.`);
  return 0;
}
