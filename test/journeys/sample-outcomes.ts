import { expect } from "vitest";
import type { SAMPLES } from "../samples.ts";

/** What must come of a sample that is one message of one stranger. */
type Outcome = {
  readonly number: keyof typeof SAMPLES;
  readonly becomes: string;
  readonly of: Readonly<Record<string, unknown>>;
  /** What the resident reads, and what nobody of them does. */
  readonly reads: RegExp;
  readonly neverReads?: RegExp;
  /** Whose phone shows the words; nobody's when left out. */
  readonly deputyReads?: readonly [code: string, words: RegExp];
  /** Who is told that it is to be followed, and what they read. */
  readonly followersRead?: readonly (readonly [code: string, words: RegExp])[];
};

const SEALED = { state: "triage", open: true, sealed: true, deputy: null, station: null, grid: null };

const REFUSED = { state: "closed", open: false, sealed: false, deputy: null, station: null, grid: null, rating: null };

/** The samples that are one message of one stranger and open a case at once. */
export const OPENS: readonly Outcome[] = [
  {
    number: 2,
    becomes: "a case of the deputy of 柳东-3",
    of: { state: "assigned", grid: "柳东-3", station: "ST01", deputy: "D001" },
    reads: /李秀兰代表（柳河镇代表联络站）[\s\S]*最晚.+月.+日/,
    neverReads: /在哪里/,
    deputyReads: ["D001", /路灯坏了6盏,晚上接孩子看不见/],
  },
  {
    number: 3,
    becomes: "a case like any other, and nothing is asked that was said",
    of: { state: "assigned", grid: "东关-1", station: "ST03", priority: false },
    reads: /东关街道代表联络站[\s\S]*最晚/,
    neverReads: /在哪里|请冷静|文明|态度|注意用语/,
    deputyReads: ["D005", /打了八遍电话没人管[\s\S]*80多岁下不了楼/],
  },
  {
    number: 7,
    becomes: "a sealed case of the county office",
    of: SEALED,
    reads: /县人大代表工作机构[\s\S]*12388/,
    neverReads: /好处|王代表/,
  },
  {
    number: 8,
    becomes: "a priority case after the emergency card",
    of: { state: "assigned", grid: "东关-1", priority: true },
    reads: /^先保人[\s\S]*马上离开屋子[\s\S]*别开关灯[\s\S]*别坐电梯[\s\S]*119[\s\S]*燃气公司[\s\S]*120[\s\S]*按急事办/,
    deputyReads: ["D005", /【急】[\s\S]*煤气味/],
    followersRead: [
      ["D004", /^【关注】【急】[\s\S]*煤气味[\s\S]*由周志强代表负责，您不用办/],
      ["D006", /^【关注】【急】[\s\S]*煤气味[\s\S]*由周志强代表负责，您不用办/],
    ],
  },
  {
    number: 10,
    becomes: "a case whose working copy holds no ID, telephone, flat or name",
    of: { state: "assigned", grid: "东关-1", summary: expect.not.stringMatching(/张三|3700001990|13800000000|501/) },
    reads: /请别发身份证号/,
    neverReads: /3700001990|13800000000/,
    deputyReads: ["D005", /低保说停就停/],
  },
  {
    number: 12,
    becomes: "a case answered in English",
    of: { state: "assigned", grid: "城关-2", deputy: "D009" },
    reads: /We have your message[\s\S]*status/,
    neverReads: /收到了|[一-鿿]{9}/,
    deputyReads: ["D009", /bus shelter glass is broken/],
  },
  {
    number: 16,
    becomes: "a case like any other, filed under rubbish; it is no spam",
    of: { open: true, sealed: false, category: "sanitation" },
    reads: /编号/,
  },
  {
    number: 17,
    becomes: "a closed case: the ways to object to a court, and no deputy's task",
    of: { ...REFUSED, outcome: "not_in_scope" },
    reads: /代表依法不能过问[\s\S]*上诉[\s\S]*12309[\s\S]*12348/,
    neverReads: /最晚|请问在哪里/,
  },
  {
    number: 18,
    becomes: "a priority case after the words and lines for somebody in despair",
    of: { open: true, priority: true },
    reads: /^您心里一定很难受[\s\S]*12356[\s\S]*120或110/,
    neverReads: /^先保人/,
  },
  {
    number: 19,
    becomes: "a priority case after the card for violence",
    of: { open: true, priority: true },
    reads: /^先保人[\s\S]*打110/,
  },
  {
    number: 20,
    becomes: "a closed case: the other county's hotline, and nothing passed on",
    of: { ...REFUSED, outcome: "not_in_scope" },
    reads: /不归.+管[\s\S]*12345/,
    neverReads: /最晚|请问在哪里/,
  },
  {
    number: 22,
    becomes: "a closed case that was explained, without an order and without a survey",
    of: { ...REFUSED, outcome: "explained" },
    reads: /自己有的声音[\s\S]*不派人/,
    neverReads: /最晚|请问在哪里|满意/,
  },
  {
    number: 21,
    becomes:
      "an urgent case of the nearest deputy of both sides, and the other side is told too; nobody is asked where",
    of: { state: "assigned", priority: true, station: "ST01", deputy: "D003" },
    reads: /赵德明代表（柳河镇代表联络站）[\s\S]*按急事办/,
    neverReads: /请问|在哪里/,
    deputyReads: ["D003", /^【急】新的一件[\s\S]*护栏断了/],
    followersRead: [
      [
        "D009",
        /^【关注】【急】两地交界处有危险[\s\S]*护栏断了[\s\S]*先由赵德明代表负责。您能先去的，回“回复 \d+ 您的话”/,
      ],
    ],
  },
  {
    number: 25,
    becomes: "an urgent case filed under work, with the way that the law has for wages",
    of: { open: true, sealed: false, category: "labour", priority: true },
    reads: /劳动监察[\s\S]*12333/,
  },
  { number: 26, becomes: "a sealed case of the county office", of: SEALED, reads: /12388/, neverReads: /亲戚|支书/ },
  {
    number: 29,
    becomes: "an ordinary case that is asked for its place, whatever it orders",
    of: { state: "clarifying", open: true, outcome: null, sealed: false },
    reads: /请问在哪里/,
    neverReads: /办结/,
  },
];
