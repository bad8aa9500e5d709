import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVault } from "../../db/vault.ts";

const vault = createVault(randomBytes(32));
const words = fc.string({ unit: "grapheme" });

describe("the vault", () => {
  test("gives back what was sealed, for the same purpose", () => {
    fc.assert(
      fc.property(words, words, (text, purpose) => {
        expect(vault.open(vault.seal(text, purpose), purpose)).toBe(text);
      }),
    );
  });

  test("never opens what was sealed for another purpose, or with another master key", () => {
    const other = createVault(randomBytes(32));
    fc.assert(
      fc.property(words, words, words, (text, purpose, another) => {
        fc.pre(purpose !== another);
        const sealed = vault.seal(text, purpose);
        expect(() => vault.open(sealed, another)).toThrow();
        expect(() => other.open(sealed, purpose)).toThrow();
      }),
    );
  });

  test("signs a value for one purpose and by one master key", () => {
    const other = createVault(randomBytes(32));
    fc.assert(
      fc.property(words, words, words, (text, purpose, another) => {
        fc.pre(purpose !== another);
        const signature = vault.sign(text, purpose);
        expect(vault.isSigned(text, purpose, signature)).toBe(true);
        expect(signature).not.toBe(vault.blindIndex(text, purpose));
        for (const forged of ["", signature.slice(1), `${signature}A`, other.sign(text, purpose)]) {
          expect(vault.isSigned(text, purpose, forged)).toBe(false);
        }
        expect(vault.isSigned(text, another, signature)).toBe(false);
        expect(vault.isSigned(`${text}a`, purpose, signature)).toBe(false);
      }),
    );
  });

  test("notices every changed, added or missing byte", () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, place, change) => {
        const sealed = vault.seal(text, "text");
        const changed = Uint8Array.from(sealed);
        const at = place % sealed.length;
        changed[at] = changed[at]! ^ change;
        expect(() => vault.open(changed, "text")).toThrow();
        expect(() => vault.open(sealed.subarray(0, at), "text")).toThrow();
        expect(() => vault.open(Buffer.concat([sealed, Uint8Array.of(change)]), "text")).toThrow();
      }),
    );
  });

  test("seals the same words differently each time, and hides them", () => {
    const [one, two] = [vault.seal("东关街道", "text"), vault.seal("东关街道", "text")];
    expect(Buffer.compare(one, two)).not.toBe(0);
    expect(Buffer.from(one).includes("东关街道")).toBe(false);
  });

  test("finds equal values by their hash, and only for the same purpose", () => {
    fc.assert(
      fc.property(words, words, words, words, (value, purpose, otherValue, otherPurpose) => {
        const same = value === otherValue && purpose === otherPurpose;
        const hash = vault.blindIndex(value, purpose);
        expect(hash).toMatch(/^[\w-]{43}$/);
        expect(hash === vault.blindIndex(otherValue, otherPurpose)).toBe(same);
      }),
    );
    expect(vault.blindIndex("a", "b")).not.toBe(createVault(randomBytes(32)).blindIndex("a", "b"));
    // Where one part ends and the other begins counts too.
    expect(vault.blindIndex("c", "ab")).not.toBe(vault.blindIndex("bc", "a"));
  });

  test("keeps a data key only in wrapped form", () => {
    fc.assert(
      fc.property(words, words, (text, purpose) => {
        const { key, wrapped } = vault.newKey(purpose);
        expect(vault.unwrap(wrapped, purpose).open(key.seal(text))).toBe(text);
        expect(() => vault.unwrap(wrapped, `${purpose}x`)).toThrow();
        expect(() => vault.newKey(purpose).key.open(key.seal(text))).toThrow();
        expect(() => vault.open(wrapped, purpose)).toThrow();
      }),
    );
  });

  test("refuses a master key of the wrong length", () => {
    expect(() => createVault(randomBytes(16))).toThrow(RangeError);
  });
});
