import { type Random, seeded } from "../../src/demo/county/random.ts";
import { type FaultOrder, type PlanOptions, planFaults } from "./plan-faults.ts";
import { type Accused, COUNTIES, type CountyWords, PHRASES, type Spot, tokenOf } from "./words.ts";

/** Something that a person does with a phone. */
export type Deed = {
  readonly kind: "ask" | "urgent" | "accuse" | "follow-up" | "reply" | "close" | "rate" | "command" | "topic";
  readonly county: string;
  readonly openid: string;
  /** `{number}` and `{topic}` are filled in by what the phone shows. */
  readonly text: string;
  readonly token: string | null;
  readonly readers: readonly string[];
  /** Codes of the deputies who may follow the case. */
  readonly followers: readonly string[];
  readonly accused: readonly string[];
  /** What the person must have read before; a deputy takes the case's number from there. */
  readonly after: string | null;
  /** How long everybody pauses before it, in milliseconds; 0 inside a burst. */
  readonly pauseMs: number;
  /** Sent without waiting for the end of what the same person sent before. */
  readonly together: boolean;
  /** The platform posts it once more although it was answered. */
  readonly repeated: boolean;
};

/** A run, decided before it begins: the same seed gives the same plan. */
export type Plan = {
  readonly seed: number;
  readonly deeds: readonly Deed[];
  readonly faults: readonly FaultOrder[];
  /** Deputies whose phones are bound, by county; before the first deed. */
  readonly deputies: readonly { readonly county: string; readonly code: string }[];
};

/** One resident's matter, from the first word on; each step is one deed. */
type Life = {
  readonly words: CountyWords;
  readonly openid: string;
  readonly spot: Spot;
  readonly steps: Step[];
  /** Those who tell the same matter, which their deputy answers at once; nobody of a matter of its own. */
  readonly members: readonly string[];
  /** To whom its deputy hands it over. */
  readonly handsTo: "unit" | "partner" | null;
  /** The token of the first word, and of the closure. */
  asked: string;
  closed: string;
};

type Step =
  | ("follow-up" | "burst" | "reply" | "close" | "satisfied" | "unsatisfied" | "command")
  | ("hand-over" | "unit-accepts" | "unit-reports")
  | ("topic-answer" | "topic-close");

/** What a deputy has read before they answer all of a topic: its number, as the service tells it. */
export const TOPIC_TOLD = "主题";

const LIVES_AT_ONCE = 60;

/** So many tell the same, in a run of at least so many messages in each of so many counties: their deputy is told of them at once. */
const MANY = 11;
const MESSAGES_OF_MANY = 50;

const BURST_SHARE = 0.75;

const LONGEST_PAUSE_MS = 500;

/** The phone of whoever speaks for a unit. */
export function unitPhone(code: string): string {
  return `o_unit_${code}`;
}

/** The phone of a deputy. */
export function deputyPhone(code: string): string {
  return `o_deputy_${code}`;
}

/**
 * Decides everything that residents and deputies do and every fault, from a seed.
 *
 * Each resident has one matter at one place, so that it is known beforehand on whose phones each word may ever stand.
 */
export function makePlan(options: PlanOptions): Plan {
  const random = seeded(options.seed);
  const deeds: Deed[] = [];
  const lives: Life[] = [];
  let residents = 0;
  const crowds = COUNTIES.slice(0, Math.floor(options.messages / MESSAGES_OF_MANY)).map(crowdOf);
  while (deeds.length < options.messages) {
    const crowd = crowds.find(({ waiting }) => waiting.length > 0);
    if (crowd !== undefined && random.number() < 0.5) {
      deeds.push(tellsTheSame(random, crowd, deeds.length));
      if (crowd.waiting.length === 0) lives.push(crowd.life);
      continue;
    }
    const isNew = lives.length === 0 || (lives.length < LIVES_AT_ONCE && random.number() < 0.35);
    if (isNew) {
      residents += 1;
      const { life, deed } = begin(random, `o_r${residents}`, deeds.length);
      deeds.push(deed);
      if (life.steps.length > 0) lives.push(life);
      continue;
    }
    const index = random.whole(0, lives.length - 1);
    const life = lives[index];
    const step = life?.steps.shift();
    if (life === undefined || step === undefined) lives.splice(index, 1);
    else deeds.push(...goOn(random, life, step, deeds.length));
  }
  deeds.splice(options.messages);
  return {
    seed: options.seed,
    deeds,
    faults: planFaults(random, options),
    deputies: COUNTIES.flatMap(({ county, spots }) =>
      [...new Set(spots.flatMap(({ deputy }) => deputy ?? []))].map((code) => ({ county, code })),
    ),
  };
}

