import { isTransient } from "../../../db/transient-error.ts";
import type { IsOurs, SendOutcome } from "../../channels/channel.ts";
import { tellNotShown } from "../outbox/tell-not-shown.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { ConversationKey } from "../turn/conversation.ts";
import { moveChat } from "./across/move-chat.ts";
import { revise } from "./cards/revise.ts";
import { type ClaimResult, claimNext, LEASE_MS } from "./claim.ts";
import { failDelivery } from "./failure.ts";
import { canSend, codeOf, mediaOf } from "./outgoing-media.ts";
import { type Claim, settleAttempt } from "./settle.ts";

/** Longer than a platform's answer is waited for: a call that begins later might end after its lease. */
const LAST_CALL_MS = 8_000;
/** Bounds one run; what is left is announced again. */
const CALLS_AT_ONCE = 30;
/** What a process that stops leaves is announced for later, so that it does not come back to itself. */
const HAND_OVER_MS = 1_500;

/**
 * Sends what waits for one conversation, in order, on the best available rung.
 *
 * Each attempt is recorded before its call. A call whose end nobody saw leaves the message `uncertain`: it may have
 * arrived, so it is not tried again, but told once more later (docs/decisions/0003). No call begins when its lease is nearly over.
 * @param isStopping asked before each call; what is left then is for another process
 * @returns when to look again, null when nothing waits for a time
 */
export async function deliver(
  runtime: Runtime,
  key: ConversationKey,
  isStopping: () => boolean = () => false,
): Promise<{ nextAt: Date | null }> {
  const handOver = (ms: number) => ({ nextAt: new Date(runtime.now().getTime() + ms) });
  if (isStopping()) return handOver(HAND_OVER_MS);
  let claimedAt = performance.now();
  let claim = await claimOrFail(runtime, key);
  let isNoticed = false;
  for (let calls = 1; claim.kind !== "wait"; calls += 1) {
    if (claim.kind === "revise" || claim.kind === "elsewhere") {
      if (claim.kind === "revise") await revise(runtime, key, claim);
      else await moveOn(runtime, key, isStopping);
      if (calls === CALLS_AT_ONCE || isStopping()) return handOver(isStopping() ? HAND_OVER_MS : 0);
      claimedAt = performance.now();
      claim = await claimOrFail(runtime, key);
      continue;
    }
    isNoticed ||= claim.rung !== "direct";
    // A process that was stopped in between finds its lease over by the machine's clock: others may have gone on.
    const isOurs = () => performance.now() - claimedAt < LEASE_MS - LAST_CALL_MS;
    const ended = { claim, outcome: await call(runtime, key, claim, isOurs) };
    claimedAt = performance.now();
    if (calls === CALLS_AT_ONCE || isStopping()) {
      await settle(runtime, key, ended);
      return handOver(isStopping() ? HAND_OVER_MS : 0);
    }
    claim = await settleAndClaim(runtime, key, ended);
  }
  // What a notice has announced here may be said in another chat.
  if (isNoticed) await moveOn(runtime, key, isStopping);
  return { nextAt: claim.until };
}

/** Gives what can be sent in another chat of the same person to that one, and sends it there. */
async function moveOn(runtime: Runtime, key: ConversationKey, isStopping: () => boolean): Promise<void> {
  for (const conversationId of await moveChat(runtime, key))
    await deliver(runtime, { jurisdictionId: key.jurisdictionId, conversationId }, isStopping);
}
/** The end of a file that the chat of its reader cannot show, which no call can change. */
const CANNOT_SHOW: SendOutcome = { outcome: "refused", reason: "this chat cannot show such a file", blocks: "content" };

type Ended = { readonly claim: Claim; readonly outcome: SendOutcome };

/** In one transaction what two would do: most deliveries are the only one, and each commit is a write to the disk. */
async function settleAndClaim(runtime: Runtime, key: ConversationKey, ended: Ended): Promise<ClaimResult> {
  try {
    return await runtime.database.inCounty(key.jurisdictionId, async (tx) => {
      const conversation = await settleAttempt(runtime, tx, key, ended.claim, ended.outcome);
      // What is told instead is written by a turn of its own, behind which the conversation is read anew.
      if (ended.outcome !== CANNOT_SHOW) return claimNext(runtime, tx, key, conversation);
      await tellNotShown(runtime, tx, ended.claim.rows);
      return claimNext(runtime, tx, key);
    });
  } catch (error) {
    runtime.log.warn({ err: error }, "what became of a call is written by itself");
    await settle(runtime, key, ended);
    return claimOrFail(runtime, key);
  }
}

async function settle(runtime: Runtime, key: ConversationKey, { claim, outcome }: Ended): Promise<void> {
  await runtime.database.inCounty(key.jurisdictionId, async (tx) => {
    await settleAttempt(runtime, tx, key, claim, outcome);
    if (outcome === CANNOT_SHOW) await tellNotShown(runtime, tx, claim.rows);
  });
}

async function claimOrFail(runtime: Runtime, key: ConversationKey): Promise<ClaimResult> {
  try {
    return await runtime.database.inCounty(key.jurisdictionId, (tx) => claimNext(runtime, tx, key));
  } catch (error) {
    if (isTransient(error)) throw error;
    return { kind: "wait", until: await failDelivery(runtime, key, error) };
  }
}

async function call(runtime: Runtime, key: ConversationKey, claim: Claim, isOurs: IsOurs): Promise<SendOutcome> {
  const { message } = claim.envelope;
  if (message.kind === "photo") {
    const photo = await mediaOf(runtime, key.jurisdictionId, message.mediaId);
    if (photo.kind === "missing") return photo.outcome;
    if (!canSend(claim.from.sender.abilities, photo)) return CANNOT_SHOW;
    return claim.from.sender.send(claim.rung, claim.to, { ...photo, key: message.key }, isOurs);
  }
  if (message.kind === "code") {
    const made = await codeOf(claim.from.sender, message.scene);
    if (made.kind === "missing") return made.outcome;
    return claim.from.sender.send(claim.rung, claim.to, { ...made, key: message.key }, isOurs);
  }
  return claim.from.sender.send(claim.rung, claim.to, message, isOurs);
}
