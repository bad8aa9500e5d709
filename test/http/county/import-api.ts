import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { openDatabase } from "../../../db/database.ts";
import { ERRAND_KINDS } from "../../../src/casework/errand-kinds/registry.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { startErrands } from "../../../workers/errands.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";
import type { Uploaded } from "./import-files.ts";

const LIMIT = { timeout: 120_000, interval: 100 };

/** The way to import lists by the API, as the person called `office`. */
export type ImportApi = ReturnType<typeof importApi>;

/** Imports lists by the API of a service in which a worker runs. */
export function importApi(staff: StaffApi) {
  const base = `${staff.api.base}/api/v1`;
  const ask = (operation: string, given: object = {}) => staff.ask("office", operation, given);
  async function upload(
    files: readonly Uploaded[],
    { who = "office", key = randomUUID() as string }: { readonly who?: string; readonly key?: string } = {},
  ) {
    const form = new FormData();
    for (const { name, bytes } of files) form.append("files", new File([new Uint8Array(bytes)], name));
    const headers = { "x-person": encodeURIComponent(who), "idempotency-key": key };
    const response = await fetch(`${base}/imports`, { method: "POST", headers, body: form });
    return { status: response.status, body: JSON.parse(await response.text()) };
  }
  async function ended(id: string) {
    await vi.waitFor(async () => {
      expect(["done", "failed"]).toContain((await ask(`GET /errands/${id}`)).body.state);
    }, LIMIT);
    return (await ask(`GET /errands/${id}`)).body;
  }
  async function check(...files: Uploaded[]) {
    const asked = await upload(files);
    expect(asked.status).toBe(202);
    const done = await ended(asked.body.id);
    expect(done).toMatchObject({ state: "done", kind: "import-check" });
    return { id: done.id as string, ...done.answer };
  }
  const list = async (id: string, what: string) => (await ask(`GET /imports/${id}/${what}?limit=500`)).body.items;
  const apply = (id: string, hash: string) => ask(`POST /imports/${id}/apply`, { body: { hash } });
  async function fileAt(path: string) {
    const response = await fetch(`${base}${path}`, { headers: { "x-person": "office" } });
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  }
  /** Applies a check, and waits until it is done; the id of the import. */
  async function applied({ id, hash }: { readonly id: string; readonly hash: string }): Promise<string> {
    const asked = await apply(id, hash);
    expect(asked.status).toBe(202);
    expect(await ended(asked.body.id)).toMatchObject({ state: "done", kind: "import" });
    return asked.body.id;
  }
  /** Looks at what undoing an import would do. */
  async function look(importId: string) {
    const asked = await ask(`POST /imports/${importId}/undo`);
    expect(asked.status).toBe(202);
    const done = await ended(asked.body.id);
    expect(done).toMatchObject({ state: "done", kind: "import-undo-check" });
    return { id: done.id as string, ...done.answer };
  }
  return { upload, ended, check, list, apply, applied, look, fileAt };
}

/** The API with a worker of errands, somebody of every role here and in another county, and the person called `office`. */
export async function staffWhoImport(): Promise<{ readonly staff: StaffApi; close(): Promise<void> }> {
  const staff = await staffApi();
  const { runtime, db } = staff.office;
  const openLong = () => openDatabase({ login: db.database.login, statementLimitMs: 60_000 });
  const worker = startErrands({ runtime, kinds: ERRAND_KINDS, openLong, log: runtime.log });
  const west = await db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role);
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west });
  }
  await staff.person("office", "office");
  return {
    staff,
    async close() {
      await worker.close();
      await staff.close();
    },
  };
}
