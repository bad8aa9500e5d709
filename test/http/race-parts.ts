import { randomUUID } from "node:crypto";
import { lookAfterTopics } from "../../src/casework/topics/look-after.ts";
import type { StaffApi } from "./staff-api.ts";

const TROUBLES = ["停水了", "停电了", "没天然气", "暖气不热"];

/** The things that two people can be at, made anew each time. */
export function raceParts(staff: StaffApi, newCase: (said: string) => Promise<string>) {
  let topicsMade = 0;
  let drafts = 0;
  const get = async (path: string) => {
    const { body, etag } = await staff.ask("林晓", `GET ${path}`);
    return { body, etag };
  };
  /** A topic that is offered, told by three people on another day than any before. */
  async function offeredTopic() {
    const { runtime, county } = staff.office;
    for (let told = 0; told < 3; told += 1) await newCase(`柳东村一组${TROUBLES[topicsMade % TROUBLES.length]}`);
    topicsMade += 1;
    const later = { ...runtime, now: () => new Date(runtime.now().getTime() + 60 * 60_000) };
    await lookAfterTopics(later, county.id);
    const { items } = (await get("/topics?state=offered")).body;
    const { number } = items[0];
    const { body, etag } = await get(`/topics/${number}`);
    return { number, etag, cases: body.cases.map((one: { number: string }) => one.number) };
  }

  /** A topic that is open, with its three cases. */
  async function openedTopic() {
    const { number, etag } = await offeredTopic();
    await staff.ask("林晓", `POST /topics/${number}/decide`, { match: etag, body: { decision: "join" } });
    await lookAfterTopics(staff.office.runtime, staff.office.county.id);
    const whole = await get(`/topics/${number}`);
    return { number, etag: whole.etag, cases: whole.body.cases.map((one: { number: string }) => one.number) };
  }

  /** What each of two people wants of an open topic. */
  async function onTopic(verb: string, bodyOf: (who: string, cases: readonly string[]) => unknown) {
    const { number, etag, cases } = await openedTopic();
    return { path: `/topics/${number}/${verb}`, match: etag, bodyOf: (who: string) => bodyOf(who, cases) };
  }

  const partner = async () => {
    const path = `/partners/p-${randomUUID().slice(0, 8)}`;
    const body = { type: "webhook", url: "https://grid.example/hook", secret: "a secret of both sides" };
    const { body: made } = await staff.ask("周强", `PUT ${path}`, { body, match: '"new"' });
    return { path, body, etag: made.etag };
  };
  const draft = async (who: string) => {
    const body = {
      ...{ code: `draft-${++drafts}`, title: "老年证办理", triggers: ["老年证怎么办"], body: "带身份证。" },
      ...{ category: null, validFrom: "2026-01-01", validUntil: "2036-12-31" },
    };
    const made = await staff.ask(who, "POST /answer-library", { body });
    return { path: `/answer-library/${made.body.id}`, match: `"${made.body.etag}"`, body };
  };
  const template = async () => {
    const id = randomUUID();
    const body = { name: `说明 ${id.slice(0, 8)}`, textZh: "您反映的{number}已收到。", textEn: "" };
    await staff.ask("林晓", `PUT /templates/${id}`, { body, match: '"new"' });
    return { path: `/templates/${id}`, match: '"t1"', body };
  };
  /** A case of a recording that nobody could read. @param person whoever writes next */
  const unreadable = async (person: string): Promise<string> => {
    await staff.office.say(person, {
      ...{ kind: "media", media: { mediaId: `voice-${person}`, form: "voice" } },
      transcript: "恩那嘎哈咧呜啦嘟嗝",
    });
    return newCase("3");
  };
  /** A chat that is bound to the first station, or as the worker of the first grid. */
  const chatOf = async (list: "stations" | "grids") => {
    const { code } = (await get(`/${list}?limit=1`)).body.items[0];
    const path = `/${list}/${encodeURIComponent(code)}`;
    const { body: invite } = await staff.ask("林晓", `POST ${path}/invite`, {});
    await staff.office.say(`of-${list}`, `绑定 ${invite.code}`);
    const { body, etag } = await get(`${path}/chats`);
    return { path: `${path}/chats/${body.chats[0].id}/end`, match: etag, bodyOf: () => undefined };
  };
  return { chatOf, unreadable, offeredTopic, onTopic, partner, draft, template };
}
