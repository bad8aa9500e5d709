import { listOf, PatternList } from "../patterns/pattern-list.ts";
import { bareWords, normalise, remembering, withoutEdges } from "../text/words.ts";

/**
 * What sounds like an emergency and is none; taken out of a text before the words of danger are looked for.
 *
 * Fear of a fire is a complaint about a hazard; fear of a gas leak stays an emergency, for nobody can see one.
 */
const HARMLESS = listOf([
  /灭火器?|消防|防火|火灾(隐患|报警|自动|保险|演练|演习|知识|宣传|警报器)|着火点|火锅|烟囱/g,
  /(演练|演习|模拟|怕|担心|容易|易|万一|防止|避免|预防|小心|以防|谨防|引起|引发|造成|导致|差点儿?|险些|早晚|迟早|要是|如果|假如|一旦)[^,。;!?]{0,6}?(着火|起火|失火|火灾|触电|爆炸|晕倒|昏倒|被撞|落水|冒烟|中暑)/g,
  /(着火|起火|失火|爆炸|触电)(的)?(隐患|风险|危险|可能)|(?<!有)没有?(再)?(着火|起火|失火|冒烟|打架|打人|被打|煤气味)(?!吗)|(?<!是)不是(着火|起火|打架|煤气味)/g,
  /(煤气|燃气|天然气|液化气)(味)?(已经)?(没有?了|散了)|(煤气|燃气|天然气)(泄漏|泄露)?(报警(?!器?[^,。;!?]{0,3}(?:响|叫|闪))|检测|检查|演练|演习|宣传|知识|安检)/g,
  /(怎么|如何|预防|防止?|小心|谨防|当心)(防|预防)?(煤气|一氧化碳|煤烟)中毒/g,
  /打印|打车|打人(?=家?的?(电话|手机|座机)|工|口|次|民|大|社|力|事|行)|打我们?的?(电话|手机|座机|微信|号码)|被打(?=扰|断|破|开|印|回|折|入|包|车|卡|听|乱|造|湿|动|进|通)/g,
  /虐待(小?动物|猫|狗|流浪)|虐猫|虐狗|杀人游戏|剧本杀|(别|不要|不准|禁止)打架|救命(钱|药|恩|稻草|的?路)|要命的?是|捅(娄子|马蜂窝)/g,
  /跳楼(价|机|甩卖|大?减价)|不想死|想死(磕|你|他|她)|(预防|防|防止|拒绝)(自杀|溺水|轻生|家暴|校园欺凌)|反家暴(法|宣传)/g,
  /落水管|急救(箱|包|站|知识|培训|车位)|触电保护|漏电保护|暖气管?道?漏气|救火车|治病救人|见义勇为救人|自杀式|爆炸头|(鞭炮|爆竹|烟花|放炮)[^,。;!?]{0,6}爆炸/g,
  /入室(抢修|维修|检修|装修|安检|门)|刀(具|削|店|厂|片)|刀子?的(店|理发店|摊)|(厂|窑|作坊|烧烤|油烟机)[^,。;!?]{0,8}(浓烟|冒?(黑|白)?烟)/g,
  /(树|林|竹|苗|木|补贴|补助|低保|工资|预算|线路|班车|名额)[^,。;!?]{0,6}被(人)?砍|把[^,。;!?]{0,4}(树|竹|草|枝)[^,。;!?]{0,3}砍(了|掉)|砍(了|伤|死)?[^,。;!?]{0,6}(树|竹|林|苗|木|柴|价)/g,
  /(经常|常常?|老是?|总是?|多次|每年|去年|前年|以前|曾经?|上个?月|上周|容易|频繁|频发|早晚|迟早|怕)[^,。;!?]{0,6}(出|发生)?(了|过)?(车祸|撞(死|伤|了|倒)(了|过)?人)|车祸(多发|频发|频繁|隐患|很多|不断)|(出|发生)过[^,。;!?]{0,4}车祸|撞(死|伤|倒)过(人)?/g,
  /(护栏|栏杆|树|墙|门|杆|灯|车|石墩|牌子?|桥|井盖|花坛|围挡)[^,。;!?]{0,3}被[^,。;!?]{0,4}撞|被[^,。;!?]{0,3}车(给)?撞(坏|断|歪|烂|塌|出)/g,
  /(早晚|迟早|会|怕|别等|非得|难道要|要)[^,。;!?]{0,4}出人命|跳(舞|绳|操|广场|皮筋|蚤|槽)/g,
  /fire[- ]?(extinguishers?|hydrants?|lanes?|stations?|doors?|exits?|drills?|alarm tests?|works?|fighters?|escapes?)|campfires?|firewood/g,
  /(afraid|worried|risk|danger) of (a )?(fire|falling|shock)|could catch fire|gas (bill|meter|fee|company|station|price)s?/g,
]);

