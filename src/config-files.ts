import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * The names that are set, with what the files hold that others name as `<NAME>_FILE`, and one sentence for each name whose file is of no
 * use.
 * @param isSetting whether a name without its ending is one of ours
 */
export function withFiles(
  variables: Readonly<Record<string, string | undefined>>,
  folder: string,
  isSetting: (name: string) => boolean,
): { readonly set: Readonly<Record<string, string>>; readonly unreadable: ReadonlyMap<string, string> } {
  const set = new Map(Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
  const unreadable = new Map<string, string>();
  for (const [fileName, path] of [...set]) {
    const name = fileName.replace(/_FILE$/, "");
    if (name === fileName || !isSetting(name)) continue;
    if (set.has(name)) unreadable.set(name, `${name} and ${fileName} are both set: keep one.`);
    else {
      const value = readValue(resolve(folder, path));
      if (value.ok) set.set(name, value.text);
      else unreadable.set(name, `${fileName} names ${path}, which ${value.reason}.`);
    }
  }
  return { set: Object.fromEntries(set), unreadable };
}

function readValue(
  path: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string } {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? { ok: false, reason: "is empty" } : { ok: true, text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: "does not exist",
      EACCES: "this user may not read",
      EISDIR: "is a folder",
    };
    return { ok: false, reason: reasons[code ?? ""] ?? `cannot be read (${code ?? "unknown reason"})` };
  }
}
