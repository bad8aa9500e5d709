import { describe, expect, test } from "vitest";
import { openMatterReader } from "../../../src/casework/runtime/open-matters.ts";
import { listedCuts } from "../../../src/domain/matters/listed.ts";
import { mattersIn } from "../../../src/domain/matters/matters.ts";

const reader = openMatterReader();
const itemsOf = (text: string) => listedCuts(text, reader.telling).map((at) => text.slice(at, at + 4));

describe("a counted list", () => {
  test.each([
    ["锦绣家园有三个事:1地下车库漏水 2门口烧烤摊油烟熏人 3我家孩子明年上小学划片到哪?", ["2门口烧", "3我家孩"]],
    ["两件事，1、村口垃圾没人拉，2、二组的低保名单为啥没公示", ["2、二组"]],
    ["1、3号楼电梯坏了 2、公交车老是晚点", ["2、公交"]],
    ["①自来水发黄②小学门口没有斑马线③医保卡在哪里激活", ["②小学门", "③医保卡"]],
    ["一、北大街红绿灯不亮；二、养老金这个月没到账", ["二、养老"]],
    ["(1)村里的自来水停了三天\n(2)低保什么时候发", ["(2)低"]],
  ])("of matters of their own is cut at each: %s", (text, starts) => {
    expect(itemsOf(text)).toEqual(starts);
    expect(mattersIn(text, reader).parts).toHaveLength(starts.length + 1);
  });

  test.each([
    ["grounds", "我家漏水有三个原因：1楼上防水坏了 2管子老化 3物业不修"],
    ["demands", "我的诉求有两点：一、停止夜间施工；二、赔偿老人的医药费"],
    ["signs of what was named before", "路灯的事：1、坏了半个月 2、报修两次没人来 3、晚上摔了老人"],
    ["signs of what was named before", "电梯的问题我说三点：1.每周坏两次 2.维修电话打不通 3.老人下不了楼"],
    ["signs without a thing", "这条路三个问题：1坑多 2没灯 3下雨积水"],
    ["steps that were taken", "1、找物业不管 2、找社区推给街道 3、打12345没回音，路灯到现在没修"],
    ["the same trouble in two places", "1、前院下水道堵了 2、后院下水道堵了"],
    ["numbers of houses", "1号楼和2号楼中间的路灯坏了"],
    ["months", "我1月交了钱，2月还没通气，3月也没人来"],
    ["a list that does not begin", "2、路灯坏了 3、自来水停了"],
    ["a list of one", "1、路灯坏了"],
  ])("of %s is whole: %s", (_, text) => {
    expect(itemsOf(text)).toEqual([]);
  });

  test("keeps what follows it by another word apart too", () => {
    const { parts } = mattersIn(
      "三件事：1、路灯坏了 2、自来水停了三天 3、低保怎么申请。另外还有一件事，村小的校车超员很危险",
      reader,
    );
    expect(parts.length).toBeGreaterThanOrEqual(3);
  });
});
