import type { OutboundContent } from "../domain/messages/message.ts";

/** A question as plain words, each answer with its number, which every account and every client can show. */
export function numbered(question: Extract<OutboundContent, { kind: "choices" }>): string {
  const answers = question.choices.map((choice) => `${choice.id}. ${choice.label}`);
  return [question.text, ...answers, question.closing].filter((line) => line !== "").join("\n");
}
