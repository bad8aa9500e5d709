import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { type Acted, type Acting, type ActRefused, actOnCase, type Work } from "../../../casework/staff/act.ts";
import type { Told } from "../../../casework/staff/told.ts";
import type { Channel, ChannelAccount } from "../../../channels/channel.ts";
import type { Verb } from "../../../domain/access/case-verbs.ts";
import { actProblem } from "../case-problems.ts";
import type { Asked } from "../operations.ts";

/** The services on which the operations on cases stand. */
export type CaseServices = {
  readonly runtime: Runtime;
  /** Lets the conversations that have something to be sent be looked at now; the next sweep does, where it is left out. */
  readonly deliver?: (jurisdictionId: string, conversations: Iterable<string>) => void;
  /** Lets messages of a county that were put into the inbox be heard now; the next sweep does, where it is left out. */
  readonly receive?: (jurisdictionId: string) => void;
  /** Tells the platform of an account that was written at which address it is heard, where that is a call; nobody does, where it is left out. */
  readonly register?: (channel: Channel, account: ChannelAccount, address: string) => void;
};

/** A request of a verb on one case. */
export type AskedVerb = Pick<Asked, "tx" | "caller" | "match" | "request" | "afterCommit"> & {
  readonly params: { readonly number: string };
  readonly body: object | undefined;
};

/** Does a verb, or says what it would do; `told` is what everybody would read, and empty once it is done. */
export async function act<T, A>(
  { runtime, deliver }: CaseServices,
  asked: AskedVerb,
  verb: Verb,
  work: Work<T>,
  answer: (value: T, told: Told[], all: readonly Told[]) => A,
  also?: Acting["also"],
) {
  const { tx, caller, match, request, params, body, afterCommit } = asked;
  const acting = { runtime, tx, caller, number: params.number, request, seen: match, ...(also && { also }) };
  const done: Acted<T> | ActRefused = await actOnCase(acting, verb, work);
  if (!done.ok) return { ...actProblem(done, params.number), ...("noteRead" in done && { note: done.noteRead }) };
  const isPreview = body !== undefined && "preview" in body && body.preview === true;
  afterCommit(() => deliver?.(caller.jurisdictionId, done.toDeliver));
  // The version is the one that there is: a preview has changed nothing.
  const etag = isPreview && match !== null ? match : done.etag;
  return { body: answer(done.value, isPreview ? [...done.told] : [], done.told), etag, isPreview, note: done.noteRead };
}

/** The answer of a verb that tells people something. */
export function withTold<T extends object>(value: T, told: Told[]): T & { told: Told[] } {
  return { ...value, told };
}

/** The refusal of a verb's content, by a stable word and a sentence. */
export function wrong(code: string, reason: string) {
  return { ok: false as const, why: "content" as const, code, reason };
}
