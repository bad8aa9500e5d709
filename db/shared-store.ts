import { and, eq, gt } from "drizzle-orm";
import type { Redis } from "ioredis";
import type { Database } from "./database.ts";
import { sharedValues } from "./schema/county.ts";
import type { Vault } from "./vault.ts";

/** Values shared by all processes for a limited time; what `SharedStore` of the channels asks for. */
type Store = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  deleteIfEqual(key: string, value: string): Promise<void>;
};

const purposeOf = (key: string) => `shared:${key}`;

/** A store in the database of one county; values are sealed. */
export function postgresStore(database: Database, vault: Vault, jurisdictionId: string, now: () => Date): Store {
  const ofKey = (key: string) => and(eq(sharedValues.jurisdictionId, jurisdictionId), eq(sharedValues.key, key));
  return {
    get: (key) =>
      database.inCounty(jurisdictionId, async (tx) => {
        const [row] = await tx
          .select({ value: sharedValues.value })
          .from(sharedValues)
          .where(and(ofKey(key), gt(sharedValues.expiresAt, now())));
        return row === undefined ? null : vault.open(row.value, purposeOf(key));
      }),
    async set(key, value, ttlMs) {
      const row = { value: vault.seal(value, purposeOf(key)), expiresAt: new Date(now().getTime() + ttlMs) };
      await database.inCounty(jurisdictionId, (tx) =>
        tx
          .insert(sharedValues)
          .values({ jurisdictionId, key, ...row })
          .onConflictDoUpdate({ target: [sharedValues.jurisdictionId, sharedValues.key], set: row }),
      );
    },
    deleteIfEqual: (key, value) =>
      database.inCounty(jurisdictionId, async (tx) => {
        const [row] = await tx.select({ value: sharedValues.value }).from(sharedValues).where(ofKey(key)).for("update");
        if (row === undefined || vault.open(row.value, purposeOf(key)) !== value) return;
        await tx.delete(sharedValues).where(ofKey(key));
      }),
  };
}

/** Deletes a key while it still holds the bytes that were looked at. */
const DELETE_IF_SAME =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

/**
 * A store in Redis; values are sealed.
 * @param prefix stands in front of every key and keeps counties apart
 */
export function redisStore(redis: Redis, vault: Vault, prefix: string): Store {
  const name = (key: string) => `${prefix}:${key}`;
  return {
    async get(key) {
      const sealed = await redis.getBuffer(name(key));
      return sealed === null ? null : vault.open(sealed, purposeOf(name(key)));
    },
    async set(key, value, ttlMs) {
      await redis.set(
        name(key),
        Buffer.from(vault.seal(value, purposeOf(name(key)))),
        "PX",
        Math.max(1, Math.ceil(ttlMs)),
      );
    },
    async deleteIfEqual(key, value) {
      const sealed = await redis.getBuffer(name(key));
      if (sealed === null || vault.open(sealed, purposeOf(name(key))) !== value) return;
      await redis.eval(DELETE_IF_SAME, 1, name(key), sealed);
    },
  };
}