/** Many of one place who tell one matter, one after the other, and what their deputy does then. */
type Crowd = { readonly life: Life; readonly waiting: string[] };

function crowdOf(words: CountyWords): Crowd {
  const members = Array.from({ length: MANY }, (_, index) => `o_many${index + 1}`);
  const [openid = ""] = members;
  const own = { openid, spot: words.many, handsTo: null, asked: "", closed: "" };
  return { life: { words, ...own, members, steps: ["topic-answer", "topic-close"] }, waiting: [...members] };
}

function tellsTheSame(random: Random, { life, waiting }: Crowd, index: number): Deed {
  const token = tokenOf(index);
  const openid = waiting.shift() ?? "";
  const who = { county: life.words.county, openid, token, readers: readersOf({ ...life, openid }), accused: [] };
  const text = said(random, "many", { place: life.spot.name, name: "" }, token);
  return { ...pace(random), ...who, kind: "ask", text, followers: followersOf(life), after: null, together: false };
}

function begin(random: Random, openid: string, index: number): { life: Life; deed: Deed } {
  const words = random.pick(COUNTIES);
  const spot = random.pick(words.spots);
  const chance = random.number();
  const token = tokenOf(index);
  const base = { ...pace(random), county: words.county, openid, token, after: null, together: false };
  const isHandedOver = words.takers !== undefined && spot.deputy !== null && chance > 0.6;
  const handsTo = isHandedOver ? random.pick(["unit", "partner"] as const) : null;
  const life: Life = { words, openid, spot, members: [], steps: [], handsTo, asked: token, closed: "" };
  if (chance < 0.03) {
    const accused = random.pick(words.accused);
    const text = said(random, "accuse", { place: "", name: accused.name }, token);
    const deed: Deed = {
      ...base,
      kind: "accuse",
      text,
      readers: [openid],
      followers: [],
      accused: accusedPhones(accused),
    };
    return { life, deed };
  }
  const kind = chance < 0.05 ? "urgent" : "ask";
  const text = said(random, kind, { place: spot.name, name: "" }, token);
  life.steps.push(...storyOf(random, life));
  return { life, deed: { ...base, kind, text, readers: readersOf(life), followers: followersOf(life), accused: [] } };
}

function accusedPhones({ deputy }: Accused): string[] {
  return [deputyPhone(deputy)];
}

function storyOf(random: Random, { spot, handsTo }: Life): Step[] {
  const steps: Step[] = [];
  if (random.number() < 0.3) steps.push("burst");
  if (random.number() < 0.15) steps.push("command");
  if (spot.deputy === null) return [...steps, "follow-up"];
  if (handsTo === "partner") return [...steps, "hand-over"];
  if (handsTo === "unit") return [...steps, "hand-over", "unit-accepts", "unit-reports"];
  if (random.number() < 0.15) return steps;
  steps.push("reply");
  if (random.number() < 0.4) steps.push("follow-up");
  if (random.number() < 0.25) steps.push("reply");
  if (random.number() < 0.3) return steps;
  steps.push("close");
  if (random.number() < 0.3) steps.push("unsatisfied", "reply", "close");
  if (random.number() < 0.8) steps.push("satisfied");
  return steps;
}

