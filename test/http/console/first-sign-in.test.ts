import { describe, expect, test } from "vitest";
import { enrol, inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";
import { codeOf, wrongCodeOf } from "./one-time-code.ts";

withConsole();

describe("the first sign-in", () => {
  test("goes from an invitation over password and second factor to the work", async () => {
    const operator = await signedIn("operator");
    const invited = await operator.at.write("POST", "/staff", {
      name: "林晓",
      email: "Lin@example.org",
      role: "office",
      stations: [],
      deputyCode: null,
    });
    expect(invited.status).toBe(201);
    const { link } = invited.body as { link: string };
    expect(link).toMatch(/^http:\/\/liaison\.example\/console\/invitation#[\w-]{32}$/);
    const code = link.split("#")[1];
    const lin = inCounty();
    const shown = await lin.ask("POST", "/invitations/look", { code });
    expect(shown.body).toEqual({ name: "林晓", role: "office", county: "County east" });
    expect((await lin.ask("POST", "/invitations", { code, password: "short" })).status).toBe(422);
    const password = "correct horse battery";
    const taken = await lin.ask("POST", "/invitations", { code, password });
    expect([taken.status, taken.body]).toEqual([200, { next: "enrol" }]);
    expect((await inCounty().ask("POST", "/invitations", { code, password })).status).toBe(404);

    const refused = await lin.ask("GET", "/rulesets");
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([403, "second-factor-needed"]);
    const begun = await lin.ask("POST", "/me/second-factor/begin", { password });
    const { uri, qr } = begun.body as { uri: string; qr: string };
    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    expect(qr).toMatch(/^data:image\/svg\+xml;base64,/);
    expect((await lin.ask("POST", "/me/second-factor/prove", { code: wrongCodeOf(uri) })).status).toBe(422);
    const proved = await lin.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
    const { backupCodes } = proved.body as { backupCodes: string[] };
    expect(new Set(backupCodes).size).toBe(10);
    expect((await lin.ask("GET", "/rulesets")).status).toBe(200);
    const me = await lin.ask("GET", "/me");
    expect(me.body).toMatchObject({ name: "林晓", role: "office", must: null, hasSecondFactor: true, failures: null });

    expect((await lin.ask("DELETE", "/session")).status).toBe(204);
    expect((await lin.ask("GET", "/me")).status).toBe(401);

    const who = { email: "lin@example.org", password };
    expect((await signIn(lin, who)).body).toEqual({ next: "second-factor" });
    expect((await lin.ask("GET", "/me")).status).toBe(401);
    for (let time = 0; time < 4; time += 1) {
      const wrong = await lin.ask("POST", "/session/second-factor", { code: wrongCodeOf(uri) });
      expect(wrong.status).toBe(401);
    }
    const paused = await lin.ask("POST", "/session/second-factor", { code: codeOf(uri) });
    expect([paused.status, (paused.body as { code: string }).code]).toEqual([429, "too-often"]);
    expect((await signIn(lin, who)).body).toEqual({ next: "second-factor" });
    expect((await lin.ask("POST", "/session/second-factor", { code: codeOf(uri) })).status).toBe(429);
    expect(Number(paused.headers.get("retry-after"))).toBeGreaterThan(60);
  });

  test("with the second factor set up asks for a code; a backup code does once", async () => {
    const { at, who } = await signedIn("reviewer");
    const again = inCounty();
    expect((await signIn(again, who)).body).toEqual({ next: "second-factor" });
    expect((await again.ask("GET", "/rulesets")).status).toBe(401);
    const opened = await again.ask("POST", "/session/second-factor", { code: codeOf(who.uri!) });
    expect(opened.body).toEqual({ next: "open" });
    expect((await again.ask("GET", "/rulesets")).status).toBe(200);
    // anew: the old one serves until the new one is proved
    const begun = await at.ask("POST", "/me/second-factor/begin", { password: who.password });
    const { uri } = begun.body as { uri: string };
    const meanwhile = inCounty();
    await signIn(meanwhile, who);
    expect((await meanwhile.ask("POST", "/session/second-factor", { code: codeOf(who.uri!) })).status).toBe(200);
    const proved = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
    expect(proved.status).toBe(200);
    const { backupCodes } = proved.body as { backupCodes: string[] };
    const late = inCounty();
    await signIn(late, who);
    expect((await late.ask("POST", "/session/second-factor", { code: codeOf(who.uri!) })).status).toBe(401);
    expect((await late.ask("POST", "/session/second-factor", { code: backupCodes[3] })).body).toEqual({ next: "open" });
    const twice = inCounty();
    await signIn(twice, who);
    expect((await twice.ask("POST", "/session/second-factor", { code: backupCodes[3] })).status).toBe(401);
  });

  test("of a station needs no second factor, and may have one", async () => {
    const who = await person("station");
    const at = inCounty();
    expect((await signIn(at, who)).body).toEqual({ next: "open" });
    expect((await at.ask("GET", "/me")).body).toMatchObject({ must: null, hasSecondFactor: false });
    await enrol(at, who);
    expect((await at.ask("GET", "/me")).body).toMatchObject({ hasSecondFactor: true });
    expect((await signIn(inCounty(), who)).body).toEqual({ next: "second-factor" });
  });
});
