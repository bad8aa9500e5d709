import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSettings } from "../../src/casework/county/settings-change.ts";
import type { Channel } from "../../src/channels/channel.ts";
import { platforms } from "../../src/channels/registry.ts";
import { telegram } from "../../src/channels/telegram/channel.ts";
import type { Phone, SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { convertDatum } from "../../src/domain/place/datum.ts";
import { answerDevice } from "../answer-page.ts";
import { startService, type TestService } from "../service.ts";
import { openWebChat, webVisitor } from "../web-visitor.ts";
import { MINUTE, short } from "./resident.ts";

const FORMS = ["image", "voice", "video", "file"] as const;
type Form = (typeof FORMS)[number];

/** How somebody on a platform writes, shows and reads; `null` where the platform has no such form. */
type Person = {
  say(text: string): Promise<unknown>;
  show(form: Form): Promise<unknown> | null;
  texts(): Promise<string[]> | string[];
  /** How many pictures came. */
  pictures(): Promise<number> | number;
};

/** A platform in the table: a resident and a deputy on it. `deputy` is null where deputies have no chat. */
type Row = {
  readonly type: string;
  resident(service: TestService, name: string): Promise<Person>;
  deputy: ((service: TestService) => Promise<Person>) | null;
  /** Of what a resident sends, which recordings this platform's deputies can be sent as they are. */
  readonly takesVoiceFrom: readonly string[];
};

const OGG = Buffer.from("OggS\x00\x02 a few words");
const AMR = Buffer.from("#!AMR\n a few words");
const PDF = Buffer.from("%PDF-1.7 a plan");
let jpeg: Buffer;

const toSatellites = (longitude: number, latitude: number) => convertDatum([longitude, latitude], "gcj02", "wgs84");
const startBeside = (now: () => Date): Promise<SimulatedPlatform> => startTelegram({ now, toSatellites });

/** Somebody with a phone of the platform beside WeChat. */
function atPhone(phone: Phone): Person {
  return {
    say: (text) => phone.say(text),
    show(form) {
      if (form === "image") return phone.photo(jpeg);
      if (form === "voice") return phone.voice(OGG);
      return form === "file" ? (phone.file?.(PDF, "图纸.pdf") ?? null) : null;
    },
    texts: () => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : [])),
    pictures: () => phone.lines().filter(({ by, picture }) => by === "service" && picture !== null).length,
  };
}

/** Somebody with WeChat. */
function atWechat(phone: ReturnType<TestService["phone"]>): Person {
  const came = () => phone.messages().filter(({ direction }) => direction === "in");
  return {
    say: (text) => phone.say(text),
    show: (form) => (form === "image" ? phone.sendPhoto(jpeg) : form === "voice" ? phone.sendVoice(AMR) : null),
    texts: () => came().flatMap(({ content }) => ("text" in content ? [String(content.text)] : [])),
    pictures: () => came().filter(({ content }) => content.kind === "picture").length,
  };
}

/** The platforms of the registry: a new one is a line here. */
const TABLE: readonly Row[] = [
  {
    type: "wechat-official",
    resident: async (service, name) => atWechat(service.phone(name)),
    deputy: async (service) => atWechat(await service.deputy("D001")),
    takesVoiceFrom: ["wechat-official"],
  },
  {
    type: "telegram",
    resident: (service, name) => besideResident(service, name),
    deputy: (service) => besideDeputy(service, "D001"),
    takesVoiceFrom: ["wechat-official", "telegram"],
  },
  { type: "web", resident: (service) => webResident(service), deputy: null, takesVoiceFrom: [] },
];

let people = 8_000;
async function besideResident(service: TestService, _name: string): Promise<Person> {
  people += 1;
  const phone = service.beside!.phone("qinghe", String(people));
  await phone.open(null);
  await service.settled();
  return atPhone(phone);
}

async function besideDeputy(service: TestService, code: string): Promise<Person> {
  const person = await besideResident(service, code);
  await person.say(`绑定 ${await service.invite(code)}`);
  await service.settled();
  return person;
}

async function webResident(service: TestService): Promise<Person> {
  const visitor = webVisitor(service);
  return {
    say: (text) => visitor.say(text),
    show: (form) => (form === "image" ? visitor.say("", { photos: [jpeg] }) : null),
    texts: () => visitor.arrived(),
    pictures: async () => ((await (await visitor.get("/mine")).text()).match(/\/photo\/p\d+/g) ?? []).length,
  };
}

