import type { LookAtMine, LooksAtMine, ReadingReason } from "../../access/reading-reasons.ts";
import type { Role } from "../../access/roles.ts";
import { enDay } from "../days.ts";

const ROLE: Readonly<Record<Role, string>> = {
  office: "the county congress's deputies' affairs office",
  station: "a deputies' station",
  reviewer: "a reviewer of the rules",
  auditor: "an auditor",
  operator: "an operator of the system",
};

const REASON: Readonly<Record<ReadingReason, string>> = {
  "answer-the-resident": "to answer you",
  "identify-the-place": "to find out where it is",
  "matter-for-another-authority": "to hand it to another authority",
  "request-of-the-resident": "as you asked",
  inspection: "to inspect the work",
};

const WHAT: Readonly<Record<LookAtMine["what"], string>> = {
  original: "your unmasked words",
  phone: "your telephone number",
};

/** Tells a resident in English who looked at their words. The last sentence is everybody's, so that it tells nothing of any case. */
export function enWhoRead({ latest, earlier }: LooksAtMine): string {
  return [
    ...(latest.length === 0
      ? ["Who looked at your unmasked words: nothing to be told here."]
      : ["Who looked at what is masked for others:"]),
    ...latest.map(
      ({ number, what, on, role, reason }) =>
        `${enDay(on)}: ${ROLE[role]} saw ${WHAT[what]} in No. ${number}${reason === null ? "" : `, ${REASON[reason]}`}.`,
    ),
    ...(earlier === 0 ? [] : [`There were ${earlier} more before.`]),
    `Of what must be kept confidential nothing is said in a chat: ask at ${ROLE.office}.`,
  ].join("\n");
}
