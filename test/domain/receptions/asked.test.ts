import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { onlyAsks } from "../../../src/domain/answers/only-asks.ts";
import { residentCommand } from "../../../src/domain/dialog/resident-commands.ts";
import { asksReceptionDay } from "../../../src/domain/receptions/asked.ts";

const reader = openReader();
/** Whether words are answered by the calendar: they ask for the day, and do nothing else. */
const isAnswered = (text: string) => asksReceptionDay(text) && onlyAsks(reader.read(text));

describe("the word 接待日", () => {
  it.each([
    "接待日",
    "代表接待日",
    "接待日。",
    "接待時間",
    "我想查接待日",
    "请问接待日",
    "查一下接待日安排",
    "reception day",
  ])("is a command alone: %s", (text) => {
    expect(residentCommand(text)?.command).toBe("receptions");
  });

  it.each([
    "上次接待日我反映的路灯到现在没修",
    "接待日那天我去了，门锁着没人",
    "接待日代表说给我办，半个月了没动静",
    "我在接待日交的材料你们收到没有",
    "能不能把接待日改到周末，我们平时要上班",
    "建议接待日放在赶集那天",
    "接待日上代表收了材料就再没下文",
    "我妈接待日去站里摔了一跤，台阶太滑",
    "接待日排队太长，老人站不住，加几把椅子吧",
    "谢谢接待日那天接待我的代表",
    "接待日贴的通知被人撕了",
    "站里接待日的牌子掉了，砸着人",
    "接待日那天说好修的桥又塌了一块",
    "村里不让我们接待日去反映问题",
    "接待日的事我不想说了，就说说门口那堆垃圾",
    "上个接待日登记的第三件事还没回音",
    "接待日我没赶上，把话写在这里：东头的水管漏了",
    "接待日来的那位代表答应给我们修路",
    "我们村的接待日总是没人，反映给谁",
    "接待日记录本上我的名字写错了",
    "接待日人太多，把路口堵死了",
  ])("is no command and no question for the day in: %s", (text) => {
    expect(residentCommand(text)).toBeNull();
    expect(isAnswered(text)).toBe(false);
  });

  it.each([
    "代表接待日是哪天？在哪？",
    "这个月代表啥时候在站里",
    "代表接待日是哪天",
    "请问下次接待日是几号",
    "代表什么时候来站里接待？",
    "我想见代表，下次接待是哪一天？",
    "联络站几号有代表接待群众啊",
    "柳河镇代表接待时间是什么时候",
    "代表多会儿在联络站坐班？",
    "请问柳河站最近的接待日",
  ])("asks for the day: %s", (text) => {
    expect(isAnswered(text)).toBe(true);
  });

  it.each([
    "代表什么时候来修路灯",
    "代表接待日是哪天？我要举报村主任吃回扣",
    "我家停水三天了，代表什么时候来看",
    "信访局哪天接访",
    "什么时候给答复",
    "下次开会是哪天",
    "代表在站里说的话什么时候兑现",
  ])("is not answered by the calendar: %s", (text) => {
    expect(isAnswered(text)).toBe(false);
  });
});
