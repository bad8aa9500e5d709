import { type Folded, hide, type Span } from "./folded.ts";

/** Illnesses and conditions that people name; the last part of longer names too. */
const ILLNESS =
  "艾滋病?毒?|(?:HIV|hiv|AIDS)(?:阳性|病毒)?|梅毒|淋病|尖锐湿疣|性病|乙肝|丙肝|甲肝|肝炎|肝病|肝硬化|肝腹水|肺结核|结核病?|尘肺病?|矽肺病?|肺气肿|慢阻肺|肺炎|哮喘|新冠|抑郁症?|焦虑症?|躁郁症|双相(?:情感)?障碍?|强迫症|精神(?:分裂症?|病|障碍|疾病|残疾)|自闭症|孤独症|多动症|智力(?:障碍|残疾)|脑瘫|唐氏综合征|癫痫病?|羊癫疯|帕金森(?:病|症)?|老年痴呆症?|痴呆症?|阿尔茨海默病?症?|中风|脑梗死?|脑溢血|脑出血|脑瘤|偏瘫|瘫痪|截瘫|渐冻症|心脏病|冠心病|心梗|心肌梗死|心衰|高血压|高血脂|糖尿病|尿毒症|肾病|肾衰竭?|肾炎|痛风|白血病|血友病|贫血症?|再障|败血症|红斑狼疮|类风湿(?:关节炎)?|风湿病?|强直性脊柱炎|骨髓瘤|淋巴瘤|肿瘤|[肺肝胃肠脑骨血喉鼻舌]癌|(?:乳腺|宫颈|子宫|卵巢|前列腺|直肠|结肠|食管|食道|胰腺|甲状腺|膀胱|皮肤|鼻咽|口腔|胆管|淋巴)癌|癌症?|白化病|地中海贫血|苯丙酮尿症|侏儒症|麻风病?|狂犬病|白癜风|银屑病|牛皮癣|胃溃疡|青光眼|白内障|不孕不育症?|不孕症?|子宫肌瘤|罕见病|遗传病|传染病|职业病";
const WHOSE =
  "老婆|老公|丈夫|妻子|媳妇|爱人|对象|儿子|女儿|闺女|姑娘|孙子|孙女|外孙女?|儿媳妇?|女婿|爸爸?|妈妈?|父亲|母亲|爹|娘|爷爷|奶奶|姥爷|姥姥|外公|外婆|公公|婆婆|岳父|岳母|丈母娘|哥哥?|弟弟?|姐姐?|妹妹?|叔叔?|伯伯?|舅舅?|老伴儿?|孩子|小孩|娃|家人|家里人?|家属|邻居|同学|朋友|同事|某";
const WHEN =
  "自己|本人|身上|身体|被|被医院|得的|也|又|还|现在|目前|如今|去年|前年|今年|最近|刚刚?|已经?|早就|一直|常年|长期|从小|生下来就?|天生|不幸|前几年|这几年|几年前|因为?|由于|是因为|就是|现|都";
const SAID =
  "有|患有|患上?了?|得了|得过|得上?了?|身患|查出来?了?|检查出来?了?|诊断[为出]了?|确诊为?了?|感染了?|携带|染上了?|犯了?|是|带";
const DEGREE =
  "个|了|严重的?|重度|中度|轻度|晚期|早期|中期|末期|先天性?|遗传性?|慢性|急性|恶性|良性|多年的?|[0-9一二三四五六七八九十几两]+年的?|各种|一身的?|[0-9一二三四五六]?级|活动性|病毒性|酒精性|系统性|缺铁性|两个|好几种|偏|双侧|单侧";

const OF_PERSON: readonly RegExp[] = [
  // 我有乙肝, 我妈去年查出肺癌, 孩子自闭症.
  new RegExp(
    `(?:(?<![\\p{Script=Han}]我)(?:我|俺|咱)(?!们|村|县|镇|乡|市|省|国|区|校|院)(?:家|的)?(?:${WHOSE})?|本人|(?:${WHOSE})|[他她](?!们))(?:${WHEN}){0,3}(?:${SAID})?(?:${DEGREE}){0,3}(?<hidden>(?:${ILLNESS})(?:[、和及,，](?:${ILLNESS})){0,4})`,
    "dgu",
  ),
  // 去年查出乙肝: nobody is named, so the one who writes.
  new RegExp(
    `(?<=(?:^|[，,。；;！!？?\\n ])(?:${WHEN}|[0-9年月日号]){0,4})(?:患有|患上?了|得了|得过|身患|查出来?了?|检查出来?了?|诊断[为出]了?|确诊为?了?|感染了?|染上了?)(?:${DEGREE}){0,3}(?<hidden>(?:${ILLNESS})(?:[、和及,，](?:${ILLNESS})){0,4})`,
    "dgu",
  ),
  new RegExp(
    `(?:我|本人|俺|咱)(?:是|就是|也是|系)(?:一?[个名位])?(?:${DEGREE}){0,3}(?<hidden>${ILLNESS})(?=患者|病人|携带者|感染者|家属|人)`,
    "dgu",
  ),
  /\b(?:I|[Mm]y (?:wife|husband|son|daughter|mother|father|mum|mom|dad|child|brother|sister)) (?:have|has|had|got|suffers? from|(?:am|is|was) diagnosed with|caught) (?:a |an |the |severe |chronic |late-stage |mild )*(?<hidden>HIV|AIDS|hepatitis(?: [A-E])?|depression|(?:[a-z]+ )?cancer|diabetes|tuberculosis|TB|epilepsy|schizophrenia|leuk(?:a)?emia|dementia|Parkinson's|Alzheimer's|a stroke|heart disease|high blood pressure|autism|syphilis|kidney failure|bipolar disorder|anxiety(?: disorder)?)/dg,
];

/** Every illness above has one of these. */
const NEEDED =
  /[病癌炎症疣肝瘤梗痨肺喘冠碍残瘫痴痫疯梅艾滋毒压脂尿肾风血障疮湿瘢癜屑癣疡光内孕育衰溃]|HIV|hiv|AIDS|I |[Mm]y /;

/** Hides which illness somebody has; what is said of illness in general, of insurance or of hospitals stays. */
export function maskIllness(folded: Folded): string {
  const { seen } = folded;
  if (!NEEDED.test(seen)) return folded.text;
  const spans: Span[] = [];
  for (const pattern of OF_PERSON) {
    for (const { indices } of seen.matchAll(pattern)) {
      const [from, to] = indices?.groups?.hidden ?? [0, 0];
      if (to > from) spans.push({ from, to, shown: /[a-z]/.test(seen.slice(from, to)) ? "***" : "某病" });
    }
  }
  return spans.length === 0 ? folded.text : hide(folded, spans);
}
