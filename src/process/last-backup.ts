import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The name of the file in the data folder that holds when the newest backup was made. */
export const LAST_BACKUP = "last-backup.json";

/**
 * The moment of the newest backup that was made from this data folder; null when none was, or its file cannot be read.
 */
export async function lastBackupAt(dataFolder: string): Promise<Date | null> {
  const text = await readFile(join(dataFolder, LAST_BACKUP), "utf8").catch(() => "");
  const [, at = ""] = /"at":"([^"]+)"/.exec(text) ?? [];
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
