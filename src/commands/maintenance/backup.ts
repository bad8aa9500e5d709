import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeBackup } from "../../../db/backup/write.ts";
import { opensAccounts } from "../../casework/runtime/accounts.ts";
import type { Config } from "../../config.ts";
import { explain, type Installation } from "../../process/installation.ts";
import { LAST_BACKUP } from "../../process/last-backup.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import { WRONG_KEY } from "../../process/secret.ts";

/** Runs `liaison backup FILE`; prints the file. What is missing in it is said on `err`. */
export async function runBackup(
  { out, err }: Output,
  { ownerUrl, database, vault, now }: Installation,
  { dataFolder }: Pick<Config, "dataFolder">,
  file: string,
): Promise<ExitStatus> {
  if (!(await opensAccounts(database, vault))) {
    err(WRONG_KEY);
    return 1;
  }
  const mediaFolder = join(dataFolder, "media");
  const written = await writeBackup({ url: ownerUrl, vault, mediaFolder, file, now }).catch((error: unknown) => {
    throw explain(error, ownerUrl);
  });
  if (!written.ok) {
    err(written.reason);
    return 1;
  }
  const { madeAt, tables, media } = written.manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(join(dataFolder, LAST_BACKUP), `${JSON.stringify({ at: madeAt, rows, media })}\n`);
  err(`The backup holds ${rows} rows and ${media.kept} photos, and not the key: keep that apart.`);
  if (media.missing > 0) err(`${media.missing} photos are missing or damaged in ${mediaFolder}: they are not in it.`);
  out(file);
  return 0;
}
