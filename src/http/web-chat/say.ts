import type { Context } from "hono";
import { sayOnPage } from "../../casework/web-chat/say.ts";
import { countNewcomers, makeVisitor, visitorOfPage } from "../../casework/web-chat/visitors.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import { LIMITS } from "../../domain/web-chat/admission.ts";
import { LARGEST_PHOTO_BYTES, LONGEST_WORDS, MOST_PHOTOS } from "../../domain/web-chat/said.ts";
import type { WebChatWording } from "../../domain/wording/web-chat/sentences.ts";
import { webChatWordingOf } from "../../domain/wording/web-chat/wording.ts";
import { wordingOf } from "../../domain/wording/wording.ts";
import { createTurns, type InTurn } from "../in-turn.ts";
import { cleanPhotos, limitLarge } from "../public-pages/page-form.ts";
import { requestIdOf } from "../request-id.ts";
import { drawChallenge, provedChallenge } from "./challenges.ts";
import { createFloods, type Floods } from "./floods.ts";
import type { Env, PageRequests, PageServices } from "./page-request.ts";
import { readSayForm, type SayForm } from "./say-form.ts";
import { rememberVisitor } from "./visitor-cookie.ts";

const MEGABYTE = 1024 * 1024;

const FAULTS = {
  empty: [400, (say: WebChatWording) => say.refused.empty()],
  tooLong: [413, (say: WebChatWording) => say.refused.tooLong({ most: LONGEST_WORDS })],
  tooLarge: [413, (say: WebChatWording) => say.refused.tooLarge({ megabytes: LARGEST_PHOTO_BYTES / MEGABYTE })],
  tooManyPhotos: [413, (say: WebChatWording) => say.refused.tooManyPhotos({ most: MOST_PHOTOS })],
} as const;

/** Creates the answer to what visitors say: each of them, and each page of somebody new, is heard one request after the other. */
export function createHearing(services: PageServices, requests: PageRequests): (c: Context<Env>) => Promise<Response> {
  const turns = new Map<string, { readonly inTurn: InTurn; waiting: number }>();
  const reading = limitLarge(services.addressOf, readSayForm);
  const floods = createFloods(services.runtime.now);
  const perPerson = async (key: string, work: () => Promise<Response>): Promise<Response> => {
    const turn = turns.get(key) ?? { inTurn: createTurns(1), waiting: 0 };
    turns.set(key, turn);
    turn.waiting += 1;
    try {
      return await turn.inTurn(work);
    } finally {
      turn.waiting -= 1;
      if (turn.waiting === 0) turns.delete(key);
    }
  };
  return async (c) => {
    const form = await reading(c);
    if (form === "busy") return requests.refuse(c, 503, (say) => say.refused.notStored());
    if (form === "too-large") return requests.refuse(c, ...FAULTS.tooLarge);
    if (form === null || form.page === null) return requests.refuse(c, 400, (say) => say.refused.pageUsed());
    const { page } = form;
    const known = c.var.visitor;
    return perPerson(`${c.var.account.id} ${known?.id ?? page}`, () =>
      hear(c, { services, requests, floods }, { ...form, page }),
    );
  };
}

type Hearer = { readonly services: PageServices; readonly requests: PageRequests; readonly floods: Floods };

async function hear(
  c: Context<Env>,
  { services, requests, floods }: Hearer,
  form: SayForm & { readonly page: string },
): Promise<Response> {
  const { runtime, addressOf } = services;
  const { account, view } = c.var;
  const { text, page } = form;
  const topics = emergencyTopics(text);
  const refuse = (status: Refusal[1], sentence: Refusal[2], more: Refusal[3] = {}) =>
    requests.refuse(c, status, sentence, { text, ...more });
  // Words of a danger are taken whatever is wrong about the photos beside them, or however long they are.
  const isDanger = topics.length > 0;
  if (form.fault !== null && !isDanger) {
    const [status, sentence] = FAULTS[form.fault];
    return refuse(status, sentence);
  }
  const known = c.var.visitor ?? (await visitorOfPage(runtime, account, page));
  if (known === "used") return refuse(409, (say) => say.refused.pageUsed());
  const proof = provedChallenge(runtime.vault, account.id, form, runtime.now());
  const since = new Date(runtime.now().getTime() - LIMITS.accountNewcomers.withinMs);
  const admission = floods.admit(
    {
      ...{ account: account.id, address: addressOf(c), visitor: known?.id ?? null },
      ...{ speaksOfDanger: isDanger, hasProof: proof !== null },
    },
    known === null ? await countNewcomers(runtime, account, since) : 0,
  );
  services.tally?.saidOnPage(account.name, admission);
  if (admission !== "take" && admission !== "beyond") {
    // Whoever is in danger reads at once whom to call, also where a flood of dangers cannot be kept.
    const emergency = isDanger ? wordingOf(view.locale).emergency({ topics }) : null;
    if (admission === "slow-down") return refuse(429, (say) => say.refused.slowDown(), { emergency });
    const phone = account.settings.phone ?? null;
    const canProve = admission === "prove" && c.req.header("accept") === "application/json";
    if (!canProve) return refuse(429, (say) => say.refused.elsewhere({ phone }), { emergency });
    const challenge = drawChallenge(runtime.vault, account.id, runtime.now());
    return refuse(429, (say) => say.refused.proving(), { emergency, challenge });
  }
  const clean = form.fault === null ? await cleanPhotos(form.photos) : null;
  if (clean === null && !isDanger) return refuse(400, (say) => say.refused.noPhoto());
  const photos = clean ?? [];
  try {
    const visitor = known ?? (await makeVisitor(runtime, account, { page, proof }));
    if (visitor === "used") return refuse(409, (say) => say.refused.pageUsed());
    await sayOnPage({ ...runtime, inbox: services.inbox }, account, visitor, {
      ...form,
      photos,
      place: placeOf(form, c),
    });
    if (c.var.visitor === null) rememberVisitor(c, runtime.vault, { id: visitor.id, now: runtime.now() });
    return requests.done(c);
  } catch (error) {
    services.log.error(
      { err: error, account: account.name, request: requestIdOf(c) },
      "words of a page could not be stored",
    );
    return refuse(503, (say) => say.refused.notStored());
  }
}

type Refusal = Parameters<PageRequests["refuse"]>;

function placeOf({ position }: SayForm, c: Context<Env>) {
  return position === null ? null : { position, label: webChatWordingOf(c.var.view.locale).place.label() };
}
