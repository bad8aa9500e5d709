import type { CaseRecord } from "../../../../db/schema/cases.ts";
import type { PhraseMeaning, PhraseTyped } from "../../../domain/dialog/deputy/phrases.ts";
import { LONGEST_PHRASE, MOST_PHRASES } from "../../../domain/dialog/deputy/phrases.ts";
import { quote } from "../../../domain/text/quote.ts";
import { fillTemplate, type TemplateVariable, unfilled } from "../../../domain/wording/answer-template.ts";
import { deputyLines } from "../../cases/describe.ts";
import { lockCase } from "../../cases/load.ts";
import { listTemplates, templateVersions } from "../../county/templates.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { mayCarryOut } from "../carry-out.ts";
import { deputyOf, replyAsDeputy } from "../case-commands.ts";
import { casesAmongDigits, casesTyped, clearCase, focusOn, hasReadOfOthers } from "../clear-case.ts";
import { answerAboutFollowed } from "../followed-cases.ts";
import { dropPhrase, keepPhrase, phrasesOf } from "./kept.ts";

/** The variables of the county's templates that stay true while a deputy has a case; a template with another one is not offered. */
const FIT: readonly TemplateVariable[] = ["number", "holder", "county"];

/** A list longer than this is not read on a phone. */
const OFFERED = 8;

/** A sentence that can be used, by a name that holds none of its words. */
type Usable = { readonly ref: string; readonly name: string | null; readonly text: string };

/** Lists, keeps or drops sentences that a deputy uses again. */
export async function receivePhrase(
  turn: Turn,
  deputyId: string,
  meaning: Exclude<PhraseMeaning, { kind: "phrase-use" }>,
): Promise<Outcome> {
  const wording = wordingFor(turn);
  if (meaning.kind === "phrases") {
    const own = (await phrasesOf(turn, deputyId)).map(({ text }) => quote(text));
    const county = (await countyPhrases(turn)).map(({ name, text }) => ({
      name: quote(name ?? ""),
      text: quote(text),
    }));
    return answerDeputy(turn, wording.phrases({ own, county }));
  }
  if (meaning.kind === "phrase-drop") {
    const found = meaning.phrase?.of === "own" ? await usable(turn, deputyId, meaning.phrase) : null;
    if (found === null)
      return answerDeputy(turn, wording.phraseUnknown({ isCountys: meaning.phrase?.of === "county" }));
    await dropPhrase(turn, deputyId, found.ref.split(" ")[1] ?? "");
    return answerDeputy(turn, wording.phraseDropped({ text: quote(found.text) }));
  }
  if (meaning.text === "") return answerDeputy(turn, wording.phraseLacks());
  const kept = await keepPhrase(turn, deputyId, meaning.text);
  if (typeof kept === "string") {
    return answerDeputy(
      turn,
      wording.phraseNotKept({ why: kept, most: kept === "too-long" ? LONGEST_PHRASE : MOST_PHRASES }),
    );
  }
  const place = "place" in kept ? kept.place : kept.known;
  return answerDeputy(turn, wording.phraseKept({ place, text: quote(meaning.text), isKnown: "known" in kept }));
}

/** Asks whether the resident of a case shall get a kept sentence; asks for the case where it is not clear. */
export async function askPhrase(
  turn: Turn,
  deputyId: string,
  { phrase, number: typed }: Extract<PhraseMeaning, { kind: "phrase-use" }>,
  mine: readonly CaseRecord[],
): Promise<Outcome> {
  const wording = wordingFor(turn);
  const found = await usable(turn, deputyId, phrase);
  if (found === null) return answerDeputy(turn, wording.phraseUnknown({ isCountys: phrase.of === "county" }));
  const meant = typed === null ? clearCase(turn, mine) : casesTyped(mine, typed);
  const [only, second] = meant;
  if (only === undefined && typed !== null) {
    const answered = await answerAboutFollowed(turn, deputyId, { command: "reply", number: typed, text: found.text });
    if (answered !== null) return answered;
  }
  if (only === undefined || second !== undefined || (typed === null && hasReadOfOthers(turn, mine))) {
    const offered = meant.length > 0 ? meant : mine.filter(({ closedAt }) => closedAt === null);
    const cases = await deputyLines(turn, offered.slice(0, OFFERED));
    return answerDeputy(turn, wording.phraseWhichCase({ phrase, cases, typed: meant.length > 0 ? null : typed }));
  }
  const subject = await lockCase(turn, only.id);
  const refused = mayCarryOut(turn, subject, true);
  if (refused !== null) return refused;
  focusOn(turn, subject.number);
  const text = await filled(turn, subject, found.text);
  const open = mine.filter(({ closedAt }) => closedAt === null);
  supersede(turn, ["question"]);
  const { number } = subject;
  const words = wording.confirmPhrase({ number, text: quote(text), also: casesAmongDigits(open, 2) });
  tell(turn, { kind: "question", subject: null, words });
  setQuestion(turn, { kind: "phrase", case: number, phrase: found.ref, at: turn.now.toISOString() });
  return { kind: "command", caseId: subject.id };
}

/** Sends the kept sentence that a deputy has confirmed for a case. */
export async function sendPhrase(turn: Turn, deputyId: string, subject: CaseRecord, ref: string): Promise<Outcome> {
  const refused = mayCarryOut(turn, subject, true);
  if (refused !== null) return refused;
  const text = await textOf(turn, deputyId, ref);
  if (text === null) return answerDeputy(turn, wordingFor(turn).phraseUnknown({ isCountys: false }));
  focusOn(turn, subject.number);
  await replyAsDeputy(turn, subject, await filled(turn, subject, text));
  return { kind: "command", caseId: subject.id };
}

/** The county's answer templates that a deputy can use for any case. */
async function countyPhrases(turn: Turn): Promise<Usable[]> {
  return (await listTemplates(turn.tx)).flatMap(({ id, version, name, textZh }) =>
    unfilled(textZh, FIT).length > 0 ? [] : [{ ref: `county ${id} ${version}`, name, text: textZh }],
  );
}

async function usable(turn: Turn, deputyId: string, { of, place }: PhraseTyped): Promise<Usable | null> {
  if (of === "county") return (await countyPhrases(turn))[place - 1] ?? null;
  const one = (await phrasesOf(turn, deputyId))[place - 1];
  return one === undefined ? null : { ref: `own ${one.id}`, name: null, text: one.text };
}

async function textOf(turn: Turn, deputyId: string, ref: string): Promise<string | null> {
  const [of, id = "", version] = ref.split(" ");
  if (of === "own") return (await phrasesOf(turn, deputyId)).find((one) => one.id === id)?.text ?? null;
  const versions = await templateVersions(turn.tx, id);
  return versions.find((one) => one.version === Number(version))?.textZh ?? null;
}

async function filled(turn: Turn, { number }: CaseRecord, text: string): Promise<string> {
  const { name } = await deputyOf(turn);
  return fillTemplate(text, { number, holder: `${name}代表`, county: turn.county.name });
}
