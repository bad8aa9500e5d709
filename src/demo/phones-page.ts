import { createAdaptorServer } from "@hono/node-server";
import type { FeatureCollection } from "geojson";
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { z } from "zod";
import type { BesidePlatform } from "./beside-platforms.ts";
import type { PageData, WireDeed, WireEvent, WireMessage, WirePage } from "./phones/wire.ts";
import type { PhonesAssets } from "./phones-assets.ts";
import { actBeside, type BesidePhone, besideEvents, besideLine, besidePhone, openidIn } from "./phones-beside.ts";
import { keptPhones } from "./phones-kept.ts";
import { describeTraffic } from "./phones-traffic.ts";
import { underLoopbackNames } from "./platforms/loopback-names.ts";
import type { CallbackOutcome } from "./platforms/wechat/callback.ts";
import type { PlatformEvent } from "./platforms/wechat/log.ts";
import type { Phone } from "./platforms/wechat/phone.ts";
import type { PhoneMessage } from "./platforms/wechat/screen.ts";
import type { SimulatedWechat } from "./platforms/wechat.ts";

/** The options of the phones page. */
export type PhonesOptions = {
  readonly wechat: SimulatedWechat;
  /** The account, by its name at the platform, that all phones of the page follow. */
  readonly account: string;
  /** Where residents write without the platform; empty where there is no such page. */
  readonly pageUrl: string;
  /** The platforms beside WeChat; none when left out. */
  readonly beside?: readonly BesidePlatform[];
  /** Opens the account's chat on somebody's phone beside WeChat. */
  readonly openChat?: (beside: BesidePlatform, openid: string) => Promise<void>;
  /** Asked for again whenever the page reloads its people, for example after a deputy was bound. */
  readonly pageData: () => Promise<PageData>;
  /** The county's grids in GCJ-02 with `name` and `code` as properties; asked for once. */
  readonly grids: () => Promise<FeatureCollection>;
  /** Whether a phone is just used by the demo itself: what it does then is not announced to the visitor. */
  readonly isQuiet?: (openid: string) => boolean;
  /** Where the bundled page is kept from one start to the next. */
  readonly keptAt: string;
  /** 0 or nothing for any free one. */
  readonly port?: number;
};

const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
const deeds = z.discriminatedUnion("deed", [
  z.object({ deed: z.literal("say"), text: z.string() }),
  z.object({ deed: z.literal("choose"), id: z.string() }),
  z.object({ deed: z.literal("press"), line: z.number(), key: z.string() }),
  z.object({ deed: z.literal("share"), latitude: z.number(), longitude: z.number(), label: z.string() }),
  z.object({ deed: z.literal("scan"), scene: z.string().min(1).max(64) }),
]);

function toWire(message: PhoneMessage): WireMessage {
  return { ...message, at: message.at.toISOString() };
}

function act(phone: Phone, deed: Exclude<WireDeed, { deed: "press" }>): Promise<CallbackOutcome> {
  switch (deed.deed) {
    case "say":
      return phone.say(deed.text);
    case "choose":
      return phone.tapChoice(deed.id);
    case "share":
      return phone.sendLocation(deed);
    case "scan":
      return phone.scan(deed.scene);
  }
}

/** The people of the page, remembered so that an unknown openid is never made into a follower. */
function rememberPeople(pageData: () => Promise<PageData>) {
  let known: { residents: Set<string>; others: Set<string> } | null = null;
  const load = async (): Promise<PageData> => {
    const data = await pageData();
    known = {
      residents: new Set(data.residents.map(({ openid }) => openid)),
      others: new Set([...data.deputies, ...data.units, ...data.stations].map(({ openid }) => openid)),
    };
    return data;
  };
  return {
    load,
    has: async (openid: string): Promise<boolean> => {
      if (known === null) await load();
      return known !== null && (known.residents.has(openid) || known.others.has(openid));
    },
    /** A deputy, or somebody of a unit: whoever has something to do. */
    isDeputy: (openid: string): boolean => known?.others.has(openid) ?? false,
    openids: (): readonly string[] => (known === null ? [] : [...known.residents, ...known.others]),
  };
}

function wireEvents(
  event: PlatformEvent,
  account: string,
  isDeputy: (openid: string) => boolean,
  isQuiet: (openid: string) => boolean,
): WireEvent[] {
  if (event.type === "log") {
    const { entry } = event;
    if (entry.account !== account || (entry.openid !== null && isQuiet(entry.openid))) return [];
    return [{ type: "traffic", traffic: describeTraffic(entry) }];
  }
  if (event.account !== account) return [];
  const { openid } = event;
  if (event.type === "typing") return [{ type: "typing", openid, on: event.on }];
  const { message } = event;
  const shown: WireEvent = { type: "message", openid, message: toWire(message), isQuiet: isQuiet(openid) };
  const arrived = message.direction === "in" && message.rung !== null;
  return arrived && isDeputy(openid) && !isQuiet(openid) ? [shown, { type: "attention", openid }] : [shown];
}

