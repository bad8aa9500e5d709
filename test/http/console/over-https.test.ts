import { describe, expect, test } from "vitest";
import { inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";

withConsole({ publicUrl: "https://east.example", asksSecondFactor: true });

describe("over https", () => {
  test("the cookies are of this host alone, and go over https alone", async () => {
    const { who } = await signedIn("office");
    const at = inCounty();
    const { cookies } = await signIn(at, who);
    // The one of a session is taken away: there is none before the code.
    expect(cookies[0]).toMatch(/^__Host-liaison=;/);
    expect(cookies[1]).toMatch(/^__Host-liaison-second=[^;]+;/);
    expect(cookies).toHaveLength(2);
    const station = await signIn(inCounty(), await person("station"));
    for (const cookie of [...cookies, ...station.cookies]) {
      expect(cookie).toMatch(/^__Host-liaison/);
      for (const part of ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"])
        expect(cookie.toLowerCase()).toContain(part.toLowerCase());
      expect(cookie).not.toMatch(/domain/i);
    }
  });

  test("nobody is warned of a plain address", async () => {
    const { at } = await signedIn("operator");
    expect((await at.ask("GET", "/me")).body).toMatchObject({ notices: [] });
  });
});
