import type { Act } from "../../understanding/meaning.ts";
import type { Question } from "../question.ts";
import type { CaseLine } from "../sentences.ts";

const NEW = "something new";
const LABELS: Partial<Readonly<Record<Act, string>>> = {
  matter: NEW,
  inquiry: NEW,
  adds: "what I said before",
  status: "how far it is",
  "service-question": "how this works",
  "delete-my-data": "delete my data",
};

/** Asks in English which of several acts somebody's words are. */
export function enWhichAct(options: readonly Act[], about: CaseLine | null): Question {
  const one = about === null ? "what you said before" : `No. ${about.number} ${about.summary}`.trim();
  const closing = `Reply ${options.map((_, index) => index + 1).join(" or ")}, or just write.`;
  if (options[0] === "withdraw") {
    return { text: `${one}: shall we stop?`, labels: ["stop", "go on"], closing };
  }
  if (options[0] === "delete-my-data") {
    return { text: "Do you want your data deleted?", labels: ["delete my data", "no, it is a matter"], closing };
  }
  const labels = options.map((act) => (act === "adds" ? one : (LABELS[act] ?? "something else")));
  const text = options.includes("adds")
    ? "Is this new, or about what you said before?"
    : "I am not sure what you mean:";
  return { text, labels, closing };
}
