import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { post } from "./callback.ts";
import { expectEveryMessageEnded, onlyCase, outcomesOf, say } from "./resident.ts";

/** After the last fault all is delivered within so long (quality.md, RECOVER). */
const RECOVERED_MS = 60_000;

let service: TestService;
let server: postgres.Sql;
let name: string;
beforeAll(async () => {
  service = await startService();
  server = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
  name = new URL(service.ownerUrl).pathname.slice(1);
});
afterAll(async () => {
  await server.end();
  await service.close();
});

/** Lets nobody into the service's database, and throws out who is in. */
async function close(): Promise<void> {
  await server.unsafe(`alter database ${name} allow_connections false`);
  await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
}

const open = () => server.unsafe(`alter database ${name} allow_connections true`);

describe("while the database is away", () => {
  it("a message is not accepted, and its repeat is stored once and answered", async () => {
    const phone = service.phone("outage");
    const body = `<xml><FromUserName>${phone.openid}</FromUserName><MsgType>text</MsgType><MsgId>77</MsgId><Content>柳东村一组路灯坏了</Content></xml>`;
    const account = service.wechat.account("qinghe");
    await say(service, phone, "帮助");
    await close();
    try {
      expect(await post(account, body)).toEqual([503, "This could not be stored: send it again."]);
      expect(await post(account, body)).toEqual([503, "This could not be stored: send it again."]);
    } finally {
      await open();
    }
    await expect.poll(() => post(account, body), { timeout: 60_000 }).toEqual([200, "success"]);
    expect(await post(account, body)).toEqual([200, "success"]);
    await expect.poll(() => outcomesOf(service, phone), { timeout: RECOVERED_MS }).toEqual(["command", "case"]);
    await service.settled();
    expect(newest(phone)).toContain((await onlyCase(service, phone)).number);
    await expectEveryMessageEnded(service);
  }, 180_000);
});
