import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { conversations } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import { inviteDeputy } from "../../../src/casework/deputy/invite.ts";
import { tellDeputy } from "../../../src/casework/outbox/tell.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import { openTurn } from "../../../src/casework/turn/open-turn.ts";
import { finishTurn } from "../../../src/casework/turn/turn.ts";
import { lockWaits } from "../../lock-waits.ts";
import { type Office, openOffice } from "../office.ts";

const SECOND = 1_000;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const binding = async (code: string) => `绑定 ${await inviteDeputy(office.runtime, office.county.id, code)}`;
const heardBy = (person: string) =>
  office.sent
    .filter(({ to }) => to === person)
    .map(({ text }) => text)
    .join("\n");

/** D003 is bound to a chat that cannot be reached; a matter of theirs waits for it. */
async function waitingForD003(): Promise<void> {
  await office.say("the-chat", await binding("D003"));
  expect(heardBy("the-chat")).toContain("赵德明");
  office.answerCalls((to) =>
    to === "the-chat"
      ? { outcome: "retry", reason: "the platform is busy", afterMs: 10 * SECOND, scope: "message" }
      : { outcome: "delivered", platformId: null },
  );
  await office.say("ann", "柳东村一组自来水发黄，能喝吗");
  expect(heardBy("ann")).toContain("赵德明");
  expect(heardBy("the-chat")).not.toContain("自来水发黄");
}

const hearNext = () => receiveNext(office.runtime, office.county.id, { limit: 32, order: "oldest" });
const reachable = () => office.answerCalls(() => ({ outcome: "delivered", platformId: null }));

test("what waits for a deputy does not go to their chat once it is another deputy's, but to the deputy's next one", async () => {
  await waitingForD003();
  const code = await binding("D005");
  reachable();
  await office.say("the-chat", code);
  await office.pass(60 * SECOND);
  expect(heardBy("the-chat")).toContain("周志强");
  expect(heardBy("the-chat")).not.toContain("自来水发黄");

  await office.say("another-chat", await binding("D003"));
  expect(heardBy("another-chat")).toContain("自来水发黄");
  expect(heardBy("the-chat")).not.toContain("自来水发黄");
});

test("what was on its way to a former chat while the deputy bound another one goes to that, when its call has failed", async () => {
  await office.say("the-chat", await binding("D003"));
  const call = Promise.withResolvers<void>();
  const rebound = Promise.withResolvers<void>();
  office.answerCalls(async (to) => {
    if (to !== "the-chat") return { outcome: "delivered", platformId: null };
    call.resolve();
    await rebound.promise;
    return { outcome: "retry", reason: "the platform is busy", afterMs: SECOND, scope: "message" };
  });
  const told = office.say("ann", "柳东村一组自来水发黄，能喝吗");
  await call.promise;
  await office.accept("another-chat", await binding("D003"));
  await hearNext();
  rebound.resolve();
  await told;
  await office.pass(60 * SECOND);
  expect(heardBy("another-chat")).toContain("自来水发黄");
  expect(heardBy("the-chat")).not.toContain("自来水发黄");
});

test("whoever writes in the moment in which the deputy binds a chat is heard by the deputy there", async () => {
  await office.accept("the-chat", await binding("D003"));
  await office.accept("ann", "柳东村一组自来水发黄，能喝吗");
  const { apart } = await hearNext();
  await Promise.all(apart.map((person) => receive(office.runtime, person)));
  await office.pass(10 * SECOND);
  expect(heardBy("the-chat")).toContain("自来水发黄");
});

test("a chat is bound behind whoever is just telling its deputy something, which then goes there", async () => {
  await office.say("ann", "你好");
  const code = await binding("D003");
  await using owner = lockWaits(office.db.url);
  let bound: Promise<void> | null = null;
  await office.db.database.inCounty(office.county.id, async (tx) => {
    const ann = eq(conversations.peer, office.peer("ann"));
    const [chat] = await tx.select({ id: conversations.id }).from(conversations).where(ann);
    const [deputy] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, "D003"));
    const turn = (await openTurn(office.runtime, tx, chat!.id))!;
    await tellDeputy(turn, deputy!.id, () => ({ kind: "courtesy", subject: null, words: "自来水修好了" }));
    bound = office.say("the-chat", code);
    await expect.poll(owner.whoWaits, { timeout: 20_000 }).toHaveLength(1);
    await finishTurn(turn);
  });
  await bound;
  await office.pass(10 * SECOND);
  expect(heardBy("the-chat")).toContain("自来水修好了");
});

test("what somebody tells in one breath before and after the code that makes them a deputy is told to the chat that it bound", async () => {
  await office.say("the-chat", await binding("D003"));
  await office.accept("another-chat", "柳东村一组的路塌了一个坑");
  await office.accept("another-chat", await binding("D003"));
  await office.accept("another-chat", "我要反映柳东村一组的垃圾三天没人清");
  await office.work();
  expect(heardBy("another-chat")).toMatch(/看到了：回“接收 1”.*绑定好了.*1号，居民又说：.*垃圾三天没人清/s);
  expect(heardBy("the-chat")).not.toMatch(/塌|垃圾/);
});
