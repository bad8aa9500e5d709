import { createHash } from "node:crypto";
import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { REHEARSAL_NAMES } from "../../domain/case/rehearsal.ts";
import { closePdf, openPdf } from "../../print/document.ts";
import { readCounty } from "../county/settings.ts";
import { coverageIn } from "../rules/coverage.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { shownTrial } from "../settings/trial.ts";
import { rehearsedIn } from "./rehearsed.ts";

const MARGIN = 56;

/**
 * Writes the one-page record of a county's going live as PDF: who ended the trial and when, who had been listed, coverage, what became
 * of the rehearsal, the version of the rules, and the hash of all that. Before it is live it says so.
 */
export async function goingLiveRecord(
  runtime: Runtime,
  tx: Transaction,
  jurisdictionId: string,
  now: Date,
): Promise<Uint8Array> {
  const { timeZone, vault } = runtime;
  const today = dayIn(now, timeZone);
  const { name: county, settings } = await readCounty(tx);
  const trial = await shownTrial(tx, { jurisdictionId, vault, showsCodes: false });
  const { grids, withoutPerson, ruleset } = await coverageIn(tx, jurisdictionId, { now, timeZone });
  const { run, at: rehearsedAt, by: rehearsedBy } = settings.setup?.rehearsal ?? {};
  const tests = run === undefined ? [] : await rehearsedIn(runtime, tx, { run, today });
  const at = (moment: string) => new Date(moment).toLocaleString("zh-CN", { timeZone, hour12: false });
  const names = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name).join("、") || "没有人";
  const stands = trial.isOn
    ? "还在试运行，没有正式开通"
    : trial.at === null
      ? "没有试运行过"
      : `${at(trial.at)}，由${trial.by ?? ""}结束试运行，正式开通`;
  const facts: readonly (readonly [string, string])[] = [
    ["开通", stands],
    ["试用的代表", names(trial.deputies)],
    ["试用的工作人员", names(trial.staff)],
    ["覆盖", `${grids.length} 个网格，其中 ${withoutPerson.length} 个有来信到不了代表（留在县办）`],
    [
      "规则",
      ruleset === null ? "没有发布规则：按地点分给网格自己的代表" : `第 ${ruleset.version} 版《${ruleset.name}》`,
    ],
    [
      "演练",
      tests.length === 0
        ? "没有演练过"
        : `${at(rehearsedAt ?? "")}，${rehearsedBy ?? ""}：${tests.length} 条里 ${tests.filter(({ isRight }) => isRight).length} 条和预想一样`,
    ],
    ...tests.map(({ code, isRight, happened }): [string, string] => [
      `　${REHEARSAL_NAMES.zh[code]}`,
      happened === "waiting" ? "还没有结果" : isRight ? "和预想一样" : "和预想不一样",
    ]),
    ["试运行中压下的消息", `现在还有 ${trial.held.toResidents + trial.held.toDeputies} 条没有决定`],
  ];
  const hash = createHash("sha256").update(JSON.stringify({ county, facts })).digest("hex");
  const document = openPdf({ title: `${county}开通记录`, made: now, margin: MARGIN });
  const width = document.page.width - 2 * MARGIN;
  document.font("bold").fontSize(24).text(`${county}人大代表联络站开通记录`, { width, align: "center" });
  document.moveDown(0.8).font("regular").fontSize(12);
  for (const [what, value] of facts) document.text(`${what}：${value}`, { width, lineGap: 4 });
  document.moveDown(1).text(`打印时间：${at(now.toISOString())}`, { width });
  document.moveDown(0.6).fontSize(10).text("内容的校验值（SHA-256）：", { width });
  document.text(hash, { width });
  document
    .moveDown(2)
    .fontSize(12)
    .text("办公室（签字）：____________________　　日期：____________________", { width });
  return closePdf(document);
}
