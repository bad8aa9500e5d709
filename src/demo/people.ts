import type { Resident } from "./phones/wire.ts";

/** The invented residents whose phones a visitor may use. */
export const RESIDENTS: readonly Resident[] = [
  "刘桂兰",
  "陈志强",
  "孙秀梅",
  "马建平",
  "何小雨",
  "郭大成",
  "Emma Brown",
  "赵奶奶",
].map((name, index) => ({ openid: `oResident${index + 1}`, name }));

/** The texts that a newcomer may send with one tap. */
export const SAMPLES: readonly string[] = [
  "柳河镇柳东村三组村口到小学那段路灯坏了6盏，晚上接孩子看不见，我电话13800000000",
  "东关街道锦绣家园3号楼电梯停了五天，我妈80多岁下不了楼",
  "人民公园的健身器材坏了，有人摔伤",
  "你们管不管啊，这路还能走人吗",
  "楼道里全是煤气味，头晕，锦绣家园5号楼2单元",
  "进度",
  "为什么",
];

/** The grids that the samples speak of. */
export const SAMPLE_GRIDS: readonly string[] = ["柳东-3", "锦绣-1", "北大街-1"];

/** The openid of a deputy at the simulated WeChat. */
export function openidOf(deputyCode: string): string {
  return `oDeputy${deputyCode}`;
}

/** The openid of the person of a unit at the simulated WeChat. */
export function openidOfUnit(unitCode: string): string {
  return `oUnit${unitCode}`;
}

/** The openid of the officer of a station at the simulated WeChat. */
export function openidOfStation(stationCode: string): string {
  return `oStation${stationCode}`;
}
