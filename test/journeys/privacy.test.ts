import { eq } from "drizzle-orm";
import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { media } from "../../db/schema/media.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { door, identity, mobile, name, nameLabel, plainDigits, spellings } from "../domain/text/spellings.ts";
import { casesOf, MINUTE, onlyCase, say, service, short, since, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

/** A resident of 柳东-1 with a case that D003 has. */
async function withCase(person: string): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person);
  await say(service, phone, "柳东村一组路灯坏了");
  await wait(service, 5 * MINUTE);
  return { phone, number: (await onlyCase(service, phone)).number };
}

/** Ways in which a resident's words come to a deputy; each is given words with something private in them. */
const WAYS: Readonly<Record<string, (person: string, words: string) => Promise<unknown>>> = {
  "the words of a new case": (person, words) => say(service, service.phone(person), `柳东村一组路灯坏了，${words}`),
  "a follow-up": async (person, words) => {
    const { phone } = await withCase(person);
    await say(service, phone, `柳东村一组那盏灯还没修，${words}`);
  },
  "the answer to a deputy's question": async (person, words) => {
    const { phone, number } = await withCase(person);
    await say(service, deputy, `回复 ${short(number)} 请问是哪一盏？怎么找您？`);
    await say(service, phone, words);
  },
  "the comment of a good verdict": async (person, words) => {
    const { phone, number } = await withCase(person);
    await say(service, deputy, `办结 ${short(number)} 换了灯泡`);
    await say(service, phone, `满意，${words}`);
  },
  "the comment of a bad verdict": async (person, words) => {
    const { phone, number } = await withCase(person);
    await say(service, deputy, `办结 ${short(number)} 换了灯泡`);
    await say(service, phone, `不满意，还是不亮，${words}`);
  },
  thanks: async (person, words) => {
    const { phone, number } = await withCase(person);
    await say(service, deputy, `回复 ${short(number)} 明天换`);
    await say(service, phone, `谢谢代表，${words}，谢谢`);
  },
  "what was heard in a voice message": async (person, words) => {
    await service.phone(person).sendVoice(Buffer.from("voice"), `柳东村一组路灯坏了，${words}`);
    await service.settled();
  },
  "the label of a position": async (person, words) => {
    const { phone } = await withCase(person);
    await phone.sendLocation({ latitude: 36.5, longitude: 118.5, label: words });
    await service.settled();
  },
  "the title of a link": async (person, words) => {
    const { phone } = await withCase(person);
    await phone.sendRaw({ MsgType: "link", Title: words, Description: `看看，${words}`, Url: "https://example.com/" });
    await service.settled();
  },
};

/** All that the deputy has read, with the list and the last case shown again. */
async function readByDeputy(before: number, person: string): Promise<string> {
  const last = (await casesOf(service, service.phone(person))).at(-1);
  await say(service, deputy, "列表");
  if (last !== undefined) await say(service, deputy, short(last.number));
  return since(deputy, before);
}

describe.each(Object.entries(WAYS))("in %s", (way, bring) => {
  const place = Object.keys(WAYS).indexOf(way);

  it("no name, number or door reaches the deputy, however it is spelt", async () => {
    let count = 0;
    const spelt = fc.tuple(
      nameLabel,
      name,
      mobile.chain((one) => fc.tuple(fc.constant(one), spellings(one))),
      door,
    );
    await fc.assert(
      fc.asyncProperty(spelt, async ([label, who, [number, written], where]) => {
        count += 1;
        const person = `private-${place}-${count}`;
        const before = arrived(deputy).length;
        await bring(person, `${label}${who.text}，电话：${written}，住${where.text}`);
        const read = await readByDeputy(before, person);
        expect(read).toContain("路灯坏了");
        for (const secret of who.secret) expect(read).not.toContain(secret);
        expect(plainDigits(read)).not.toContain(number.slice(2, 9));
        expect(read).not.toContain(where.text);
      }),
      { numRuns: 2 },
    );
  });

  it("no ID number, plate, chat id or illness reaches the deputy", async () => {
    const [id] = fc.sample(identity, 1);
    const person = `private-${place}-more`;
    const before = arrived(deputy).length;
    await bring(person, `身份证${id}，车牌鲁G·7K8L9，微信号lamp_1990，我去年查出肺癌`);
    const read = await readByDeputy(before, person);
    for (const secret of [id!.slice(4, 15), "7K8L9", "lamp_1990", "肺癌"]) expect(read).not.toContain(secret);
  });
});

describe("a photo", () => {
  const LATITUDE = "31/1 13/1 4711/100";
  const withPosition = () =>
    sharp({ create: { width: 12, height: 8, channels: 3, background: "#446688" } })
      .withExif({
        IFD0: { Make: "Quxianwei", Artist: "Lampowner", ImageDescription: "at home" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: LATITUDE, GPSLongitudeRef: "E", GPSLongitude: "121/1 28/1 1/1" },
      })
      .withXmp(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
      )
      .jpeg()
      .toBuffer();

  it("reaches the deputy, and is kept, without where and by whom it was taken", async () => {
    const taken = await withPosition();
    expect((await sharp(taken).metadata()).exif?.includes("Quxianwei")).toBe(true);
    expect(taken.includes("xmpmeta")).toBe(true);
    const { phone } = await withCase("photographer");
    const before = deputy.messages().length;
    await phone.sendPhoto(taken);
    await service.settled();
    await service.passTime();
    await service.deliverDue();
    const shown = deputy
      .messages()
      .slice(before)
      .flatMap(({ content }) => (content.kind === "picture" ? [content.mediaId] : []));
    expect(shown).toHaveLength(1);
    const kept = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select().from(media).where(eq(media.form, "image")),
    );
    expect(kept).toHaveLength(1);
    const pictures = [
      service.wechat.media("qinghe", shown[0]!)!.bytes,
      await service.runtime.media.read(kept[0]!.hash!),
    ].map((bytes) => Buffer.from(bytes));
    for (const picture of pictures) {
      const read = await sharp(picture).metadata();
      expect([read.width, read.height]).toEqual([12, 8]);
      expect([read.exif, read.xmp, read.iptc, read.comments]).toEqual([undefined, undefined, undefined, undefined]);
      for (const trace of ["Exif", "GPS", "Quxianwei", "Lampowner", "xmpmeta"])
        expect(picture.includes(trace)).toBe(false);
    }
  });
});