describe.each(TABLE.filter(({ deputy }) => deputy !== null))("what reaches a deputy on $type", (to) => {
  let service: TestService;
  let deputy: Person;
  let houses = 0;
  beforeAll(async () => {
    jpeg = await sharp({ create: { width: 16, height: 16, channels: 3, background: "#774411" } })
      .jpeg()
      .toBuffer();
    service = await startService({ beside: { channel: telegram as Channel, startPlatform: startBeside } });
    await openWebChat(service);
    deputy = await to.deputy!(service);
  });
  afterAll(() => service.close());

  const settled = async () => {
    await service.settled();
    await service.passTime();
    service.advance(MINUTE);
    await service.deliverDue();
  };

  /** What the deputy says lets news come again, where a platform counts how much may. */
  const anew = async () => {
    await deputy.say("统计");
    await settled();
  };

  it.each(TABLE.flatMap((from) => FORMS.map((form) => [form, from.type, from] as const)))(
    "a %s from %s",
    async (form, type, from) => {
      houses += 1;
      const resident = await from.resident(service, `media-${to.type}-${houses}`);
      await resident.say(`柳东村二组${houses}号楼前路灯坏了`);
      await settled();
      const number = (await service.cases()).at(-1)!.number;
      await anew();
      const before = { texts: (await deputy.texts()).length, pictures: await deputy.pictures() };
      const shown = resident.show(form);
      if (shown === null) return;
      await shown;
      await settled();
      const news = (await deputy.texts()).slice(before.texts).join("\n");
      const pictures = (await deputy.pictures()) - before.pictures;
      // Films and documents stay with the office.
      if (form === "video" || form === "file") expect([pictures, news]).toEqual([0, ""]);
      else if (form === "image") expect([pictures, news.includes("显示不了")]).toEqual([1, false]);
      else if (to.takesVoiceFrom.includes(type)) expect(news).not.toContain("显示不了");
      else {
        expect(news).toMatch(new RegExp(`${short(number)}号附1段录音，这里显示不了。请打开网页看：\\n\\S+/a/`));
        await expectHeard(service, /#k=([\w-]{27})/.exec(news)?.[1] ?? "");
      }
      expect(await failures(service, number)).toEqual([]);
    },
  );

  it.each(TABLE.map((from) => [from.type, from] as const))(
    "and a photo from there reaches a resident on %s",
    async (_type, from) => {
      houses += 1;
      const resident = await from.resident(service, `media-back-${to.type}-${houses}`);
      await resident.say(`柳东村二组${houses}号楼前路灯坏了`);
      await settled();
      const number = (await service.cases()).at(-1)!.number;
      await deputy.say(short(number));
      await settled();
      await deputy.show("image");
      await settled();
      await deputy.say("1");
      await settled();
      expect([await resident.pictures(), await failures(service, number)]).toEqual([1, []]);
    },
  );

  it("documents stay with the office until the county says that deputies get them", async () => {
    const sent = async (text: string, bytes: Buffer) => {
      people += 1;
      const resident = service.beside!.phone("qinghe", String(people));
      await resident.open(null);
      await resident.say(text);
      await settled();
      const number = (await service.cases()).at(-1)!.number;
      await anew();
      const before = (await deputy.texts()).length;
      await resident.file?.(bytes, "图纸.pdf");
      await settled();
      return { number, news: (await deputy.texts()).slice(before).join("\n"), said: atPhone(resident).texts() };
    };
    const kept = await sent("柳东村二组七十一号楼前路灯坏了", Buffer.from("%PDF-1.7 a plan"));
    expect(kept.news).not.toContain("文件");
    expect((await service.case(kept.number)).messages.map(({ kind }) => kind)).toContain("file");
    const program = await sent("柳东村二组七十二号井盖丢了", Buffer.from("MZ\x90\x00\x03", "latin1"));
    expect((await program.said).join("\n")).toContain("打不开，没有收下");
    const large = await sent("柳东村二组七十四号树倒了", Buffer.alloc(20 * 1024 * 1024 + 1, "%PDF-1.7 "));
    expect((await large.said).join("\n")).toContain("太大，没有收下");
    await changeSettings(service.runtime, service.jurisdiction("qinghe"), { forwardsFiles: true }, "何丽");
    const forwarded = await sent("柳东村二组七十三号水管爆了", Buffer.from("%PDF-1.7 another plan"));
    if (to.type === "telegram") expect(forwarded.news).not.toContain("显示不了");
    else expect(forwarded.news).toContain("附1个文件，这里显示不了");
  });
});

/** The platforms that stand in no line yet: their files are tried by the cases of `test/channels` alone. */
const WITHOUT_LINE = ["dingtalk", "feishu", "sms", "wechaty", "wecom", "wecom-customer"];

it("has a line for every platform of the registry but those that are named", () => {
  const known = [...TABLE.map(({ type }) => type), ...WITHOUT_LINE];
  expect(known.toSorted()).toEqual(platforms.map(({ type }) => type).toSorted());
});

/** The page of the link plays the recording, as it came. */
async function expectHeard(service: TestService, token: string): Promise<void> {
  const device = answerDevice(service);
  await device.open(token);
  const [, address = ""] = /<audio[^>]* src="([^"]+)"/.exec(await device.page()) ?? [];
  const name = /photo\/([0-9a-f-]{36})/.exec(address)?.[1];
  const heard = await device.get(`/photo/${name}?l=${device.link()}`);
  expect(heard.headers.get("content-type")).toBe("audio/ogg");
  expect(Buffer.from(await heard.arrayBuffer())).toEqual(OGG);
}

/** What of a case's messages was not delivered, by kind. */
async function failures(service: TestService, number: string): Promise<string[]> {
  const { messages } = await service.case(number);
  return messages.flatMap(({ kind, delivery }) => (delivery === "failed" ? [kind] : []));
}
