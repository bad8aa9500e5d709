import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { writerSigns } from "../../../src/domain/writer/signs.ts";

const reader = openReader();
const isPetition = (text: string) => writerSigns(text, reader).isPetition;

const PETITIONS = [
  "我要上访，征地补偿反映三次了没人管",
  "镇里的答复我不服，我要申请复查",
  "信访都三级终结了，还是没给我解决宅基地的事",
  "再不解决我只好去省里信访",
  "信访事项：要求重新丈量我家承包地",
  "申诉书：本人退休工资核定有误，请求复核",
  "自然资源局的认定我不认可，跑了五次都推来推去，请重新认定",
  "我们全村准备到北京上访",
  "收到县里的不予受理告知书，我不同意",
  "人社局的工伤决定书不公，找了七八趟都没人理，请撤销",
  "這件事我去縣裡上訪過兩次了，還是沒結果",
];
const NONE = [
  "信访局门口的路灯坏了",
  "信访局在哪里，几点上班",
  "我不想上访，就想把路修好",
  "隔壁老李天天上访，堵着村委会门",
  "我在信访局上班，办公楼电梯坏了",
  "柳东村三组路灯坏了三天了",
  "复查身体要多少钱，医院收费不公示",
  "高血压复查医保报不报",
  "孩子作业要复核签字，老师布置太多",
  "建议把老汽车站改成社区食堂",
  "电表数字要复核一下，这个月电费太多",
  "反映两次了，垃圾还没清",
];

describe("a petition", () => {
  it.each(PETITIONS)("is what wants the way of petitions, or goes it: %s", (text) => {
    expect(isPetition(text)).toBe(true);
  });
  it.each(NONE)("is nothing that only has its words: %s", (text) => {
    expect(isPetition(text)).toBe(false);
  });
});