function goOn(random: Random, life: Life, step: Step, index: number): Deed[] {
  const token = tokenOf(index);
  const place = { place: life.spot.name, name: "" };
  const base = { county: life.words.county, token, followers: followersOf(life), accused: [], together: false };
  const resident = { ...base, openid: life.openid, readers: readersOf(life), after: null };
  switch (step) {
    case "command":
      return [{ ...resident, ...pace(random), kind: "command", token: null, text: "进度", readers: [] }];
    case "hand-over":
    case "unit-accepts":
    case "unit-reports":
      return handingOver(random, life, step);
    case "follow-up":
      return [{ ...resident, ...pace(random), kind: "follow-up", text: said(random, "followUp", place, token) }];
    case "burst":
      return Array.from({ length: random.whole(2, 4) }, (_, more) => {
        const own = tokenOf(index + more);
        const deed = { ...resident, repeated: false, kind: "follow-up" as const, token: own };
        return { ...deed, pauseMs: 0, together: more > 0, text: said(random, "followUp", place, own) };
      });
    case "satisfied":
    case "unsatisfied":
      return [
        { ...resident, ...pace(random), kind: "rate", after: life.closed, text: said(random, step, place, token) },
      ];
    case "topic-answer":
    case "topic-close": {
      if (life.spot.deputy === null) return [];
      const openid = deputyPhone(life.spot.deputy);
      const [word, phrase] =
        step === "topic-answer" ? (["回复", "manyAnswered"] as const) : (["办结", "manyClosed"] as const);
      const text = `${word} 主题{topic} ${said(random, phrase, place, token)}`;
      const readers = [...life.members, openid];
      return [{ ...base, ...pace(random), kind: "topic", openid, readers, after: TOPIC_TOLD, text }];
    }
    case "reply":
    case "close": {
      if (life.spot.deputy === null) return [];
      if (step === "close") life.closed = token;
      const openid = deputyPhone(life.spot.deputy);
      const word = step === "reply" ? "回复" : "办结";
      const text = `${word} {number} ${said(random, step, place, token)}`;
      const readers = [life.openid, openid];
      return [{ ...base, ...pace(random), kind: step, openid, readers, after: life.asked, text }];
    }
  }
}

/** What deputies and units say of a hand-over; nobody's words stand in it. */
function handingOver(random: Random, life: Life, step: "hand-over" | "unit-accepts" | "unit-reports"): Deed[] {
  const { words, spot, handsTo } = life;
  if (words.takers === undefined || handsTo === null || spot.deputy === null) return [];
  const { unit } = words.takers;
  const said = {
    "hand-over": `转办 {number} ${words.takers[handsTo].name}，请办`,
    "unit-accepts": "接收 {number}",
    "unit-reports": "办结 {number} 已经派人修好",
  }[step];
  const openid = step === "hand-over" ? deputyPhone(spot.deputy) : unitPhone(unit.code);
  const alone = { county: words.county, token: null, readers: [], followers: [], accused: [], together: false };
  return [{ ...alone, ...pace(random), repeated: false, kind: "command", openid, after: life.asked, text: said }];
}

function readersOf({ openid, spot, handsTo, words }: Life): string[] {
  const units = handsTo === "unit" && words.takers !== undefined ? [unitPhone(words.takers.unit.code)] : [];
  return spot.deputy === null ? [openid] : [openid, deputyPhone(spot.deputy), ...units];
}

function followersOf({ spot }: Life): readonly string[] {
  return spot.followers ?? [];
}

function pace(random: Random): { pauseMs: number; repeated: boolean } {
  const isInBurst = random.number() < BURST_SHARE;
  return { pauseMs: isInBurst ? 0 : random.whole(20, LONGEST_PAUSE_MS), repeated: random.number() < 0.03 };
}

type Phrase = keyof typeof PHRASES;

function said(random: Random, phrase: Phrase, fill: { place: string; name: string }, token: string): string {
  const words: readonly [string, ...string[]] = PHRASES[phrase];
  return `${random.pick(words).replace("{place}", fill.place).replace("{name}", fill.name)}，${token}`;
}
