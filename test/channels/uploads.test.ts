import { describe, expect, it } from "vitest";
import type { SharedStore } from "../../src/channels/channel.ts";
import { openUploads } from "../../src/channels/uploads.ts";

function memory(): SharedStore & { readonly values: Map<string, { value: string; ttlMs: number }> } {
  const values = new Map<string, { value: string; ttlMs: number }>();
  return {
    values,
    get: async (key) => values.get(key)?.value ?? null,
    set: async (key, value, ttlMs) => void values.set(key, { value, ttlMs }),
    async deleteIfEqual(key, value) {
      if (values.get(key)?.value === value) values.delete(key);
    },
  };
}

const bytes = new Uint8Array([1, 2, 3]);

describe("the uploads of an account", () => {
  it("are known to every process for a day, by what the file holds", async () => {
    const store = memory();
    const first = await openUploads({ store }, "a").of(bytes);
    expect(first.name).toBeNull();
    await first.keep("M1");
    expect([...store.values.values()]).toEqual([{ value: "M1", ttlMs: 86_400_000 }]);
    expect([...store.values.keys()][0]).toMatch(/^upload:a:[\w-]{43}$/);
    expect((await openUploads({ store }, "a").of(Uint8Array.from(bytes))).name).toBe("M1");
  });

  it("are another account's no more than another file's", async () => {
    const store = memory();
    await (await openUploads({ store }, "a").of(bytes)).keep("M1");
    expect((await openUploads({ store }, "b").of(bytes)).name).toBeNull();
    expect((await openUploads({ store }, "a").of(new Uint8Array([4]))).name).toBeNull();
  });

  it("are forgotten where the platform knows them no more, but not a newer one", async () => {
    const store = memory();
    const upload = await openUploads({ store }, "a").of(bytes);
    await upload.keep("M1");
    await upload.keep("M2");
    await upload.forget("M1");
    expect((await openUploads({ store }, "a").of(bytes)).name).toBe("M2");
    await upload.forget("M2");
    expect((await openUploads({ store }, "a").of(bytes)).name).toBeNull();
  });

  it("are made anew where the shared values cannot be read", async () => {
    const away = () => Promise.reject(new Error("away"));
    const upload = await openUploads({ store: { get: away, set: away, deleteIfEqual: away } }, "a").of(bytes);
    expect(upload.name).toBeNull();
    await expect(upload.keep("M1")).resolves.toBeUndefined();
  });
});
