import { asc } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { viewCase } from "../../../src/casework/cases/case-view.ts";
import { inviteRole } from "../../../src/casework/deputy/invite-role.ts";
import type { Office } from "../office.ts";

/** The desk of a station as its officers have it in chat, with ways to look at what they read and what came of it. */
export function atDesk(office: Office) {
  const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
    office.db.database.inCounty(office.county.id, work);
  const read = (person: string) => office.sent.filter(({ to }) => to === person);
  const invite = (ref: string) => inviteRole(office.runtime, office.county.id, { role: "station", ref });
  const allCases = () => rows((tx) => tx.select().from(cases).orderBy(asc(cases.number)));
  let houses = 0;
  /** A matter of its own for everybody. */
  const matter = (what = "楼前路灯坏了") => {
    houses += 1;
    return `柳东村三组${houses}号${what}`;
  };
  return {
    ...{ rows, read, invite, matter },
    newest: (person: string) => read(person).at(-1) ?? { text: "", labels: [] },
    bind: async (person: string, ref: string) => office.say(person, `绑定 ${await invite(ref)}`),
    numbers: async () => (await allCases()).map(({ number }) => number),
    lastCase: async () => (await allCases()).at(-1)!,
    async view(number: string) {
      const found = await rows((tx) => viewCase(tx, number));
      if (!found.ok) throw new Error(`no case ${number}`);
      return found.view;
    },
    async takenDown(text = matter(), officer = "officer") {
      await office.say(officer, `代记 ${text}`);
      return (await allCases()).at(-1)!;
    },
  };
}
