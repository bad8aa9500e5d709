import { type History, type Outgoing, type StoredTopic, tokensIn, type Violation } from "./history.ts";

type Row = Outgoing & { readonly openid: string };

/**
 * TOPIC-ONCE: what is said to everybody of a topic is written once for each of them, under their own number, and for nobody else; all of it is done when
 * everything stands again.
 */
export function topicOnce(history: History): Violation[] {
  const broken = (text: string, about: string | null): Violation => ({ invariant: "TOPIC-ONCE", text, about });
  const undone = history.topics.flatMap(({ county, number, told }) =>
    told.filter(({ isDone }) => !isDone).map(({ kind }) => broken(`${kind} of ${county} ${number} is not done`, null)),
  );
  const said = history.sent.filter(({ isForMany }) => isForMany);
  const written = said.flatMap(({ token, county, openid }) => {
    if (token === null) return [];
    const rows = history.outgoing.filter((row): row is Row => {
      const isOfResident = row.openid !== null && row.openid !== openid;
      return row.county === county && isOfResident && row.repeats === null && tokensIn(row.text).includes(token);
    });
    return rows.length === 0 ? [] : [{ token, county, rows, first: Math.min(...rows.map(({ seq }) => seq)) }];
  });
  const strangers = written.flatMap(({ token, county, rows }) => {
    const members = history.topics.filter((topic) => topic.county === county).flatMap((topic) => topic.members);
    return rows.flatMap((row) => wrongRow(row, rows, members).map((text) => broken(text, token)));
  });
  return [...undone, ...strangers, ...untold(history, written, broken)];
}

function wrongRow(row: Row, rows: readonly Row[], members: StoredTopic["members"]): string[] {
  const { seq, openid, caseNumber, text } = row;
  const own = members.find((one) => one.openid === openid && one.caseNumber === caseNumber);
  if (own === undefined) return [`outgoing ${seq} is for ${openid}, whose case ${caseNumber} never was in a topic`];
  if (!text.includes(own.caseNumber)) return [`outgoing ${seq} does not name ${own.caseNumber}`];
  const other = members.find((one) => one.caseNumber !== own.caseNumber && text.includes(one.caseNumber));
  if (other !== undefined) return [`outgoing ${seq} names ${other.caseNumber}, which is somebody else's`];
  const twice = rows.find((one) => one.openid === openid && one.caseNumber === caseNumber && one.seq !== seq);
  return twice === undefined ? [] : [`outgoing ${seq} says to ${openid} what ${twice.seq} says`];
}

type Written = {
  readonly token: string;
  readonly county: string;
  readonly rows: readonly Row[];
  readonly first: number;
};

/** Whoever was in a topic when all of it were told has what was said. */
function untold(
  { topics }: History,
  written: readonly Written[],
  broken: (text: string, about: string | null) => Violation,
): Violation[] {
  return topics.flatMap(({ county, number, members, told }) => {
    const acts = told.filter(({ kind }) => kind !== "reopened");
    const mine = written
      .filter((one) => one.county === county && one.rows.some(({ openid }) => members.some((m) => m.openid === openid)))
      .toSorted((a, b) => a.first - b.first);
    if (mine.length !== acts.length && members.length > 0)
      return [
        broken(`${number} was told ${acts.length} times, and ${mine.length} messages were written for all`, null),
      ];
    return acts.flatMap(({ at }, index) => {
      const { token = null, rows = [] } = mine[index] ?? {};
      const there = members.filter(({ since, until }) => since <= at && until === null);
      return there
        .filter(({ openid, caseNumber }) => !rows.some((row) => row.openid === openid && row.caseNumber === caseNumber))
        .map(({ openid, caseNumber }) => broken(`${openid} with ${caseNumber} was never told`, token));
    });
  });
}