const GAS = "(?:煤气|媒气|煤汽|燃气|天然气|天然汽|液化气|沼气|瓦斯|一氧化碳|煤烟)";

/** The dangers that words of the list name; the others are for the model to find. */
const LISTED = ["gas", "fire", "medical", "violence", "self-harm"] as const;
type ListedTopic = (typeof LISTED)[number];

/** The words of danger; one hit in what is left of a text is enough. */
const DANGERS: Readonly<Record<ListedTopic, readonly RegExp[]>> = {
  gas: [
    new RegExp(
      `${GAS}(?:罐|灶|管道?|表|阀门?|瓶)?(?:好像|可能|一直|又|在|正在|大量|都)?(?:的?(?:气|臭)?味|泄漏|泄露|外泄|外漏|逸出|泄|漏|跑气|跑了|中毒|爆|炸|没关|着了)`,
    ),
    new RegExp(`(?:漏|闻到|闻见|闻着|一股子?|全是|都是|满是|很重的?|好大的?|中)(?:了)?(?:[^,。;!?]{0,4})${GAS}`),
    new RegExp(`${GAS}[^。;!?水雨]{0,12}(?:泄漏|漏(?![装报缴记收登水雨电]))`),
    new RegExp(`(?:满|一)(?:屋|楼|楼道|单元|厨房|房间)[子里]?(?:的|都是|全是)?${GAS}(?!管|表|罐|瓶)`),
    /(?:灶|气阀|气罐)[^,。;!?]{0,4}没(?:关|拧)[严紧好上]|(?:屋|家|厨房|楼道?)[里]?[^,。;!?]{0,6}臭鸡蛋味/,
    new RegExp(`(?:味|像)[^,。;!?]{0,6}${GAS}|(?:管道|灶|罐|阀门?|软管|皮管)[^,。;!?]{0,3}漏气`),
    new RegExp(`${GAS}[^。;!?]{0,8}(?:漏气|晕|头疼|恶心|想吐|刺鼻|[嘶呲滋哧]{2})`),
    new RegExp(`${GAS}[^,。;!?]{0,6}(?:往外|直|呼呼|呲呲|嘶嘶)(?:地|的)?(?:往外)?(?:跑|冒|喷|窜|响)`),
    new RegExp(
      `${GAS}(?:的)?(?:罐|灶|管道?|软管|表|阀门?|瓶)[^,。;!?]{0,4}(?:断|裂|破|爆|崩|脱落)[^。;!?]{0,8}(?:气|味)|${GAS}报警器?[^,。;!?]{0,3}(?:响|叫|闪)`,
    ),
    /gas leak|leaking gas|gas is leaking|smell(s|ing)? (of |like )?gas|smell(s|ing)? (a )?strong gas|carbon monoxide/,
  ],
  fire: [
    /着(了)?(大)?火|起(了)?(大)?火(?!车|锅|化|葬|腿|热|爆|龙)|失火|火灾|山火|火势|烧起来|冒火(?!气)|火烧(房|屋|家|山|着)|爆炸|救火|烧着了|(房子?|屋子?|家|楼|仓库|棚)(里)?(被|给)?烧(了|着)/,
    /(屋里?|楼道?|房间|家里|厨房)[^,。;!?]{0,6}(全是|都是|满是|好多|很多)(浓|黑)?烟(?!头|酒|味|花|灰|囱)|一(屋|楼|楼道)子?的?(浓|黑)?烟(?!头|酒|味|花|灰|囱)/,
    /(电线|电表|配电箱|电箱|屋|家里?|楼|房|电动?车|电瓶车?|变压器|插座|电梯|厨房|仓库|阳台|窗户?|店)[^,。;!?]{0,4}(冒|起)(着|了|出)?(大|黑|浓|白)?烟/,
    /\b(on fire|house fire|caught fire|catching fire|explosion|exploded|burning down)\b|\b(there'?s|there is|it'?s) (a )?(big )?fire\b|^fire\b|\bfire!/,
  ],
  medical: [
    /晕倒|昏倒|晕过去|昏过去|昏死|昏迷|不省人事|叫不醒|喊不醒|没(有)?呼吸|没(有)?心跳|不喘气|没(有)?知觉|呼吸困难|喘不[过上]来?气|心梗|心肌梗|脑出血|脑溢血|休克/,
    /(心脏病|脑梗|中风|癫痫|羊癫疯)(突发|发作|发了|犯了|又犯)|突发(心脏病|脑梗|中风|疾病|急病)|(人|老人|他|她|我妈|我爸|爷爷|奶奶|孩子|老伴)(好像)?快?(不行了|要不行了)/,
    /(?:人|老婆|老公|老伴|老头|老太|老人|他|她|孩子|小孩|娃|妈|爸|爹|娘|爷爷|奶奶|学生|同学|工人|邻居)[^,。;!?]{0,6}(没(有)?气了|晕了|没(有)?反应|倒地|倒在|躺在(路|地|雪|河)|(摔|跌)[^,。;!?]{0,3}(起不来|不动))|中暑[^,。;!?]{0,2}晕|(倒|躺|摔)在?地(上)?(不动|起不来|不起|没动静)/,
    /大出血|血?止不住血?|被(毒)?蛇咬|(血流|流血)不止|一直(在)?流血|抽搐|口吐白沫|触电|电着人|电到人|被电了|溺水|落水|掉(进|到|下)?了?(河|水|井|塘|沟|粪|坑)(里|中|了|去)/,
    /车祸|(?<!怕)撞人(?!柱)|撞(了|倒|伤|死)(了)?(人|老人|孩子|小孩|学生|行人|一个)|被(车|电动车|货车|汽车)(给)?撞|两车相撞|翻车|车翻|有人(受|重)?伤|出人命|从[^,。;!?]{1,6}(摔|跌)(了)?下(来|去)|(人|孩子|工人)从[^,。;!?]{1,6}掉下|砸(到|伤|着)(了)?人|(煤气|食物|农药)中毒/,
    /(快|赶紧|来人)[^,。;!?]{0,3}救人|救救(我|他|她|孩子|老人)(?!们)|(塌|垮)(方|了)?[^,。;!?]{0,6}(压|埋)(着|了|住)|(被)?困(在)?电梯|电梯(里)?(又)?(困(了|住)?(人|\d+个人|老人|孩子)|关住人)|(被)?困(在|到)[^,。;!?]{0,6}(电梯|车里|火|水|屋里|楼上|井)|被(埋|压)(在|住|了)|人(被)?压在/,
    /救命/,
    /\b(unconscious|fainted|passed out|collapsed on|not breathing|can'?t breathe|heart attack|having a stroke|bleeding badly|drowning|electrocuted|car crash|been hit by a car|trapped in the (lift|elevator))\b/,
  ],
  violence: [
    /打(了|伤|死)?人|打架|打(?:他|她|自己)(?:家)?的?(?:老婆|媳妇|婆娘|妻子|孩子|儿子|女儿|闺女|娃|爹|娘|父母)(?!们?的?(?:电话|手机|座机))|把[^,。;!?]{0,6}打(?:得|成|的)?[^,。;!?]{0,3}(?:鼻青脸肿|流血|出血|半死|住院|骨折|伤|残|趴下)|鼻青脸肿|拳打脚踢|(?:打|揍|抽)得[^,。;!?]{0,6}(?:血|青|肿|伤|惨|半死)|(?:两口子|夫妻|小两口|爷俩)[^,。;!?]{0,4}打(?:架|起来|个|$|[,。;!?])|(?:拿|用)[^,。;!?]{0,2}(?:皮带|棍子?|板凳|鞭子|擀面杖|扫把|衣架)[^,。;!?]{0,2}(?:抽|打|揍|砸)(?!枣|核桃|果|柿)|把[^,。;!?]{0,4}(?:老婆|媳妇|妻子|孩子|娃|老人|我妈|他妈|她|他|人)[^,。;!?]{0,6}(?:打(?!印|听|发|包|理|算|扮|分)|揍|踹|掐)|(?:揍|踹|扇|抽打|掐)(?:了|着)?(?:我|他|她|自己)?家?的?(?:老婆|媳妇|婆娘|妻子|孩子|娃|儿子|女儿|老人|爹|娘|妈|脖子|耳光|嘴巴)|打(老婆|媳妇|妻子|孩子|小孩|娃|老人|老太|老头|老师|学生|邻居|他妈|她妈|我妈|我爸|爹|娘|女人)|(动手|又|天天|老是?|总|在|要|往死里|使劲|就|不停地?)打(了)?(我|他|她|人)(?!们?的?(电话|手机|座机))|打(了|伤|死)我|在打[^,。;!?]{0,3}人(?!家?的?电话)/,
    /(老公|丈夫|男人|爸|父亲|妈|儿子|同学|老师|邻居|他们?|她|有人|婆婆|媳妇)(又|天天|老是?|总|经常|喝醉了?|一直|还|在|要|就)*(打|揍)(了)?(我|孩子|老人)(?!们?的?(电话|手机|座机))|挨(了)?(打|揍)/,
    /(喊|哭|叫|求)[^,。;!?]{0,4}别打(?!电话|扰|印|卡|车)|被[^,。;!?]{0,3}(儿子|女儿|儿媳|媳妇|婆婆|公公|父亲|继父|后爹|后妈|他爸|她爸|他妈|她妈|家里人)[^,。;!?]{0,3}(打|揍)(?!电话|扰|断|发|听|印|动)/,
    /被[^,。;!?]{0,4}(打了|打伤|打死|殴打|围殴|家暴|捅|砍)|被(人|他|她|老公|丈夫|男人)打|家暴|家庭暴力|殴打|围殴|群殴|斗殴|挟持|绑架|虐待/,
    /(持|拿|提|带|动|挥|掏|抡)(着|了|出)?(菜|砍|水果|尖|长|把)?(刀|斧头?|铁棍)|砍(了|伤|死)?人|砍(了|伤|死)|杀(了|死|害)?人|要杀(了)?(我|他|她)|捅(了|伤|死)|捅人/,
    /抢劫|强奸|性侵|猥亵|拐(卖|走)|(砸|踹)(我家|我们|别人)?(的)?门(要|进|打|骂|堵)|入室|被(人)?绑(了|走)|撬(了)?(我|人)?家?的?(门|锁)|进(了)?贼|救命/,
    /\b(beating (his|her|my|up|me)|beats (his|her|me)|being beaten|being attacked|attacked me|knife|stabb(ed|ing)|domestic violence|robbery|robbed|raped?|kidnapp(ed|ing)|hits me|gun)\b/,
  ],
  "self-harm": [
    /不想(再)?活|活着(也|还|真|都|有)?(的?)?(真)?(没|有)(啥|什么|个?啥)?(意思|意义|劲|盼头|奔头|用|意思了)|(?<!生)活(着)?(真)?没(意思|劲|盼头)|(活|我(真的?|实在|快)*撑)不(下去|起了|成)|生无可恋|活够了|活腻|没法活|不(想|愿)(再)?活(了)?/,
    /(真|都|就|好|很|只|也|老|总)?想死(了)?|寻死|寻短见|自杀|轻生|自残|了结(自己|这辈子|生命|此生)|了断|跳(楼|河|桥|江|井|水库)|喝(了)?(农药|百草枯|敌敌畏)|服毒|上吊|割(腕|脉)|要跳(?!舞|绳|操)|跳下来|(?:想|要|就|准备|打算|不如)[^,。;!?]{0,8}跳下去|(?:从|往)[^,。;!?]{0,4}(?:楼|顶|天台|阳台|窗|桥|崖)[^,。;!?]{0,4}跳|遗书|(吃|吞)(了)?[^,。;!?]{0,4}安眠药/,
    /吊死|(?:一头|想|要)撞死(?!人)|投[河江井湖]|卧轨|抹脖子|(?:准备|想|不如|只能|就)喝药(?=$|[,。;!?]|了|死)|(?:我|俺)[^,。;!?]{0,6}(?:站|坐|爬)(?:在|到|上)?了?[^,。;!?]{0,3}(?:楼顶|天台|塔吊|窗台)(?!干|施|修|装|看)/,
    /死在[^,。;!?]{0,8}(?:算了|得了|拉倒|前)|死了(算了|得了|干净|拉倒|一了百了)|一死(了之|百了)|(还)?不如死|一了百了|死给(你们|他们)看|同归于尽/,
    /\b(kill(ing)? (myself|himself|herself)|suicid(e|al)|don'?t want to live|do not want to live|want to die|end (my|it all|his|her) ?(life)?|no reason to live|hurt myself|better off dead)\b/,
  ],
};

const DANGER_LIST = new PatternList(LISTED.flatMap((topic) => DANGERS[topic].map((pattern) => ({ topic, pattern }))));

/** Numbers that somebody in need types into the wrong place. */
const EMERGENCY_NUMBERS: ReadonlyMap<string, ListedTopic> = new Map([
  ["110", "violence"],
  ["119", "fire"],
  ["120", "medical"],
  ["122", "medical"],
]);

/** What is over, was paid for, or is only practised. */
const NOT_NOW =
  /去年|前年|那年|那次|上次|以前|从前|当年|当时|赔偿|理赔|补偿|索赔|演练|演习|宣传|知识|隐患|谣言|电视|视频里/;
/** Words of one reading: somebody says that it happens. */
const HARD = listOf([
  /(?:着|起|失)(?:了)?火了|火烧起来了|爆炸了/,
  new RegExp(`${GAS}(?:正?在)?(?:漏|泄漏|泄露)了|漏${GAS}了`),
  /不想(?:再)?活(?![动儿计泼])|(?:要|想|准备)(?:跳楼|自杀|上吊)/,
  /(?:孩子?|小孩|娃|老人|有人|人)[^,。;!?]{0,4}掉(?:进|到|下|在)?[^,。;!?]{0,4}(?:井|坑|池|河|塘|沟|渠|水库?|冰窟窿?)[里中]?(?:了|去了|上不来|爬不上来)/,
  /^(?:快)?(?:来人|救命)(?:[啊呀]|快来人)*$/,
]);

/**
 * The dangers to life of which a text has words; empty for most texts. They are signs, and not proofs: who understands
 * the text weighs them.
 */
export function emergencyTopics(text: string): EmergencyTopic[] {
  const number = EMERGENCY_NUMBERS.get(bareWords(text));
  if (number !== undefined) return [number];
  const found = DANGER_LIST.matchingIn(withoutHarmless(text));
  return LISTED.filter((topic) => found.some((danger) => danger.topic === topic));
}

/** Whether a text says in words of one reading that life is in danger now: nothing else may outweigh them. */
export function hardDanger(text: string): boolean {
  if (EMERGENCY_NUMBERS.has(bareWords(text))) return true;
  const rest = withoutHarmless(text);
  if (HARD.possibleIn(rest).length === 0) return false;
  const said = withoutEdges(rest);
  return HARD.matchesIn(said) && !NOT_NOW.test(said);
}

const withoutHarmless = remembering((text) => HARMLESS.replaceAll(normalise(text).toLowerCase(), () => "~"));

/** A kind of danger to life, each with its own advice and number to call. */
export type EmergencyTopic = ListedTopic | "missing-person" | "trapped" | "flood";
