import { describe, expect, test } from "vitest";
import { inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";

withConsole({ publicUrl: "http://console.example" });

describe("over plain http, not on this machine", () => {
  test("operators are warned, others are not", async () => {
    const { at } = await signedIn("operator");
    expect((await at.ask("GET", "/me")).body).toMatchObject({ notices: ["insecure-address"] });
    const station = await signedIn("station");
    expect((await station.at.ask("GET", "/me")).body).toMatchObject({ notices: [] });
  });

  test("an account that is there and one that is not take as long", async () => {
    const medianOf = (times: number[]) => times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0;
    const [there, not]: [number[], number[]] = [[], []];
    const { email } = await person("office");
    const timed = async (address: string, times: number[]) => {
      const from = performance.now();
      await signIn(inCounty(), { email: address, password: "not this one" });
      times.push(performance.now() - from);
    };
    for (let round = 0; round < 5; round += 1) {
      await timed(email, there);
      await timed(`nobody${round}@example.org`, not);
    }
    const ratio = medianOf(not) / medianOf(there);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });
});
