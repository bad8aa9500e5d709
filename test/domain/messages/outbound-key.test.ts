import fc from "fast-check";
import { expect, it } from "vitest";
import { outboundKey } from "../../../src/domain/messages/outbound-key.ts";

it("is what every platform takes, and of two pieces of two messages never one", () => {
  expect(outboundKey("00000000-0000-0000-0000-000000000000", 1)).toBe("AAAAAAAAAAAAAAAAAAAAAA_1");
  expect(outboundKey("ffffffff-ffff-ffff-ffff-ffffffffffff", 12)).toBe("_____________________w_12");
  const one = fc.tuple(fc.uuid(), fc.nat({ max: 999 }));
  fc.assert(
    fc.property(one, one, ([id, piece], [otherId, otherPiece]) => {
      expect(outboundKey(id, piece)).toMatch(/^[\w-]{24,32}$/);
      const isSame = id === otherId && piece === otherPiece;
      expect(outboundKey(id, piece) === outboundKey(otherId, otherPiece)).toBe(isSame);
    }),
  );
});
