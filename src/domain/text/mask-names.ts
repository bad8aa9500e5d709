const SURNAMES =
  "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊惠曲封储靳段富巫焦牧隗谷侯宓蓬班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎蓟薄印宿白怀蒲卓蔺屠蒙池乔阴胥苍闻莘翟谭贡劳姬申冉宰雍桑桂牛寿边扈燕冀尚农温别庄晏柴瞿阎慕连习艾容向古易廖耿匡文寇欧沃蔚越隆师巩聂晁勾敖融冷辛阚简饶曾沙鞠丰关蒯荆游竺权盖桓公岳闫肖付覃兰代涂邸仝陳張劉趙孫吳鄭馮衛蔣韓楊許呂嚴謝鄒蘇魯韋馬葉陸鍾盧賈蕭黃龔羅";
const DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|独孤|南宫|歐陽|司馬|諸葛";

/** What people say when they give their own name. "我是" introduces many other things, so it needs an end after the name. */
const CALLED = "我叫做?|本人叫|俺叫|我名叫";
const FORM = "我的名字[叫是]?|姓名[是为]?|名字[叫是为]|署名|落款";
const UNSURE = "我是|本人|我系|俺是|联系人";

/** What may follow a name: punctuation, or the word with which people go on. */
const END =
  "(?=$|[^\\p{Script=Han}]|是|家|住|在|今年|男|女|电话|手机|身份证|来自|想|要|有|反映|反应|和|的(?!人)|现|我|因|从|被|请|于|这|村|户|年|给|代|向|跟|已|一家|电|手|身|今|来|投诉|举报|您|你|人在|老家)";
/** Titles and places after "我是" that are no names: 王代表, 柳东村的, 高中生. */
const NO_NAME =
  "(?!\\p{Script=Han}{0,3}(?:代表|主任|书记|老师|医生|师傅|阿姨|叔叔|大爷|大妈|村|镇|县|乡|市|区|街|路|组|家园|小区|花园|学校|小学|中学|大学|学生|员|工|户|农民|业主|居民|老板|经理|人大|党员|军人|老人))";
const SEPARATOR = "[ :：是叫,，]{0,2}";

const NAMES: readonly RegExp[] = [
  named(`${CALLED}|${FORM}`, "", END),
  named(FORM, "", ""),
  named(UNSURE, NO_NAME, "(?=$|[^\\p{Script=Han}]|住|家住|今年|身份证|电话|手机|联系电话)"),
];

const ENGLISH_NAME = /\b((?:[Mm]y name is|I am called) )[A-Z][a-z]+(?: [A-Z][a-z]+)?/g;

function named(introduction: string, not: string, end: string): RegExp {
  return new RegExp(
    `((?:${introduction})${SEPARATOR})${not}(${DOUBLE_SURNAMES}|[${SURNAMES}])\\p{Script=Han}{1,2}?${end}`,
    "gu",
  );
}

/** Masks the given name of people who introduce themselves: 我叫张三 becomes 我叫张某. Careful: a doubtful name stays. */
export function maskNames(text: string): string {
  const masked = NAMES.reduce((rest, pattern) => rest.replace(pattern, "$1$2某"), text);
  return masked.replace(ENGLISH_NAME, "$1***");
}
