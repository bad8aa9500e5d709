import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { isTooSlow, isTransient } from "../../db/transient-error.ts";

// The types of the package hide the constructor that it has.
const refused = (code: string): Error =>
  Object.assign(Object.create(postgres.PostgresError.prototype), { code, message: code });
const broken = (code: string) => Object.assign(new Error(code), { code });

describe("an error of the database", () => {
  test.each(["08006", "40001", "40P01", "53100", "53300", "55P03", "57P01", "57P03", "58030"])(
    "%s passes: the same may succeed in a moment",
    (code) => expect(isTransient(refused(code))).toBe(true),
  );
  test.each(["22P02", "23505", "25P02", "42P01", "57014", "P0001"])("%s is about what was asked", (code) =>
    expect(isTransient(refused(code))).toBe(false),
  );
  test.each(["ECONNREFUSED", "ECONNRESET", "CONNECTION_CLOSED", "CONNECT_TIMEOUT", "ENOSPC"])(
    "%s of a link or a disk passes",
    (code) => expect(isTransient(broken(code))).toBe(true),
  );
  test.each([new Error("bad"), new TypeError("no"), "text", null, broken("ERR_INVALID_ARG_TYPE")])(
    "anything else does not: %s",
    (error) => expect(isTransient(error)).toBe(false),
  );
  test("that took too long is told apart", () => {
    expect(isTooSlow(refused("57014"))).toBe(true);
    expect(isTooSlow(refused("23505"))).toBe(false);
  });
});
