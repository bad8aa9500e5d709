import { byToken, type History, phoneKey, tokensIn, type Violation } from "./history.ts";

/** No text reaches anybody but the persons whom the case allows; never the accused; nothing another county. */
export function readersOnly(history: History): Violation[] {
  return [...onPhones(history), ...inOutbox(history), ...withDeputies(history), ...withFollowers(history)];
}

function onPhones(history: History): Violation[] {
  const knowing = whoKnows(history);
  return history.arrivals.flatMap(({ county, openid, text }) =>
    tokensIn(text).flatMap((token) => mayRead(knowing, token, county, openid, "arrived on")),
  );
}

/** What was only written for a stranger, and did not leave by luck, is as wrong. */
function inOutbox(history: History): Violation[] {
  const knowing = whoKnows(history);
  return history.outgoing.flatMap(({ county, openid, text }) =>
    openid === null ? [] : tokensIn(text).flatMap((token) => mayRead(knowing, token, county, openid, "is written for")),
  );
}

type Knowing = {
  readonly sentBy: ReturnType<typeof byToken>;
  /** The phones of those who follow the case in which a text stands; nobody's for a sealed one. */
  readonly followers: ReadonlyMap<string, ReadonlySet<string>>;
};

function whoKnows(history: History): Knowing {
  const phoneOf = phonesOfDeputies(history);
  const followers = history.cases
    .filter(({ isSealed }) => !isSealed)
    .flatMap((one) => {
      const phones = new Set(one.followers.flatMap((code) => phoneOf.get(`${one.county} ${code}`) ?? []));
      return one.words.flatMap(({ text }) => tokensIn(text).map((token) => [token, phones] as const));
    });
  return { sentBy: byToken(history), followers: new Map(followers) };
}

function phonesOfDeputies({ people }: History): ReadonlyMap<string, string> {
  return new Map(
    people.flatMap(({ county, openid, deputy }) => (deputy === null ? [] : [[`${county} ${deputy}`, openid]])),
  );
}

function mayRead(
  { sentBy, followers }: Knowing,
  token: string,
  county: string,
  openid: string,
  how: string,
): Violation[] {
  const sent = sentBy.get(token);
  if (sent === undefined) return [];
  const phone = phoneKey(county, openid);
  if (county !== sent.county) return [{ invariant: "APART", text: `${how} ${phone}`, about: token }];
  if (sent.accused.includes(openid)) return [{ invariant: "NO-ACCUSED", text: `${how} ${phone}`, about: token }];
  if (!sent.readers.includes(openid) && followers.get(token)?.has(openid) !== true)
    return [{ invariant: "NO-STRANGER", text: `${how} ${phone}`, about: token }];
  return [];
}

/** A case belongs to a deputy who may read it, an accusation to none, and each to the county of its words. */
function withDeputies(history: History): Violation[] {
  const sentBy = byToken(history);
  const phoneOf = phonesOfDeputies(history);
  return history.cases.flatMap((one) =>
    one.words.flatMap((word): Violation[] => {
      const sent = sentBy.get(tokensIn(word.text)[0] ?? "");
      if (sent === undefined) return [];
      const about = sent.token;
      if (sent.county !== one.county) {
        return [{ invariant: "APART", text: `stands in case ${one.number} of ${one.county}`, about }];
      }
      if (one.deputy === null) return [];
      const holder = phoneOf.get(`${one.county} ${one.deputy}`) ?? `the deputy ${one.deputy}`;
      if (sent.accused.length > 0) {
        return [{ invariant: "NO-ACCUSED", text: `case ${one.number} is with ${one.deputy}`, about }];
      }
      if (sent.readers.includes(holder)) return [];
      return [{ invariant: "NO-STRANGER", text: `case ${one.number} is with ${one.deputy}`, about }];
    }),
  );
}

/** Only deputies of the place on a higher level follow a case, and nobody a sealed one or one that accuses them. */
function withFollowers(history: History): Violation[] {
  const sentBy = byToken(history);
  const phoneOf = phonesOfDeputies(history);
  return history.cases.flatMap((one) => {
    const said = one.words.flatMap((word) => sentBy.get(tokensIn(word.text)[0] ?? "") ?? []);
    return one.followers.flatMap((code): Violation[] => {
      const text = `case ${one.number} is followed by ${code}`;
      const accused = said.find((sent) => sent.accused.includes(phoneOf.get(`${one.county} ${code}`) ?? ""));
      if (accused !== undefined) return [{ invariant: "NO-ACCUSED", text, about: accused.token }];
      if (one.isSealed) return [{ invariant: "NO-STRANGER", text: `the sealed ${text}`, about: one.number }];
      const strange = said.find((sent) => !sent.followers.includes(code));
      return strange === undefined ? [] : [{ invariant: "NO-STRANGER", text, about: strange.token }];
    });
  });
}
