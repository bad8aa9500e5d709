import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { signInFailures } from "../../../db/schema/sign-in.ts";
import { everything } from "./browser.ts";
import { api, db, enrol, inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";
import { codeAt, codeOf, wrongCodeOf } from "./one-time-code.ts";

withConsole();

/** Nothing that failed is remembered: a test does not pause the next. */
const forget = async () => {
  const id = await db.county("east");
  await db.database.inCounty(id, (tx) => tx.delete(signInFailures));
};
const wrong = (email: string, password = "not this one") => signIn(inCounty(), { email, password });

describe("a wrong sign-in", () => {
  test("is answered with one sentence, whatever is wrong", async () => {
    await forget();
    const who = await person("office");
    const answers = [
      await wrong(who.email),
      await wrong("nobody@example.org"),
      await wrong("no address"),
      await signIn(inCounty("west"), who),
    ];
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { detail: "The address or the password is not right." } });
    expect(answers.flatMap(({ cookies }) => cookies)).toEqual([]);
  });

  test("ten times pauses the account, for the right password as for a wrong one, and whether or not there is such an account", async () => {
    await forget();
    const who = await person("office");
    for (const email of [who.email, "ghost@example.org"]) {
      for (let time = 0; time < 10; time += 1) {
        expect((await wrong(email)).status).toBe(401);
        if (time === 8) await fromElsewhere();
      }
    }
    const answers = [await signIn(inCounty(), who), await wrong(who.email), await wrong("ghost@example.org")];
    for (const { status, headers, body } of answers) {
      expect([status, (body as { code: string }).code]).toEqual([429, "too-often"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(800);
    }
    expect((await signIn(inCounty(), await person("office"))).status).toBe(200);
    const { at } = await signedIn("operator");
    const { items } = (await at.ask("GET", "/staff")).body as { items: { id: string; email: string; state: string }[] };
    const locked = items.find(({ email }) => email === who.email);
    expect(locked?.state).toBe("locked");
    expect((await at.write("POST", `/staff/${locked?.id}/unlock`)).body).toMatchObject({ state: "active" });
    expect((await signIn(inCounty(), who)).status).toBe(200);
  });

  test("many at once are no more than ten", async () => {
    await forget();
    const { email } = await person("office");
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => wrong(email, `guess number ${n}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test("twenty in a minute from one address pauses that address", async () => {
    await forget();
    for (let n = 0; n < 20; n += 1) expect((await wrong(`nobody${n}@example.org`)).status).toBe(401);
    const after = await wrong("nobody20@example.org");
    expect(after.status).toBe(429);
    expect(Number(after.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    await forget();
  });

  test("is told at the next sign-in, with where it came from", async () => {
    await forget();
    const who = await person("station");
    await wrong(who.email);
    await wrong(who.email);
    const at = inCounty();
    await signIn(at, who);
    const { failures } = (await at.ask("GET", "/me")).body as { failures: { count: number; from: string[] } };
    expect(failures).toMatchObject({ count: 2, from: ["127.0.0.1"] });
    const later = inCounty();
    await signIn(later, who);
    expect((await later.ask("GET", "/me")).body).toMatchObject({ failures: null });
  });

  test("by a page of another site is refused before anything is looked at", async () => {
    await forget();
    const who = await person("station");
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      const answer = await inCounty().ask("POST", "/session", who, { headers });
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([403, "cross-site"]);
    }
  });

  test.each([
    ["no JSON", "{", 400],
    ["a list", [], 422],
    ["no password", { email: "a@example.org" }, 422],
    ["a number", { email: "a@example.org", password: 1234567890 }, 422],
    ["a very long password", { email: "a@example.org", password: "x".repeat(5000) }, 422],
    ["an object for an address", { email: { $ne: null }, password: "whatever it is" }, 422],
  ])("that is %s is refused as it is", async (_, body, status) => {
    await forget();
    expect((await inCounty().ask("POST", "/session", body)).status).toBe(status);
  });

  test("with a code before the password, or with somebody else's challenge, opens nothing", async () => {
    await forget();
    expect((await inCounty().ask("POST", "/session/second-factor", { code: "123456" })).status).toBe(401);
    const [one, other] = [await signedIn("office"), await signedIn("office")];
    const at = inCounty();
    await signIn(at, one.who);
    expect((await at.ask("POST", "/session/second-factor", { code: codeOf(other.who.uri!) })).status).toBe(401);
    const west = inCounty("west");
    west.setCookie("liaison-second", at.cookie("liaison-second") ?? "");
    expect((await west.ask("POST", "/session/second-factor", { code: codeOf(one.who.uri!) })).status).toBe(401);
    expect((await at.ask("POST", "/session/second-factor", { code: codeOf(one.who.uri!) })).status).toBe(200);
    expect((await at.ask("POST", "/session/second-factor", { code: codeOf(one.who.uri!) })).status).toBe(401);
  });

  test("codes to confirm are counted too: after five none is taken", async () => {
    await forget();
    const { at, who } = await signedIn("office");
    for (let time = 0; time < 5; time += 1)
      expect((await at.ask("POST", "/me/confirm", { code: wrongCodeOf(who.uri!) })).status).toBe(422);
    expect((await at.ask("POST", "/me/confirm", { code: codeOf(who.uri!) })).status).toBe(429);
    const station = await signedIn("station");
    expect((await station.at.ask("POST", "/me/confirm", { code: "123456" })).status).toBe(409);
    await enrol(station.at, station.who);
  });

  test("leaves no address, password or code in the log or in an answer", async () => {
    await forget();
    api.forgetLog();
    everything.length = 0;
    const { at, who } = await signedIn("office", "east", {
      email: "secret.person@example.org",
      password: "马电池订书钉正确的一匹",
    });
    await wrong(who.email, "some wrong password");
    const again = inCounty();
    await signIn(again, who);
    await again.ask("POST", "/session/second-factor", { code: codeOf(who.uri!) });
    const tokens = [at.cookie(), again.cookie()].map((cookie) => decodeURIComponent(cookie ?? "").split(".")[0] ?? "");
    const codes = [codeAt(who.uri!, 0), codeAt(who.uri!, -1)];
    const secrets = [
      ...tokens,
      who.password,
      "some wrong password",
      new URL(who.uri!).searchParams.get("secret") ?? "",
    ];
    // An authenticator is told address and secret, once, by the person's own page.
    const answers = everything.filter((text) => !text.includes("otpauth")).join("\n");
    for (const secret of [...secrets, ...codes, who.email, "secret.person"])
      expect([secret.length > 5, `${answers}${api.logged()}`.includes(secret)]).toEqual([true, false]);
    const id = await db.county("east");
    const rows = await db.database.inCounty(id, (tx) =>
      tx.select().from(signInFailures).where(eq(signInFailures.kind, "password")),
    );
    expect(JSON.stringify(rows)).not.toContain("127.0.0.1");
  });
});

/** Lets what failed from this address be forgotten, and keeps what failed at the accounts. */
async function fromElsewhere(): Promise<void> {
  const id = await db.county("east");
  await db.database.inCounty(id, (tx) => tx.update(signInFailures).set({ addressIndex: "elsewhere" }));
}
