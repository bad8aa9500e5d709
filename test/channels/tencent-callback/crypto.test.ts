import { createCipheriv } from "node:crypto";
import * as oracle from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aesKeyOf, decrypt, encrypt, isSignedBy, signatureOf } from "../../../src/channels/tencent-callback/crypto.ts";
import { ACCOUNT } from "../wechat-official/request.ts";

const key = aesKeyOf(ACCOUNT.encodingAesKey)!;
const { appId } = ACCOUNT;

const anyText = fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.toWellFormed());

/** Encrypts bytes exactly as they are, so that a test can break any part of the layout. */
function seal(content: Buffer): string {
  const cipher = createCipheriv("aes-256-cbc", key.key, key.iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.final()]).toString("base64");
}

function layout(parts: { length?: number; message?: string; tail?: string; pad?: (size: number) => Buffer }): Buffer {
  const message = Buffer.from(parts.message ?? "hello");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(parts.length ?? message.length);
  const content = Buffer.concat([Buffer.alloc(16, 7), length, message, Buffer.from(parts.tail ?? appId)]);
  const size = 32 - (content.length % 32);
  return Buffer.concat([content, (parts.pad ?? ((n) => Buffer.alloc(n, n)))(size)]);
}

describe("the cipher of the platform", () => {
  it("gives back every text that it closed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decrypt(key, encrypt(key, text, appId), appId)?.toString()).toBe(text);
      }),
    );
  });

  it("takes each of the 32 paddings", () => {
    const paddings = Array.from({ length: 64 }, (_, length) => {
      const sealed = encrypt(key, "x".repeat(length), appId);
      expect(decrypt(key, sealed, appId)?.toString()).toBe("x".repeat(length));
      return 32 - ((16 + 4 + length + appId.length) % 32);
    });
    expect(new Set(paddings).size).toBe(32);
  });

  it("opens what @wecom/crypto closes, and the other way round", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decrypt(key, oracle.encrypt(ACCOUNT.encodingAesKey, text, appId), appId)?.toString()).toBe(text);
        expect(oracle.decrypt(ACCOUNT.encodingAesKey, encrypt(key, text, appId))).toMatchObject({
          message: text,
          id: appId,
        });
      }),
    );
  });

  it("refuses every truncated ciphertext", () => {
    const sealed = encrypt(key, "楼下路灯不亮，三天了", appId);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(decrypt(key, sealed.slice(0, length), appId)).toBeNull();
    }
  });

  it("refuses a ciphertext shorter by whole blocks", () => {
    const sealed = Buffer.from(encrypt(key, "a".repeat(200), appId), "base64");
    for (let length = 0; length < sealed.length; length += 16) {
      expect(decrypt(key, sealed.subarray(0, length).toString("base64"), appId)).toBeNull();
    }
  });

  it("never opens a ciphertext with a flipped bit in what guards it", () => {
    const sealed = Buffer.from(encrypt(key, "short", appId), "base64");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), (bit) => {
        const broken = Buffer.from(sealed);
        broken[bit >> 3]! ^= 1 << (bit & 7);
        const opened = decrypt(key, broken.toString("base64"), appId);
        // CBC has no tag: a flip in the first block turns only the 16 random bytes and the same bits of the second
        // block; the signature over Encrypt catches those.
        if (bit >> 3 >= 16) expect(opened).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["another account's AppID", layout({ tail: "wxother000000001" })],
    ["an AppID that only begins right", layout({ tail: `${appId}x` })],
    ["no AppID", layout({ tail: "" })],
    ["a length beyond the end", layout({ length: 4_000_000_000 })],
    ["a length that eats the AppID", layout({ length: 6 })],
    ["a length too short", layout({ length: 4 })],
    ["a padding of zeros", layout({ pad: (size) => Buffer.alloc(size) })],
    ["a padding over 32", layout({ pad: (size) => Buffer.alloc(size + 32, size + 32) })],
    ["a padding with one wrong byte", layout({ message: "hi", pad: (size) => Buffer.alloc(size, size).fill(1, 0, 1) })],
    ["nothing but padding", Buffer.alloc(32, 32)],
    ["less than a header", Buffer.concat([Buffer.alloc(19, 7), Buffer.alloc(13, 13)])],
  ])("refuses %s", (_what, content) => {
    expect(decrypt(key, seal(content), appId)).toBeNull();
  });

  it.each(["", "====", "not base64!", "AAAA", " ", "\u0000", "楼".repeat(4)])("refuses %j", (text) => {
    expect(decrypt(key, text, appId)).toBeNull();
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (text) => {
        expect(decrypt(key, text, appId)).toBeNull();
      }),
    );
  });
});

describe("the worked case of WeCom's documentation, which has the same cipher", () => {
  const sealed =
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

  it("is signed and opens", () => {
    const signature = "477715d11cdb4164915debcba66cb864d751f3e6";
    expect(isSignedBy(signature, ["QDG6eK", "1409659813", "1372623149", sealed])).toBe(true);
    const opened = decrypt(aesKeyOf("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")!, sealed, "wx5823bf96d3bd56c7");
    expect(opened?.toString()).toContain("<Content><![CDATA[hello]]></Content>");
    expect(opened?.toString()).toContain("<MsgId>4561255354251345929</MsgId>");
  });
});

describe("an EncodingAESKey", () => {
  it("may carry bits in its last character that belong to no byte", () => {
    const stem = ACCOUNT.encodingAesKey.slice(0, 42);
    expect(aesKeyOf(`${stem}R`)!.key.equals(aesKeyOf(`${stem}Q`)!.key)).toBe(true);
    expect(aesKeyOf(`${stem}S`)!.key.symmetricKeySize).toBe(32);
  });

  it.each(["", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}=`, `${"a".repeat(42)}-`])("is not %j", (text) => {
    expect(aesKeyOf(text)).toBeNull();
  });
});

describe("a signature", () => {
  it("is that of @wecom/crypto", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (token, timestamp, nonce, sealed) => {
        expect(signatureOf([token, timestamp, nonce, sealed])).toBe(
          oracle.getSignature(token, timestamp, nonce, sealed),
        );
      }),
    );
  });

  it.each([null, "", "0", "f".repeat(39), "f".repeat(41), "é".repeat(20)])("is not %j", (claimed) => {
    expect(isSignedBy(claimed, ["a", "b", "c"])).toBe(false);
  });

  it("does not depend on the order of its parts", () => {
    expect(isSignedBy(signatureOf(["a", "b", "c"]), ["c", "a", "b"])).toBe(true);
  });

  it("is not accepted in capitals", () => {
    expect(isSignedBy(signatureOf(["a", "b", "c"]).toUpperCase(), ["a", "b", "c"])).toBe(false);
  });
});