async function stream(stream: SSEStreamingApi, options: PhonesOptions, people: ReturnType<typeof rememberPeople>) {
  const { isDeputy, openids } = people;
  const write = (event: WireEvent): Promise<void> => stream.writeSSE({ data: JSON.stringify(event) });
  const isQuiet = options.isQuiet ?? (() => false);
  const stop = options.wechat.listen((event) => {
    for (const wire of wireEvents(event, options.account, isDeputy, isQuiet)) void write(wire);
  });
  const stops = (options.beside ?? []).map((beside) => {
    const toWire = besideEvents(beside, { openids, isBusy: isDeputy });
    return beside.platform.listen((event) => {
      for (const wire of toWire(event)) void write(wire);
    });
  });
  await new Promise<void>((resolve) => {
    stream.onAbort(() => resolve());
    void stream.write(": hello\n\n");
  });
  for (const end of [stop, ...stops]) end();
}

function createPage(options: PhonesOptions, assets: PhonesAssets): Hono {
  const { wechat, account, beside = [] } = options;
  const people = rememberPeople(options.pageData);
  let grids: Promise<FeatureCollection> | null = null;
  const page = new Hono();
  const phoneOf = async (c: Context): Promise<Phone | null> => {
    const openid = c.req.param("openid") ?? "";
    return (await people.has(openid)) ? wechat.phone(account, openid) : null;
  };
  const besideOf = async (c: Context): Promise<BesidePhone | null> => {
    const id = c.req.param("openid") ?? "";
    return (await people.has(openidIn(id))) ? besidePhone(beside, id) : null;
  };

  page.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  );
  page.get("/", (c) => c.html(assets.html, 200, { "cache-control": "no-cache" }));
  for (const { path, contentType, body } of assets.files) {
    const headers = { "content-type": contentType, "cache-control": "public, max-age=31536000, immutable" };
    page.get(path, (c) => c.body(body, 200, headers));
  }
  page.get("/api/people", async (c) => {
    const { title, name } = wechat.account(account);
    return c.json({
      ...(await people.load()),
      accountTitle: title ?? name,
      pageUrl: options.pageUrl,
      platforms: [
        { type: "wechat-official", title: "微信" },
        ...beside.map(({ type, title: of }) => ({ type, title: of })),
      ],
    } satisfies WirePage);
  });
  page.get("/api/grids", async (c) => {
    grids ??= options.grids();
    return c.json(await grids);
  });
  page.get("/api/events", (c) => streamSSE(c, (sse) => stream(sse, options, people)));
  page.get("/api/phones/:openid", async (c) => {
    const other = await besideOf(c);
    if (other !== null) return c.json({ messages: other.phone.lines().map(besideLine) });
    const phone = await phoneOf(c);
    return phone === null ? c.notFound() : c.json({ messages: phone.messages().map(toWire) });
  });
  page.post("/api/phones/:openid/open", async (c) => {
    if (!c.req.header("content-type")?.startsWith("application/json")) return c.text("JSON, please", 415);
    const other = await besideOf(c);
    if (other === null) return c.notFound();
    await options.openChat?.(other.beside, other.openid);
    return c.json({ opened: true });
  });
  page.post("/api/phones/:openid/deeds", async (c) => {
    if (!c.req.header("content-type")?.startsWith("application/json")) return c.text("JSON, please", 415);
    const phone = await phoneOf(c);
    const deed = deeds.safeParse(await c.req.json().catch(() => null));
    const other = await besideOf(c);
    if (phone === null && other === null) return c.notFound();
    if (!deed.success) return c.text("No such deed", 400);
    if (other !== null) {
      const done = await actBeside(other, deed.data).catch(() => null);
      return done === null ? c.text("Not on this phone", 409) : c.json({ accepted: done.accepted });
    }
    if (phone === null || deed.data.deed === "press") return c.text("Not on this phone", 409);
    return c.json({ accepted: (await act(phone, deed.data)).accepted });
  });
  page.post("/api/phones/:openid/photos", async (c) => {
    if (!c.req.header("content-type")?.startsWith("image/")) return c.text("A picture, please", 415);
    const [phone, other] = [await phoneOf(c), await besideOf(c)];
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (phone === null && other === null) return c.notFound();
    if (bytes.length === 0 || bytes.length > MAX_PHOTO_BYTES) return c.text("Too large, or empty", 413);
    if (other !== null) return c.json({ accepted: (await other.phone.photo(bytes)).accepted });
    if (phone === null) return c.notFound();
    return c.json({ accepted: (await phone.sendPhoto(bytes)).accepted });
  });
  page.get("/media/:mediaId", (c) => {
    const media = wechat.media(account, c.req.param("mediaId"));
    if (media === null) return c.notFound();
    return c.body(new Uint8Array(media.bytes), 200, { "content-type": media.contentType });
  });
  page.get("/qr", (c) => {
    const ticket = wechat.qrTicket(account, c.req.query("scene") ?? "");
    const address = new URL("/cgi-bin/showqrcode", wechat.url);
    address.searchParams.set("ticket", ticket);
    return wechat.fetch(new Request(address));
  });
  return page;
}

/**
 * Serves the phones page on 127.0.0.1, on its own port beside the platform's API.
 *
 * The page only presses buttons on the platform's phones: what it shows has come through the service's webhook and the
 * platform's API.
 * @throws Error when the port is taken or the page does not build
 */
export async function startPhones(options: PhonesOptions): Promise<{ url: string; close: () => Promise<void> }> {
  const page = createPage(options, await keptPhones(options.keptAt));
  const server = createAdaptorServer({ fetch: underLoopbackNames(page.fetch) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
