import type { Hono } from "hono";
import { checkOf, IMPORT, importDone, sayCannotImport, whyNotImport } from "../../../casework/errand-kinds/import.ts";
import { IMPORT_CHECK, XLSX } from "../../../casework/errand-kinds/import-check.ts";
import { listImports } from "../../../casework/errand-kinds/import-history.ts";
import { type FindingWhat, findingsOf, keepUploads } from "../../../casework/errand-kinds/import-store.ts";
import { sayCannotUndo, UNDO_CHECK, whyNotUndo } from "../../../casework/errand-kinds/undo-check.ts";
import { askErrand, fileOf } from "../../../casework/errands/errands.ts";
import type { CellError } from "../../../casework/import/preview/cell-errors.ts";
import type { ImportChange } from "../../../casework/import/preview/changes.ts";
import type { Consequence } from "../../../casework/import/preview/consequences.ts";
import { writeCounty } from "../../../casework/import/preview/county-workbook.ts";
import type { UndoLeft } from "../../../casework/import/undo/told.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { ZH_MISTAKES } from "../../../domain/wording/import-mistakes.ts";
import type { CallerEnv } from "../../auth.ts";
import { IMPORTS } from "../../contract/imports.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { badCursor } from "../errands.ts";
import { type Asked, notHere, type OperationServices, operationRoutes } from "../operations.ts";

const MOST_FILES = 20;
const LONGEST_NAME = 200;
const NO_CHECK = notHere("There is no check of an import with this id.");
const NO_IMPORT = notHere("There is no import with this id, or no longer.");
const NO_REMARKS = notHere("There are no remarks: nothing was wrong, or it is not checked yet.");

type Within = Pick<Asked, "tx" | "caller"> & {
  readonly params: { readonly id: string };
  readonly query: { readonly after?: string | undefined; readonly limit: number; readonly kind?: string | undefined };
};

/** The routes of imports: uploaded, checked as an errand, looked at, imported. */
export function importRoutes(services: OperationServices, runtime: Runtime): Hono<CallerEnv> {
  const { vault, timeZone } = runtime;
  const found = async <T>({ tx, caller, params, query }: Within, what: FindingWhat) => {
    const { after = "0", limit, kind } = query;
    if (!/^\d{1,15}$/.test(after)) return { ok: false, problem: badCursor() } as const;
    if ((await checkOf(tx, caller, params.id)) === null) return { ok: false, problem: NO_CHECK } as const;
    const page = await findingsOf<T>({ tx, vault }, params.id, { what, kind, after: Number(after), limit });
    return { ok: true, body: { ...page, total: { value: page.total, isMore: false } } } as const;
  };
  return operationRoutes(services, IMPORTS, {
    "GET /imports": async ({ tx, caller, now }) => {
      const items = await listImports(tx, caller, now);
      return { body: { items: items.map((one) => ({ ...one, files: [...one.files] })) } };
    },
    "POST /imports": async ({ tx, caller, now, query, files }) => {
      const wrong = wrongFiles(files);
      if (wrong !== null) return { problem: wrong };
      const named = files.map(({ name, bytes }) => ({ name, bytes: bytes.length }));
      const asked = { files: named, coordinates: query.coordinates };
      const made = await askErrand(tx, caller, IMPORT_CHECK.name, { asked, now });
      await keepUploads({ tx, vault, jurisdictionId: caller.jurisdictionId }, made.id, files);
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /imports/{id}/errors": async (asked) => {
      const page = await found<CellError>(asked, "error");
      if (!page.ok) return { problem: page.problem };
      const items = page.body.items.map((one) => ({ ...one, wanted: ZH_MISTAKES[one.code].right }));
      return { body: { ...page.body, items } };
    },
    "GET /imports/{id}/changes": async (asked) => {
      const page = await found<ImportChange>(asked, "change");
      if (!page.ok) return { problem: page.problem };
      const items = page.body.items.map((one) => ({ ...one, fields: [...one.fields] }));
      return { body: { ...page.body, items } };
    },
    "GET /imports/{id}/consequences": async (asked) => {
      const page = await found<Consequence>(asked, "consequence");
      return page.ok ? { body: page.body } : { problem: page.problem };
    },
    "GET /imports/{id}/remarks.xlsx": async ({ tx, caller, now, params }) => {
      const file = await fileOf({ tx, vault }, caller, [IMPORT_CHECK], { id: params.id, now });
      return file === null ? { problem: NO_REMARKS } : { file };
    },
    "POST /imports/{id}/undo": async ({ tx, caller, now, params }) => {
      const done = await importDone(tx, caller, params.id);
      if (done === null) return { problem: NO_IMPORT };
      const why = await whyNotUndo(tx, done, now);
      if (why !== null) return { problem: conflict(why, sayCannotUndo(why)) };
      const made = await askErrand(tx, caller, UNDO_CHECK.name, { asked: { import: done.id }, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /imports/{id}/left": async (asked) => {
      const page = await found<UndoLeft>(asked, "left");
      return page.ok ? { body: page.body } : { problem: page.problem };
    },
    "POST /imports/{id}/apply": async ({ tx, caller, now, params, body }) => {
      const check = await checkOf(tx, caller, params.id);
      if (check === null) return { problem: NO_CHECK };
      const why = await whyNotImport({ tx, caller }, check, { hash: body.hash, now });
      if (why !== null) return { problem: conflict(why, sayCannotImport(why)) };
      const made = await askErrand(tx, caller, IMPORT.name, { asked: { check: params.id }, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /exports/county.xlsx": async ({ tx }) => {
      const content = await writeCounty(tx, dayIn(runtime.now(), timeZone));
      return { file: { name: "county.xlsx", contentType: XLSX, content } };
    },
  });
}

/** The refusal of files of which there is none, that are too many, or whose names cannot be. */
export function wrongFiles(files: Asked["files"]): Problem | null {
  if (files.length === 0) return wrongAt("files", "no-file", "There is no file in it.");
  if (files.length > MOST_FILES) return wrongAt("files", "too-many", `At most ${MOST_FILES} files at once.`);
  const names = files.map(({ name }) => name);
  if (names.some((name) => name === "" || name.length > LONGEST_NAME || /[/\\\p{Cc}[\]]/u.test(name)))
    return wrongAt("files", "bad-name", "The name of a file has a sign in it that no list's name has.");
  if (new Set(names).size < names.length) return wrongAt("files", "same-name", "Two files have the same name.");
  return null;
}

function conflict(code: string, detail: string): Problem {
  return { status: 409, title: "Conflict", code, detail, state: code, allowed: [] };
}
