import { randomUUID } from "node:crypto";
import type { Deed, Phone, ScreenLine, SimulatedPlatform } from "../src/demo/platforms/face/platform.ts";
import type { TestService } from "./service.ts";
import { type WebVisitorClient, webVisitor } from "./web-visitor.ts";

/** A phone whose screen has to be looked at before its lines are those of now: a page is fetched. */
export type LookingPhone = Phone & { look(): Promise<void> };

type Tried = Parameters<WebVisitorClient["say"]>;

/** The page of the web chat with the face that simulated platforms have; its account `web` is the service's own. What is done again goes with the same key. */
export function webPlatform(
  service: TestService,
): SimulatedPlatform & { phone(account: string, person: string): LookingPhone } {
  const phones = new Map<string, LookingPhone>();
  const told: { visitor: WebVisitorClient; said: Tried }[] = [];
  return {
    type: "web",
    url: service.url,
    openAccount: async () => ({}),
    phone(_account, person) {
      const known = phones.get(person) ?? openPage(service, told);
      phones.set(person, known);
      return known;
    },
    fail() {
      throw new Error("the page is the service's own: nothing of it fails by itself");
    },
    clearFaults: () => undefined,
    advanceClock: () => undefined,
    async repeat(_account, count) {
      for (const { visitor, said } of told.slice(-count)) await tried(visitor, said);
    },
    listen: () => () => undefined,
    log: () => [],
    close: async () => undefined,
  };
}

/** Whether the page took it; a service that cannot answer says so in no form. */
async function tried(visitor: WebVisitorClient, said: Tried): Promise<boolean> {
  try {
    return (await visitor.say(...said)).ok;
  } catch {
    return false;
  }
}

function openPage(service: TestService, told: { visitor: WebVisitorClient; said: Tried }[]): LookingPhone {
  const visitor = webVisitor(service);
  let scene = "";
  let lines: readonly ScreenLine[] = [];
  const say = async (text: string, beside: Tried[1] = {}): Promise<Deed> => {
    const said: Tried = [text, { key: randomUUID(), scene, ...beside }];
    told.push({ visitor, said });
    const ok = await tried(visitor, said);
    if (ok) scene = "";
    return { accepted: ok };
  };
  const nothing = async (): Promise<Deed> => ({ accepted: false });
  return {
    say: (text) => say(text),
    press: (_line, key) => say(key),
    photo: (bytes) => say("", { photos: [bytes] }),
    voice: nothing,
    place: ({ latitude, longitude }) => say("", { place: { lat: latitude, lng: longitude } }),
    async open(code) {
      scene = code ?? "";
      const { status } = await visitor.get(scene === "" ? "" : `?s=${encodeURIComponent(scene)}`);
      return { accepted: status === 200 };
    },
    block: nothing,
    unblock: nothing,
    lines: () => lines,
    async look() {
      lines = (await visitor.screen()).map((line) => ({
        ...{ id: line.id, at: service.runtime.now(), state: "arrived", text: line.text },
        by: line.by === "visitor" ? "person" : "service",
        buttons: line.buttons,
        ...{ picture: null, revised: null, quotes: null, room: null },
      }));
    },
  };
}
