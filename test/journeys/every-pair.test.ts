import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { channels } from "../../src/channels/registry.ts";
import type { Phone, ScreenLine, SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { PLATFORMS } from "../platforms.ts";
import { startService, type TestService } from "../service.ts";
import { openWebChat } from "../web-visitor.ts";
import { short } from "./resident.ts";

const ACCOUNT = "qinghe";
const residents = PLATFORMS.filter((one) => one.for.includes("resident"));
const deputies = PLATFORMS.filter((one) => one.for.includes("deputy"));
const PAIRS = residents.flatMap((one) => deputies.map((other) => [one.type, other.type] as const));

let service: TestService;
const platforms = new Map<string, SimulatedPlatform>();
const deputyOn = new Map<string, Phone>();
let places = 0;

beforeAll(async () => {
  service = await startService({ beside: PLATFORMS.flatMap(({ beside }) => beside ?? []) });
  await openWebChat(service);
  for (const { type, of } of PLATFORMS) platforms.set(type, of(service));
  // One deputy with a chat on every platform: told in the one in which they spoke last.
  for (const [at, { type }] of deputies.entries()) {
    const phone = platforms.get(type)!.phone(ACCOUNT, `${9100 + at}`);
    await phone.open(null);
    await service.settled();
    await phone.say(`绑定 ${await service.invite("D001")}`);
    await service.settled();
    deputyOn.set(type, phone);
  }
}, 120_000);
afterAll(() => service.close());

/** The lines that the service wrote, as they are on the screen now. */
async function shown(phone: Phone): Promise<readonly ScreenLine[]> {
  if ("look" in phone && typeof phone.look === "function") await phone.look();
  return phone.lines().filter(({ by }) => by === "service");
}

/** Waits for a line with these words that was not there before. */
async function lineWith(phone: Phone, words: string, before: ReadonlySet<string> = new Set()): Promise<ScreenLine> {
  const found = async () => (await shown(phone)).findLast(({ id, text }) => text.includes(words) && !before.has(id));
  await expect.poll(async () => (await found())?.text ?? "", { timeout: 30_000 }).toContain(words);
  return (await found())!;
}

/** What answers a line best: a quotation where that is possible, else the command with the number. */
async function answer(type: string, phone: Phone, told: ScreenLine, number: string, words: string): Promise<void> {
  const account = (await service.runtime.accounts.find(type, ACCOUNT))!;
  const found = (await service.runtime.accounts.byId(account.jurisdictionId, account.id))!;
  if (found.sender.abilities.replyTo === null) await phone.say(`回复 ${short(number)} ${words}`);
  else await phone.say(`回复 ${words}`, told);
}

it("the platforms of the table are channels of the registry", () => {
  const all = channels.map(({ type }) => type);
  expect(PLATFORMS.filter(({ type }) => !all.includes(type))).toEqual([]);
});

it.each(PAIRS)(
  "a resident on %s and a deputy on %s speak with each other from the scanned code to the verdict",
  async (one, other) => {
    places += 1;
    const matter = `${places}号楼前路灯坏了`;
    const deputy = deputyOn.get(other)!;
    await deputy.say("列表");
    await service.settled();
    const resident = platforms.get(one)!.phone(ACCOUNT, `${8000 + places}`);
    await resident.open("g:柳东-3");
    await service.settled();
    expect((await resident.say(matter)).accepted).toBe(true);
    await service.settled();
    const { number } = (await service.cases()).at(-1)!;
    await lineWith(resident, number);
    expect(
      (
        await resident.photo(
          await sharp({ create: { width: 12, height: 8, channels: 3, background: "#446688" } })
            .jpeg()
            .toBuffer(),
        )
      ).accepted,
    ).toBe(true);
    await service.settled();
    expect(await service.case(number)).toMatchObject({ state: "assigned", deputy: "D001", grid: "柳东-3" });
    expect((await service.case(number)).messages.filter(({ kind }) => kind === "image")).toHaveLength(1);

    const told = await lineWith(deputy, number);
    await answer(other, deputy, told, number, `电工明天来修${places}号楼的灯`);
    await service.settled();
    await lineWith(resident, `电工明天来修${places}号楼的灯`);
    expect((await service.case(number)).state).toBe("answered");
    await deputy.say(`办结 ${short(number)} 换好了${places}号楼的灯`);
    await service.settled();
    const closing = await lineWith(resident, `换好了${places}号楼的灯`);
    const [satisfied] = closing.buttons;
    if (satisfied === undefined) await resident.say("1");
    else await resident.press(closing, satisfied.key);
    await service.settled();
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: expect.anything() });
  },
);
