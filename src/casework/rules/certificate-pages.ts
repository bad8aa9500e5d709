import { createHash } from "node:crypto";
import { closePdf, openPdf } from "../../print/document.ts";
import type { CountyCoverage } from "./coverage.ts";

/** The hash of a certificate: of everything that it says of each grid, so that two of the same content are told apart from others. */
function hashOfCoverage({ on, ruleset, grids, gaps }: CountyCoverage): string {
  return createHash("sha256").update(JSON.stringify({ on, ruleset, grids, gaps })).digest("hex");
}

/** A list of more grids than these is read in the console. */
const MOST_LISTED = 1_000;
const MARGIN = 56;

/** Writes a certificate of coverage as PDF: day, version, counts, every gap, and its hash. @param names the grids' names by code */
export function writeCertificate(
  coverage: CountyCoverage,
  told: {
    readonly county: string;
    readonly names: ReadonlyMap<string, string>;
    readonly made: Date;
    readonly madeAt: string;
  },
): Promise<Uint8Array> {
  const { county, names, made, madeAt } = told;
  const { on, ok, ruleset, grids, withoutPerson, unreachable, officeNow, withoutChat } = coverage;
  const document = openPdf({ title: `${county}网格负责人一览表 ${on}`, made, margin: MARGIN });
  const width = document.page.width - 2 * MARGIN;
  document.font("bold").fontSize(24).text(`${county}网格负责人一览表`, { width, align: "center" });
  document.moveDown(0.6);
  const answer = ok
    ? "每个网格的来信都有代表接，也都联系得上。"
    : "有网格的来信到不了代表，或眼下联系不到人，见下面的清单。";
  document.fontSize(15).text(`${ok ? "合格" : "有缺口"}：${answer}`, { width });
  document.moveDown(0.6).font("regular").fontSize(12);
  const facts: readonly (readonly [string, string])[] = [
    ["哪一天", on],
    [
      "按哪一版规则",
      ruleset === null ? "没有发布规则：按地点分给网格自己的代表" : `第 ${ruleset.version} 版《${ruleset.name}》`,
    ],
    ["网格", `${grids.length} 个`],
    ["有来信到不了代表的网格（留在县办）", `${withoutPerson.length} 个`],
    ["眼下联系不到任何代表的网格（没绑定聊天，或在请假）", `${unreachable.length} 个`],
    ["代表都请假、暂由县办接的网格", `${officeNow.length} 个`],
    ["代表都没绑定聊天、只能打电话的网格", `${withoutChat.length} 个`],
    ["生成时间", madeAt],
  ];
  for (const [what, value] of facts) document.text(`${what}：${value}`, { width, lineGap: 3 });
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["有来信到不了代表的网格（留在县办）", withoutPerson],
    ["眼下联系不到任何代表的网格（没绑定聊天，或在请假）", unreachable],
    ["暂由县办接的网格", officeNow],
    ["只能打电话的网格", withoutChat],
  ];
  for (const [title, codes] of lists) {
    if (codes.length === 0) continue;
    document.moveDown(0.8).font("bold").fontSize(14).text(`${title}：${codes.length} 个`, { width });
    document.font("regular").fontSize(11);
    const shown = codes.slice(0, MOST_LISTED).map((code) => `${names.get(code) ?? ""} ${code}`.trim());
    const rest = codes.length - shown.length;
    document.text(`${shown.join("；")}${rest === 0 ? "。" : `；另有 ${rest} 个，见控制台。`}`, { width, lineGap: 2 });
  }
  document.moveDown(1).fontSize(10).text("内容的校验值（SHA-256）：", { width });
  document.text(hashOfCoverage(coverage), { width });
  return closePdf(document);
}
