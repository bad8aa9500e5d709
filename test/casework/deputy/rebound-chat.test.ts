import { afterEach, beforeEach, expect, test } from "vitest";
import { inviteDeputy } from "../../../src/casework/deputy/invite.ts";
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
      ? { outcome: "retry", reason: "the platform is busy", afterMs: 10 * SECOND }
      : { outcome: "delivered", platformId: null },
  );
  await office.say("ann", "柳东村一组自来水发黄，能喝吗");
  expect(heardBy("ann")).toContain("赵德明");
  expect(heardBy("the-chat")).not.toContain("自来水发黄");
}

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
