import type { Told } from "./told.ts";

/** The half that was held back until the signs were there. */
export const SECOND: readonly Told[] = [
  {
    matter: "water-yg",
    grid: "E1",
    said: ["阳光小区停水两天了也没人管", "阳光小区水停了，娃的奶瓶都没法洗", "住阳光小区，家里没有水用，打物业不接"],
  },
  {
    matter: "pressure-yg",
    grid: "E1",
    said: ["阳光小区6楼水压太小，洗澡都洗不了", "水压低得不行，热水器打不着，阳光小区"],
  },
  {
    matter: "dirty-water-yg",
    grid: "E1",
    said: ["阳光小区自来水发黄，不敢喝", "阳光小区放出来的水是浑的，还有味儿"],
  },
  {
    matter: "leak-yg",
    grid: "E1",
    said: ["阳光小区楼上漏水滴到我家客厅", "我家天花板一直滴水，楼上说不是他家的事，阳光小区2号楼"],
  },
  {
    matter: "water-yg-back",
    grid: "E1",
    said: ["阳光小区水通了，谢谢", "已经有水了，不麻烦了，阳光小区"],
  },
  {
    matter: "power-yg",
    grid: "E1",
    said: ["阳光小区整个小区停电", "阳光小区没电了，电梯也停了", "咋突然断电了，阳光小区黑一片"],
  },
  {
    matter: "power-bill-yg",
    grid: "E1",
    said: ["阳光小区电费怎么算的，这个月三百多", "电费交了系统没显示，阳光小区"],
  },
  {
    matter: "power-xh",
    grid: "E1",
    said: ["幸福里停电了", "幸福里这边也没电，冰箱都化了"],
  },
  {
    matter: "lift-xh-1",
    grid: "E1",
    said: [
      "幸福里1号楼电梯坏了三天",
      "幸福里1号楼电梯停运，我妈坐轮椅出不了门",
      "电梯不能用，幸福里一号楼，天天爬18层",
    ],
  },
  {
    matter: "lift-xh-2",
    grid: "E1",
    said: ["幸福里2号楼电梯坏了", "幸福里2号楼电梯老是卡在半中间"],
  },
  {
    matter: "lift-add-xh",
    grid: "E1",
    said: ["幸福里4号楼想加装电梯，找谁批", "我们楼没有电梯，老人多，能不能装一个，幸福里"],
  },
  {
    matter: "lamp-hx",
    grid: "F1",
    said: ["和兴路路灯不亮好几天了", "和兴路晚上黑漆漆，路灯全灭了", "和兴路的灯坏了，骑车撞到石墩子"],
  },
  {
    matter: "lamp-xs",
    grid: "F1",
    said: ["学府街路灯坏了一排", "学府街晚上没有路灯，怕人"],
  },
  {
    matter: "road-hx",
    grid: "F1",
    said: ["和兴路路面裂了个大口子，车过去咣当一下", "和兴路坑太多了，修修吧", "和兴路中间有个坑，电动车差点翻了"],
  },
  {
    matter: "jam-hx",
    grid: "F1",
    said: ["和兴路天天堵车，接孩子过不去", "和兴路早上堵得动不了"],
  },
  {
    matter: "rubbish-xm",
    grid: "G2",
    said: ["西马村一组垃圾池满了半个月没人拉", "垃圾堆成山了，西马村一组，夏天没法过", "我们一组的垃圾没有人来收"],
  },
  {
    matter: "rubbish-point-xm",
    grid: "G2",
    said: ["不同意把垃圾站建在西马村一组", "西马村一组村口要建垃圾中转站，我们反对"],
  },
  {
    matter: "noise-xh",
    grid: "E1",
    said: ["幸福里楼下烧烤摊油烟大，窗户不敢开", "烧烤摊的烟熏得人睡不着，幸福里", "幸福里门口烧烤，油烟直往家里灌"],
  },
  {
    matter: "decor-xh",
    grid: "E1",
    said: ["幸福里楼上装修电钻从早响到晚", "邻居家天天敲墙，吵死了，幸福里3号楼"],
  },
  {
    matter: "heat-yg",
    grid: "E1",
    said: ["阳光小区没暖气，开栓都五天了", "阳光小区暖气不热，家里13度", "屋里冷得坐不住，暖气温乎都不温乎，阳光小区"],
  },
  {
    matter: "heat-leak-yg",
    grid: "E1",
    said: ["阳光小区暖气管子漏水把地板泡了", "家里暖气片漏水，接了一盆了，阳光小区8号楼"],
  },
  {
    matter: "bus-xm",
    grid: "G2",
    said: ["西马小学的校车不走我们村了，娃咋上学", "校车停了，西马小学的孩子没人送", "西马小学校车取消了也不说一声"],
  },
  {
    matter: "gas-yg",
    grid: "E1",
    said: ["阳光小区没气了，一天没做饭", "阳光小区燃气停了，没见通知", "停气停到啥时候，阳光小区全小区都打不着火"],
  },
  {
    matter: "gas-smell-dg",
    grid: "E1",
    said: ["阳光小区换燃气表收费吗", "燃气表不走字，阳光小区6号楼"],
  },
  {
    matter: "manhole",
    grid: "F1",
    said: ["学府街井盖没了，差点掉下去", "学府街那个井没盖子，晚上太危险", "学府街丢了个井盖没人补"],
  },
  {
    matter: "sewer-xh",
    grid: "E1",
    said: ["幸福里下水道堵了，一楼往外冒粪水", "下水堵了返到我家厨房，幸福里1号楼", "幸福里污水井冒水，满院子臭"],
  },
];
