import { byToken, type History, phoneKey, tokensIn, type Violation } from "./history.ts";

/** No text reaches anybody but the persons whom the case allows; never the accused; nothing another county. */
export function readersOnly(history: History): Violation[] {
  return [...onPhones(history), ...inOutbox(history), ...withDeputies(history)];
}

function onPhones(history: History): Violation[] {
  const sentBy = byToken(history);
  return history.arrivals.flatMap(({ county, openid, text }) =>
    tokensIn(text).flatMap((token) => mayRead(sentBy, token, county, openid, "arrived on")),
  );
}

/** What was only written for a stranger, and did not leave by luck, is as wrong. */
function inOutbox(history: History): Violation[] {
  const sentBy = byToken(history);
  return history.outgoing.flatMap(({ county, openid, text }) =>
    openid === null ? [] : tokensIn(text).flatMap((token) => mayRead(sentBy, token, county, openid, "is written for")),
  );
}

function mayRead(
  sentBy: ReturnType<typeof byToken>,
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
  if (!sent.readers.includes(openid)) return [{ invariant: "NO-STRANGER", text: `${how} ${phone}`, about: token }];
  return [];
}

/** A case belongs to a deputy who may read it, an accusation to none, and each to the county of its words. */
function withDeputies(history: History): Violation[] {
  const sentBy = byToken(history);
  const phoneOf = new Map(
    history.people.flatMap(({ county, openid, deputy }) => (deputy === null ? [] : [[`${county} ${deputy}`, openid]])),
  );
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
