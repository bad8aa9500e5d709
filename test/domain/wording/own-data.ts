import type { LooksAtMine } from "../../../src/domain/access/reading-reasons.ts";
import type { Wording } from "../../../src/domain/wording/sentences.ts";

const number = "2026-000012";
const NOBODY: LooksAtMine = { latest: [], earlier: 0 };
const SOME: LooksAtMine = {
  latest: [
    { number, what: "original", on: "2026-11-25", role: "office", reason: "answer-the-resident" },
    { number, what: "phone", on: "2026-11-24", role: "station", reason: null },
  ],
  earlier: 3,
};

/** What a resident is told of their own data and who read it, and of the photo of what was done. */
export function ownData(say: Wording): [string, string][] {
  return [
    ["myData", say.myData({ cases: 2, homeGrid: "G1", since: "2026-11-24", looks: NOBODY, platform: "微信" })],
    ["myDataRead", say.myData({ cases: 2, homeGrid: null, since: "2026-11-24", looks: SOME, platform: "微信" })],
    ["closingPhoto", say.closingPhoto({ comes: true, at: "东关街道代表联络站" })],
    ["closingPhotoElsewhere", say.closingPhoto({ comes: false, at: null })],
  ];
}
