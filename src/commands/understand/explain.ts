import { openReader } from "../../casework/runtime/open-reader.ts";
import {
  type ResidentMeaning,
  type Situation,
  type Understood,
  understandResident,
} from "../../domain/dialog/understand-resident.ts";
import { actOfCommand } from "../../domain/measuring/measure.ts";
import { OPENS } from "../../domain/understanding/costs.ts";
import { marksIn } from "../../domain/understanding/marks.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import { YES } from "../../domain/understanding/policy.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

/** An explanation of a text: as what it would be taken, and why; nothing of it is stored. */
type Explanation = {
  readonly act: Act;
  /** As in the corpus: `danger:gas`, `accuses-official`, `several-matters` … */
  readonly marks: readonly string[];
  /** Of danger first, then of accusation: what is done beside the answer; null where nothing is. */
  readonly tier: "card" | "sealed" | "office-first" | "line" | null;
  /** The probability of the act, 0 to 1. */
  readonly p: number;
  /** The acts between which a question would be asked; null where none is. */
  readonly asks: readonly Act[] | null;
  /** What decided: the rule, the signs of lists, then the pieces of the words that spoke most for the act. */
  readonly why: readonly (
    | { readonly rule: string }
    | { readonly list: string }
    | { readonly sign: string; readonly weight: number }
  )[];
};

/** Runs `liaison understand TEXT`: shows as what a resident's words would be taken, and why, and stores nothing. */
export function runExplain(
  { out }: Output,
  text: string,
  { json, open, verdictOpen }: { readonly json: boolean; readonly open: number; readonly verdictOpen: boolean },
): ExitStatus {
  const now = new Date();
  const question = verdictOpen ? ({ kind: "rating", case: "2026-000001", at: now.toISOString() } as const) : undefined;
  const explanation = explain(text, {
    state: question === undefined ? {} : { question },
    now,
    context: { verdictOpen, whereOpen: false, open, settledLately: verdictOpen ? 1 : 0 },
  });
  if (json) out(JSON.stringify(explanation, null, 2));
  else for (const line of linesOf(explanation)) out(line);
  return 0;
}

function explain(text: string, situation: Situation): Explanation {
  const reader = openReader();
  const understood = understandResident(text, situation, reader);
  const { meaning, why } = understood;
  const named = meaning.kind === "emergency" ? meaning.topics.map((topic) => `danger:${topic}`) : [];
  return {
    act: actOf(understood),
    marks: [...new Set([...named, ...marksIn(reader.read(text), YES)])],
    tier: tierOf(understood),
    p: rounded(why.rule === "grammar" || why.rule === "hard-danger" ? 1 : why.probability),
    asks: meaning.kind === "unsure" ? meaning.options : null,
    why: [
      { rule: why.rule },
      ...why.signs.map((list) => ({ list })),
      ...why.because().map(({ sign, weight }) => ({ sign, weight: rounded(weight) })),
    ],
  };
}

function actOf({ meaning, why }: Understood): Act {
  switch (meaning.kind) {
    case "command":
      return actOfCommand(meaning.command);
    case "rating":
      return meaning.satisfied ? "confirms-fixed" : "denies-fixed";
    case "matter":
    case "accusation":
    case "emergency":
      return OPENS.includes(why.likeliest) ? why.likeliest : "matter";
    case "follow-up":
      return OPENS.includes(why.likeliest) ? "adds" : why.likeliest;
    case "put-together":
    case "refuses-answer":
      return "adds";
    case "correction":
      return "corrects-text";
    case "nothing-yet":
      return "greeting";
    case "no-verdict":
    case "choice":
    case "choice-out-of-range":
    case "unsure":
      return why.likeliest;
    default:
      return meaning.kind;
  }
}

function tierOf({ meaning, hintsAtDanger, isForOfficeFirst }: Understood): Explanation["tier"] {
  const { kind }: ResidentMeaning = meaning;
  if (kind === "emergency") return "card";
  if (kind === "accusation") return "sealed";
  if (isForOfficeFirst) return "office-first";
  return hintsAtDanger ? "line" : null;
}

function linesOf({ act, marks, tier, p, asks, why }: Explanation): string[] {
  return [
    `act: ${act} (${p})`,
    `marks: ${marks.join(", ") || "none"}`,
    `tier: ${tier ?? "none"}`,
    `asks: ${asks?.join(" or ") ?? "nothing"}`,
    ...why.map((one) => {
      if ("rule" in one) return `decided by: ${one.rule}`;
      return "list" in one ? `  a list's sign: ${one.list}` : `  ${one.sign}: ${one.weight}`;
    }),
  ];
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
