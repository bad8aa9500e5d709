import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** In the data folder: when the newest backup was made, for whoever watches over its age. */
export const LAST_BACKUP = "last-backup.json";

/** When the newest backup was made from this data folder; null when none was, or the note of it cannot be read. */
export async function lastBackupAt(dataFolder: string): Promise<Date | null> {
  const text = await readFile(join(dataFolder, LAST_BACKUP), "utf8").catch(() => "");
  const [, at = ""] = /"at":"([^"]+)"/.exec(text) ?? [];
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
