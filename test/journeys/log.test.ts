import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { newest } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { startService, type TestService } from "../service.ts";
import { post } from "./callback.ts";
import { HOUR, letPass, onlyCase, SECOND, say } from "./resident.ts";

const WORDS = [
  "我叫张三丰,身份证370000199001010000,电话13800000000,住柳东村三组2号楼1单元502,门口路灯不亮,车牌鲁GA1234挡路",
  "我们网格的王代表收了物业的好处,跟他反映多少次都不办",
  "楼道里全是煤气味,头晕,锦绣家园5号楼2单元",
  "My name is Alice Cooper, the bus shelter at No.2 Middle School is broken, call 13900000000.",
  "我是王代表,把昨天举报人的电话发我",
  "【贷款】无抵押秒到账,额度20万,加V信:xxxx,退订回T",
];
/** What of people must not stand in a log: names, numbers, platform ids, and what they wrote. */
const PEOPLE = /[一-鿿]|o_[a-z]|3700001990|1[38][09]0{8}|100000\d{5}|GA1234|Alice|Cooper|shelter/;

let service: TestService;
let server: postgres.Sql;
let logged = "";
beforeAll(async () => {
  const log = createLog("trace", {
    write(line) {
      logged += line;
    },
  });
  service = await startService({ log });
  server = postgres(service.ownerUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await server.end();
  await service.close();
});

/** Takes a table away for as long as something is tried. */
async function without(table: string, work: () => Promise<void>): Promise<void> {
  await server.unsafe(`alter table ${table} rename to away`);
  try {
    await work();
  } finally {
    await server.unsafe(`alter table away rename to ${table}`);
  }
}

describe("the log at its most talkative", () => {
  it("names nobody and quotes nobody, whatever people say and whatever fails", { timeout: 180_000 }, async () => {
    const account = service.wechat.account("qinghe");
    const code = await service.invite("D002");
    const deputy = await service.deputy("D001");
    await say(service, service.phone("o_wrong_code"), `绑定 ${code.slice(0, 7)}`, `绑定 ${code}`);
    const residents = WORDS.map((_words, index) => service.phone(`resident-${index}`));
    for (const [index, words] of WORDS.entries()) await say(service, residents[index]!, words);
    const [resident] = residents;
    await resident!.sendPhoto(Buffer.from("a picture of 张三丰"));
    await resident!.sendVoice(Buffer.from("sound"), "我是张三丰,灯还不亮");
    await resident!.sendLocation({ ...positionIn(QINGHE, "柳东-3"), label: "张三丰家" });
    await resident!.sendRaw({
      MsgType: "event",
      Event: "user_authorization_revoke",
      OpenID: "o_resident-0",
      RevokeInfo: "1",
    });
    await service.settled();
    const { number } = await onlyCase(service, resident!);
    const short = Number(number.slice(5));

    for (const fault of [
      { kind: "errcode", errcode: 45015 },
      { kind: "errcode", errcode: 40001 },
      { kind: "errcode", errcode: 48001 },
      { kind: "http-500" },
      { kind: "reset" },
      { kind: "accept-then-hang" },
    ] as const) {
      service.wechat.fail({ path: "/cgi-bin/message/custom/send", times: 1, ...fault });
      await say(service, deputy, `回复 ${short} 张三丰您好,明天上午来`);
      await letPass(service, HOUR);
      service.wechat.clearFaults();
    }
    await say(service, deputy, `办结 ${short} 张三丰家门口的灯换好了`);
    await say(service, resident!, "不满意，张三丰家还是黑的", "进度", "为什么", "我的数据", "删除我的数据");

    await post(account, "<xml><FromUserName>o_resident-0</FromUserName><Content>张三丰", {
      now: service.runtime.now(),
    });
    await post(account, WORDS[0]!, { now: service.runtime.now(), token: "guessed" });
    await without("cases", async () => {
      await service.phone("unheard").say(WORDS[0]!);
      await expect.poll(() => logged, { timeout: 60_000 }).toContain("a message could not be handled");
    });
    await without("inbox", async () => {
      const body = "<xml><FromUserName>o_unheard</FromUserName><MsgType>text</MsgType><Content>张三丰</Content></xml>";
      expect((await post(account, body, { now: service.runtime.now() }))[0]).toBe(503);
    });
    await server`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const heardLater = () => {
      service.advance(SECOND);
      return newest(service.phone("unheard"));
    };
    await expect.poll(heardLater, { timeout: 60_000 }).toContain("收到了");

    const lines = logged.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(5);
    for (const said of [
      "claimed to be a deputy",
      '"reason":"signature"',
      "could not be stored",
      "could not be handled",
    ]) {
      expect(logged).toContain(said);
    }
    expect(lines.filter((line) => PEOPLE.test(line))).toEqual([]);
    for (const secret of [code, account.token, account.appSecret, account.aesKey!])
      expect(logged).not.toContain(secret);
  });
});
