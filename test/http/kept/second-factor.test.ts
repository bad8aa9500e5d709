import { eq } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { secondFactors, sessions } from "../../../db/schema/sign-in.ts";
import { users } from "../../../db/schema/users.ts";
import { beginAttempt } from "../../../src/casework/sign-in/attempts.ts";
import { api, db, inCounty, signedIn, signIn, withConsole } from "../console/console-api.ts";
import { codeAt, codeOf, wrongCodeOf } from "../console/one-time-code.ts";

withConsole();

const give = (at: ReturnType<typeof inCounty>, code: string) => at.ask("POST", "/session/second-factor", { code });
const eastern = async <T>(work: Parameters<typeof db.database.inCounty<T>>[1]) =>
  db.database.inCounty(await db.county("east"), work);

it("takes each code once, and none that is earlier", async () => {
  const { at, who } = await signedIn("office");
  const code = codeOf(who.uri!);
  expect((await at.ask("POST", "/me/confirm", { code })).status).toBe(200);
  for (const spent of [code, codeAt(who.uri!, -1)]) {
    const other = inCounty();
    await signIn(other, who);
    expect((await give(other, spent)).status).toBe(401);
    expect((await at.ask("POST", "/me/confirm", { code: spent })).status).toBe(422);
  }
});

it("is changed by nobody without a code of it, and ends the other sessions", async () => {
  const { at, who } = await signedIn("reviewer");
  const other = inCounty();
  await signIn(other, who);
  expect((await give(other, codeOf(who.uri!))).status).toBe(200);
  const { password } = who;
  await eastern((tx) => tx.update(sessions).set({ confirmedAt: new Date(Date.now() - 11 * 60_000) }));
  for (const [path, body] of [
    ["/me/second-factor/begin", { password }],
    ["/me/second-factor/prove", { code: codeAt(who.uri!, 0) }],
  ] as const)
    expect(await at.ask("POST", path, body)).toMatchObject({ status: 403, body: { code: "confirm-needed" } });
  await eastern((tx) => tx.update(sessions).set({ confirmedAt: new Date() }));
  const begun = await at.ask("POST", "/me/second-factor/begin", { password });
  const { uri } = begun.body as { uri: string };
  expect((await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) })).status).toBe(200);
  expect([(await at.ask("GET", "/me")).status, (await other.ask("GET", "/me")).status]).toEqual([200, 401]);
});

it("counts wrong codes by the account behind the challenge, on however many browsers", async () => {
  const { who } = await signedIn("auditor");
  for (let tried = 0; tried < 5; tried += 1) {
    const at = inCounty();
    await signIn(at, who);
    await give(at, wrongCodeOf(who.uri!));
    // So that it is our count that holds, not the lock of the second factor.
    await eastern((tx) => tx.update(secondFactors).set({ failures: 0, lockedUntil: null }));
  }
  const at = inCounty();
  await signIn(at, who);
  expect((await give(at, codeOf(who.uri!))).status).toBe(429);
});

it("counts the addresses of one IPv6 network as one", async () => {
  const jurisdictionId = await db.county("west");
  const from = (address: string) =>
    beginAttempt(db, { jurisdictionId, kind: "password", email: `${address}@example.org`, address });
  for (let host = 1; host <= 20; host += 1) expect((await from(`2001:db8:5:7::${host.toString(16)}`)).ok).toBe(true);
  expect((await from("2001:db8:5:7:ffff::1")).ok).toBe(false);
  expect((await from("2001:db8:5:8::1")).ok).toBe(true);
});

it("keeps nobody who is signed in from their own password because others try it", async () => {
  const { at, who } = await signedIn("operator");
  const [user] = await eastern((tx) => tx.select().from(users).where(eq(users.role, "operator")));
  const jurisdictionId = user!.jurisdictionId;
  for (let tried = 0; tried < 12; tried += 1)
    await beginAttempt(db, { jurisdictionId, kind: "password", email: who.email, address: `198.51.100.${tried}` });
  const newPassword = "another good password";
  expect((await at.ask("POST", "/me/password", { password: who.password, newPassword })).status).toBe(204);
});

it("asks the database nothing for a cookie that this service did not sign", async () => {
  const asked = vi.spyOn(db.database, "inCounty");
  for (const forged of ["x", "abc.def", `abc.${"A".repeat(43)}=`, "%E0%A4%A"]) {
    const headers = {
      host: "east.example",
      cookie: `liaison=${forged.includes("%") ? forged : encodeURIComponent(forged)}`,
    };
    expect((await fetch(`${api.base}/api/v1/me`, { headers })).status).not.toBe(200);
  }
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
});
