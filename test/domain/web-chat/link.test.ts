import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeIn, codeOf, TOKEN_BYTES, tokenIn, tokenOf } from "../../../src/domain/web-chat/link.ts";
import { afterWrongCode, isLocked, type LinkLock, OPEN_LOCK } from "../../../src/domain/web-chat/link-lock.ts";
import { challengeWords, isProof, proofWords, readChallenge } from "../../../src/domain/web-chat/proof.ts";
import { addressGroup, pageKeyIn, sceneIn } from "../../../src/domain/web-chat/said.ts";

describe("the link of a visitor", () => {
  it("has a token of 27 signs, which is found in the link, behind its sign, or alone", () => {
    const bytes = randomBytes(TOKEN_BYTES);
    const token = tokenOf(bytes);
    expect(token).toBe(bytes.toString("base64url"));
    expect(token).toHaveLength(27);
    for (const given of [token, `  ${token}\n`, `#k=${token}`, `https://county.example/w/web#k=${token}`])
      expect(tokenIn(given)).toBe(token);
    for (const given of ["", "你好", token.slice(1), `${token}x`, `https://county.example/w/web?k=${token}`])
      expect(tokenIn(given)).toBeNull();
  });

  it.each([
    ["012345", "012345"],
    [" 012 345 ", "012345"],
    ["０１２３４５", "012345"],
    ["012-345", "012345"],
    ["12345", null],
    ["1234567", null],
    ["口令012345", null],
  ])("reads the code %j as %j", (given, code) => expect(codeIn(given)).toBe(code));

  it("has a code of six digits, zeros in front as well", () => {
    expect([0, 7, 999_999].map(codeOf)).toEqual(["000000", "000007", "999999"]);
  });
});

describe("the lock of a link", () => {
  const start = new Date("2026-11-30T08:00:00Z");
  const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
  const wrong = (times: readonly number[], lock: LinkLock = OPEN_LOCK) =>
    times.reduce((before, minutes) => afterWrongCode(before, later(minutes)), lock);

  it("closes for an hour after five wrong codes within a quarter of an hour", () => {
    expect(isLocked(wrong([0, 1, 2, 3]), later(3))).toBe(false);
    const closed = wrong([0, 1, 2, 3, 14]);
    expect(isLocked(closed, later(14))).toBe(true);
    expect(isLocked(closed, later(73))).toBe(true);
    expect(isLocked(closed, later(75))).toBe(false);
  });

  it("stays open where five wrong codes take longer", () => {
    expect(isLocked(wrong([0, 4, 8, 12, 16]), later(16))).toBe(false);
  });

  it("closes until its person comes back after twenty within a day, and forgets what is older", () => {
    const slowly = Array.from({ length: 20 }, (_, index) => index * 30);
    expect(isLocked(wrong(slowly), later(60 * 24 * 30))).toBe(true);
    const overDays = Array.from({ length: 30 }, (_, index) => index * 90);
    expect(isLocked(wrong(overDays), later(30 * 90))).toBe(false);
    expect(wrong(overDays).wrongAt.length).toBeLessThan(20);
  });
});

describe("the proof of work", () => {
  const challenge = challengeWords({ id: "A".repeat(22), until: new Date("2026-11-30T08:02:00Z") });
  const digest = (nonce: number) =>
    createHash("sha256")
      .update(proofWords(challenge, String(nonce)))
      .digest();

  it("is a digest that begins with so many zeros", () => {
    expect(isProof(Uint8Array.of(0x00, 0x0f, 0xff), 12)).toBe(true);
    expect(isProof(Uint8Array.of(0x00, 0x1f, 0xff), 12)).toBe(false);
    expect(isProof(Uint8Array.of(0x00, 0x00, 0x80), 16)).toBe(true);
    expect(isProof(Uint8Array.of(0x80), 0)).toBe(true);
  });

  it("is found by trying, some four thousand times on average", () => {
    let nonce = 0;
    while (!isProof(digest(nonce))) nonce += 1;
    expect(digest(nonce).toString("hex")).toMatch(/^000/);
    expect(nonce).toBeLessThan(100_000);
  });

  it("reads its challenge back, and nothing else", () => {
    expect(readChallenge(challenge)).toEqual({ id: "A".repeat(22), until: new Date("2026-11-30T08:02:00Z") });
    for (const words of ["", "short.1796000000000", `${"A".repeat(22)}.soon`, `${challenge}.more`])
      expect(readChallenge(words)).toBeNull();
  });
});

describe("what a page says", () => {
  it.each([
    ["g:QH-LD-01", "g:QH-LD-01"],
    [" s:S1 ", "s:S1"],
    ["d:D001", "d:D001"],
    ["t:12", "t:12"],
    ["i:K7QP3M9X", null],
    ["x:1", null],
    ["g:", null],
    ["", null],
    [undefined, null],
  ])("takes the scene %j for %j", (given, scene) => expect(sceneIn(given)).toBe(scene));

  it("has a UUID for its key", () => {
    expect(pageKeyIn("0F8FAD5B-D9CB-469F-A165-70867728950E")).toBe("0f8fad5b-d9cb-469f-a165-70867728950e");
    for (const given of ["", "1", undefined, "0f8fad5b-d9cb-469f-a165-70867728950e'"])
      expect(pageKeyIn(given)).toBeNull();
  });

  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2aa::1", "20010db8000102/56"],
    ["2001:db8:1:2ff:5:6:7:8", "20010db8000102/56"],
    ["2001:db8:1:3ff::", "20010db8000103/56"],
    ["::1", "00000000000000/56"],
    ["fe80::1%eth0", "fe800000000000/56"],
  ])("counts the address %s as %s", (address, group) => expect(addressGroup(address)).toBe(group));
});
