import type { Act } from "../../understanding/meaning.ts";
import type { Question } from "../question.ts";
import type { CaseLine } from "../sentences.ts";

const NEW = "说一件新的事";
const LABELS: Partial<Readonly<Record<Act, string>>> = {
  matter: NEW,
  inquiry: NEW,
  adds: "接着说前面的事",
  status: "问办到哪了",
  "service-question": "问这里怎么用",
  "delete-my-data": "删除我的数据",
};

/** Asks in Chinese which of several acts somebody's words are. */
export function zhWhichAct(options: readonly Act[], about: CaseLine | null): Question {
  const one = about === null ? "前面的事" : `编号${about.number}${about.summary}`;
  const closing = `回${options.map((_, index) => index + 1).join("或者")}就行，也可以直接说。`;
  if (options[0] === "withdraw") {
    return { text: `${one}，不用办了吗？`, labels: ["不用办了", "接着办"], closing };
  }
  if (options[0] === "delete-my-data") {
    return { text: "您是要删除自己的数据吗？", labels: ["删除我的数据", "不是，说一件事"], closing };
  }
  const labels = options.map((act) => (act === "adds" && about !== null ? `接着说${one}` : (LABELS[act] ?? "别的")));
  const text = options.includes("adds") ? "这是新的事，还是接着前面的？" : "没太听懂。您是要：";
  return { text, labels, closing };
}
