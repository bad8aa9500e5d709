import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { hasLooseForm, latestReading } from "../../../src/channels/tencent-callback/loose-signature.ts";

describe("the latest timestamp as which signed bytes can be read", () => {
  it.each([
    ["itself, where the nonce is small", "demoToken", "1790000000", "17", 1_790_000_000],
    ["the nonce, exchanged with it", "demoToken", "1790000000", "1800000000", 1_800_000_000],
    ["itself, where the nonce would be an earlier one", "demoToken", "1790000000", "1300000000", 1_790_000_000],
    ["one that takes a digit from the other", "demoToken", "1790000001", "800000000", 1_800_000_000],
    ["itself, where letters stand between", "demoToken", "1790000000", "n1800000000", 1_790_000_000],
    ["the nonce, where the token is of digits", "150", "1790000000", "1800000000", 1_800_000_000],
  ])("is %s", (_what, token, timestamp, nonce, latest) => {
    expect(latestReading(token, timestamp, nonce)).toBe(latest);
  });

  it("is not exceeded by any other timestamp and nonce with the same signature, wherever digits wander", () => {
    const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
    const token = fc.oneof(digits(3, 6), fc.stringMatching(/^[a-z0-9]{3,8}$/), fc.constant("Zz9"));
    const nonce = fc.oneof(digits(1, 12), fc.stringMatching(/^[0-9a-f]{1,12}$/));
    let others = 0;
    fc.assert(
      fc.property(token, digits(10, 10), nonce, fc.nat(), fc.nat(), (secret, timestamp, word, from, cut) => {
        const signed = [secret, timestamp, word].sort().join("");
        const at = from % (signed.length - 9);
        const [read, rest] = [signed.slice(at, at + 10), signed.slice(0, at) + signed.slice(at + 10)];
        const end = cut % 2 === 0 ? rest.slice(secret.length) : rest.slice(0, rest.length - secret.length);
        if (!hasLooseForm(read, end)) return;
        if (signatureOf([secret, read, end]) !== signatureOf([secret, timestamp, word])) return;
        if (read !== timestamp) others += 1;
        expect(Number(read)).toBeLessThanOrEqual(latestReading(secret, timestamp, word));
      }),
      { numRuns: 5000 },
    );
    expect(others).toBeGreaterThan(0);
  });
});
