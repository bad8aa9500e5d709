import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { XMLParser } from "fast-xml-parser";
import type { FeatureCollection } from "geojson";
import type { PageData } from "../../src/demo/phones/wire.ts";
import { startPhones } from "../../src/demo/phones-page.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { type AccountServer, AES_KEY, accountAt, type Received, startAccountServer } from "./platform-setup.ts";

const parser = new XMLParser({ parseTagValue: false });

/** The fields of a callback in safe mode, opened with an independent library. */
export function openCallback(request: Received): Record<string, string> {
  return parser.parse(decrypt(AES_KEY, parser.parse(request.body).xml.Encrypt).message).xml;
}

/** A sealed passive reply that says `content` to whoever wrote. */
function replyTo(request: Received, content: string): string {
  const { FromUserName, ToUserName } = openCallback(request);
  const plain = `<xml><ToUserName>${FromUserName}</ToUserName><FromUserName>${ToUserName}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[${content}]]></Content></xml>`;
  const sealed = encrypt(AES_KEY, plain, "wx00000000000000aa");
  return `<xml><Encrypt>${sealed}</Encrypt><MsgSignature>${getSignature("t0ken", "1", "n", sealed)}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce></xml>`;
}

/** A county of 12 × 10 square grids. */
const GRIDS: FeatureCollection = {
  type: "FeatureCollection",
  features: Array.from({ length: 120 }, (_, index) => {
    const west = 119.2 + (index % 12) * 0.03;
    const south = 35.85 + Math.floor(index / 12) * 0.025;
    const ring = [
      [west, south],
      [west + 0.03, south],
      [west + 0.03, south + 0.025],
      [west, south + 0.025],
      [west, south],
    ];
    return {
      type: "Feature",
      properties: { code: `G${index + 1}`, name: `东关街道第${index + 1}网格` },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
  }),
};

const PEOPLE: PageData = {
  county: "清河县",
  residents: [
    { openid: "r1", name: "刘桂兰" },
    { openid: "r2", name: "陈志强" },
  ],
  units: [],
  stations: [],
  deputies: [
    { openid: "d1", code: "D1", name: "王建国", station: "东关联络站", grids: ["G1"], bound: true },
    { openid: "d2", code: "D2", name: "赵秀英", station: "柳河联络站", grids: ["G2"], bound: false, invite: "K7M2Q9" },
  ],
  scenes: [
    { scene: "s:S1", label: "东关联络站" },
    { scene: "g:G1", label: "东关街道第1网格" },
    { scene: "d:D1", label: "王建国代表" },
  ],
  samples: ["锦绣家园3号楼下的路灯不亮了，晚上老人出门看不见", "在吗", "柳河大桥东头的路面有个大坑，昨天有人摔了"],
};

export type Stage = {
  server: AccountServer;
  wechat: SimulatedWechat;
  url: string;
  close(): Promise<void>;
};

/** A platform, its phones page, and a service that echoes what it is told. */
export async function startStage(): Promise<Stage> {
  const server = await startAccountServer();
  server.answer = (request, response) => {
    const { MsgType, Content } = openCallback(request);
    response.end(MsgType === "text" ? replyTo(request, `收到：${Content}`) : "success");
  };
  const account = accountAt(server.url, { title: "清河县人大代表联络站" });
  const wechat = await startWechat({ accounts: [account], retryAfterMs: 0 });
  const folder = await mkdtemp(join(tmpdir(), "liaison-phones-"));
  const phones = await startPhones({
    wechat,
    keptAt: join(folder, "phones-page.json"),
    account: "oa",
    pageUrl: "http://127.0.0.1:9/w/qinghe",
    pageData: () => Promise.resolve(PEOPLE),
    grids: () => Promise.resolve(GRIDS),
  });
  return {
    server,
    wechat,
    url: phones.url,
    close: async () => {
      await phones.close();
      await wechat.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Calls the platform's API as the service would. */
export async function callApi(wechat: SimulatedWechat, path: string, body: unknown): Promise<Record<string, unknown>> {
  const post = async (to: string, what: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${wechat.url}${to}`, { method: "POST", body: JSON.stringify(what) });
    return (await response.json()) as Record<string, unknown>;
  };
  const credential = { grant_type: "client_credential", appid: "wx00000000000000aa", secret: "s3cret" };
  const { access_token } = await post("/cgi-bin/stable_token", credential);
  return post(`${path}?access_token=${access_token}`, body);
}
