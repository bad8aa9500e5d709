import { accusesDeputy, accusesOfBetrayal } from "./accusation.ts";
import { answerTo } from "./answers.ts";
import { residentCommand } from "./commands.ts";
import { claimsIdentity, isSpam } from "./conduct.ts";
import { isFollowUp, isThanks, saysNothingYet } from "./courtesy.ts";
import type { OpenQuestion, ResidentMeaning } from "./dialog.ts";
import { emergencyTopics } from "./emergency.ts";

/**
 * What a resident's text meant to the lists of words that the model replaced, as they were at commit abd808c: the reference
 * to beat. These files are not maintained, nothing of the service uses them.
 */
export function understandByLists(text: string, question: OpenQuestion | undefined, now: Date): ResidentMeaning {
  const topics = emergencyTopics(text);
  if (topics.length > 0) return { kind: "emergency", topics, accuses: accusesDeputy(text) };
  const command = residentCommand(text);
  if (command !== null) return { kind: "command", ...command };
  if (claimsIdentity(text) && !accusesOfBetrayal(text, [])) return { kind: "identity-claim" };
  if (accusesDeputy(text)) return { kind: "accusation" };
  const answer = answerTo(text, question, now);
  if (answer !== null) return answer;
  if (isSpam(text)) return { kind: "spam" };
  if (isThanks(text)) return { kind: "thanks" };
  if (saysNothingYet(text)) return { kind: "nothing-yet" };
  if (isFollowUp(text)) return { kind: "follow-up" };
  return { kind: "matter" };
}
