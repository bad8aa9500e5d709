import { describe, expect, it } from "vitest";
import { type ServiceQuestion, serviceQuestion } from "../../../src/domain/dialog/service-questions.ts";

/** Questions about the service as people type and speak them, in Mandarin, dialect, Cantonese and English. */
const ASKED: Readonly<Record<ServiceQuestion, readonly string[]>> = {
  anonymity: [
    "我能不能不署名啊",
    "写了以后物业会晓得是哪个说的不",
    "俺怕村里人看见了背后嚼舌头",
    "会不会让邻居知道",
    "我說了會不會得罪人",
    "Will my name be shown to anyone",
  ],
  "who-reads": [
    "我写的这些会公开吗",
    "都有谁会看我发的东西",
    "这里说的话村支书看得到我吗",
    "who can read what I write",
  ],
  cost: ["反映一次得花钱不", "这个是免费的吧", "是不是要交什么服务费", "do I have to pay"],
  official: ["你们不会是骗人的吧", "这号是公家办的吗", "怎么证明这是正规的", "is this a scam"],
  robot: ["跟我说话的是活人吗", "你是人还是机器啊", "有没有人工客服", "am I talking to a human"],
  "deputy-phone": ["能把代表的手机号给我吗", "李代表微信多少", "代表的联系方式有没有"],
  "who-is-deputy": [
    "槐树沟是哪个代表管的",
    "咱们小区的人大代表叫啥名字",
    "我们这边代表姓什么呀",
    "我住河东新村,代表是哪位",
    "呢度嘅代表系边个",
    "which deputy looks after Riverside estate",
  ],
  meet: [
    "我想跟代表当面说说",
    "下个月接待群众是哪天",
    "能不能约个时间见一面",
    "代表啥时候坐班",
    "can I meet the deputy in person",
  ],
  contact: [
    "联络站的门牌号是多少",
    "你们座机是几号",
    "站里几点开门",
    "去你们那儿怎么走",
    "what is the address of the station",
  ],
  "by-voice": [
    "我不识字咋办",
    "老太太不会打字",
    "照片能不能发过来",
    "眼睛花了看不清字",
    "can she send a voice message",
  ],
  hours: ["大半夜发消息行不行", "周末有人吗", "过年放假你们还收不收"],
  "how-long": ["一般要几天才有回音", "说完多久能回话", "几个工作日答复", "how many days does it take"],
  several: ["一回能讲三件不", "两个问题写一起行吗", "要不要分开说"],
  "who-may": [
    "我是租房子的能反映吗",
    "外地户口可以说不",
    "替我奶奶问行吗",
    "帮邻居反映可以吧",
    "I only rent here, may I write",
  ],
  "not-content": ["办得不满意咋弄", "要是结果我不认可呢", "没办好还能找你们不"],
  history: ["我上次说过的在哪儿查", "以前反映的那些怎么看", "有没有历史记录"],
  scope: ["哪些事归代表管呀", "你们啥都管吗", "什么样的问题可以反映", "what kind of things can I report"],
  general: ["这个咋用啊", "不会弄 教教我", "在哪里填写", "你们这是啥号", "how does it work"],
};

describe("a question about the service", () => {
  for (const [topic, texts] of Object.entries(ASKED)) {
    it.each(texts)(`is one of ${topic}: %s`, (text) => {
      expect(serviceQuestion(text)).toBe(topic);
    });
  }

  it("is answered for what is feared first, whatever else it asks", () => {
    expect(serviceQuestion("代表几点坐班,我去说会不会让别人知道")).toBe("anonymity");
    expect(serviceQuestion("联络站电话多少,打过去要花钱吗")).toBe("cost");
  });

  it("is not taken for one of the other's because of a word inside another", () => {
    expect(serviceQuestion("怎么才能联系我们代表")).toBe("meet");
    expect(serviceQuestion("哪些事能找代表办")).toBe("scope");
  });
});
