import type { CaseRecord } from "../../../db/schema/cases.ts";
import { CARD_DEEDS, pressKey } from "../../domain/dialog/deputy/press.ts";
import type { Action, Card } from "../../domain/messages/message.ts";
import type { DeputyCase, Wording } from "../../domain/wording/sentences.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { noticeOf } from "../cases/describe.ts";
import type { Turn } from "../turn/turn.ts";
import { tellRoomsOfCase } from "./rooms.ts";
import { tellDeputy } from "./tell.ts";

/** A case as its deputy gets it. */
type NewCase = {
  readonly line: DeputyCase;
  readonly holder: Holder;
  readonly isReopened?: boolean;
  readonly mayBeSeveral?: boolean;
  readonly notBefore?: Date | null;
};

/** Tells a deputy of a case that is theirs now: in words, and where their platform has cards as one, with what can be done about it as buttons. */
export async function tellNewCase(
  turn: Turn,
  deputyId: string,
  subject: CaseRecord,
  { line, holder, isReopened = false, mayBeSeveral = false, notBefore = null }: NewCase,
): Promise<void> {
  const { names } = await turn.lookups.categories();
  const category = names.get(subject.category ?? "") ?? null;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-case",
    subject,
    words: wording.newCase({ line, isReopened, mayBeSeveral }),
    card: cardOf(wording, { line, isReopened, category }),
    isAnswer: true,
    notice: noticeOf(subject, holder),
    ...(notBefore !== null && { notBefore }),
  }));
  if (!isReopened) await tellRoomsOfCase(turn, deputyId, subject, { line, notBefore });
}

function cardOf(
  wording: Wording,
  face: { readonly line: DeputyCase; readonly isReopened: boolean; readonly category: string | null },
): Omit<Card, "text"> {
  const { number, text } = face.line;
  const actions = CARD_DEEDS.map(
    (deed): Action => ({
      key: pressKey(deed, number),
      label: wording.deed({ deed }),
      style: deed === "accept" ? "primary" : "plain",
    }),
  );
  return { ...wording.caseCard(face), words: text, actions };
}
