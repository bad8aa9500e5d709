import { expect } from "vitest";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { dingtalk } from "../../../src/channels/dingtalk/channel.ts";
import { type SimulatedDingtalk, startDingtalk } from "../../../src/demo/platforms/dingtalk.ts";
import type { SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { OPTIONS, said, signed } from "./request.ts";

const SEND = "/v1.0/robot/oToMessages/batchSend";
const TEXT = { kind: "text", id: 1, text: "柳东村路灯坏了" } as const satisfies Said;
const PATIENCE_MS = 3000;

const moment = (genuine: WebhookRequest) => new Date(Number(genuine.header("timestamp")));
const instead = (name: string, value: string | null) => (genuine: WebhookRequest) => ({
  ...genuine,
  header: (asked: string) => (asked === name ? value : genuine.header(asked)),
});
const fault = (code: number, says: Readonly<Record<string, unknown>>) =>
  ({ path: SEND, times: 1, kind: "error", code, says }) as const;
const refusal = (code: string, blocks: "rung" | "person" | "content" | "account", message = "refused") => ({
  fault: fault(400, { code, message }),
  expect: { outcome: "refused", blocks } as const,
});
const call = (msgKey: string, param: object) => ({
  ...{ robotCode: expect.any(String), userIds: ["1001"], msgKey, msgParam: JSON.stringify(param) },
});
const asDingtalk = (platform: SimulatedPlatform) => platform as SimulatedDingtalk;

conform({
  channel: dingtalk,
  startPlatform: (now) => startDingtalk({ now, patienceMs: PATIENCE_MS }),
  options: OPTIONS,
  wrongOptions: [
    { options: { "client-id": "短" }, names: "--client-id" },
    { options: { "client-secret": "short" }, names: "--client-secret" },
    { options: { "robot-code": "" }, names: "--robot-code" },
    { options: { mode: "pigeon" }, names: "--mode" },
    { options: { "corp-id": "?" }, names: "--corp-id" },
  ],
  request: (one, at) => (Array.isArray(one) ? null : said(one as Said, at)),
  spaced: (one, at) => signed(JSON.stringify(JSON.parse(Buffer.from(said(one, at)!.body).toString()), null, 3), at),
  spoiled: {
    signature: instead("sign", "AAAA"),
    "signature-length": instead("sign", null),
    timestamp: instead("timestamp", "yesterday"),
    owner: (genuine) => said(TEXT, moment(genuine), { robotCode: "dingofsomebodyelse" })!,
    nonce: (genuine) => said(TEXT, moment(genuine), { senderCorpId: "dingothercorp" })!,
  },
  isTimed: true,
  hostile: [
    (at) => signed(`${"[".repeat(100)}${"]".repeat(100)}`, at),
    (at) => signed(`{"msgtype":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`, at),
  ],
  calls: {
    text: call("sampleText", { content: "已收到，编号12" }),
    choices: call("sampleText", { content: "是哪里？\n1. 柳东村\n2. 柳西村\n回数字就行" }),
    card: call("sampleText", { content: "编号12：路灯坏了" }),
    media: { ...call("sampleImageMsg", {}), msgParam: expect.stringMatching(/^\{"photoURL":"@lAL\w+"\}$/) },
  },
  errors: [
    refusal("staffId.notExisted", "person"),
    refusal("invalidParameter.msgParam", "content"),
    refusal("invalidParameter.robotCode.notFound", "account"),
    refusal("Forbidden.AccessDenied.AccessTokenPermissionDenied", "account"),
    refusal("whatever", "account", "机器人模板已经停用"),
    refusal("nobody.knows.this", "content"),
    { fault: fault(400, { code: "130101" }), expect: { outcome: "retry", scope: "account", afterMs: 600_000 } },
    { fault: fault(403, { code: "Forbidden.AccessDenied.QpsLimitForApi" }), expect: { outcome: "retry" } },
    { fault: fault(503, { code: "ServiceUnavailable" }), expect: { outcome: "retry" } },
    { fault: fault(200, {}), expect: { outcome: "uncertain" } },
  ],
  partlyRefused: [
    {
      fault: fault(200, { processQueryKey: "k", invalidStaffIdList: ["1001"] }),
      expect: { outcome: "refused", blocks: "person" },
    },
    {
      fault: fault(200, { processQueryKey: "k", flowControlledStaffIdList: ["1001"] }),
      expect: { outcome: "retry", scope: "address" },
    },
    {
      fault: fault(200, { processQueryKey: "k", filteredStaffIdList: ["1001"] }),
      expect: { outcome: "refused", blocks: "rung" },
    },
  ],
  sendPath: SEND,
  token: { path: "/v1.0/oauth2/accessToken", refused: fault(400, { code: "InvalidAuthentication" }) },
  wrongSecret: { "client-secret": "secretOfSomebodyElse1234567890abcdef" },
  cannotBlock: true,
  notBlocked: fault(403, { code: "Forbidden.AccessDenied" }),
  live: {
    openPath: "/v1.0/gateway/connections/open",
    connections: (platform) => asDingtalk(platform).connections("qinghe"),
    disturb: (platform, how) => asDingtalk(platform).disturb("qinghe", how),
    tellOddities: (platform) => asDingtalk(platform).tellOddities("qinghe"),
  },
  without: [
    ...["I1", "I2", "I7", "I11-choice", "I11-press", "I11-place", "I11-link", "I11-edited", "I11-recalled"],
    ...["I11-open", "I11-leave", "I15"],
    ...["R4", "R5", "R6", "R7", "R10", "R11", "P1", "P2", "P3", "P4", "P5", "P6"],
  ],
});
