/** The family names of one sign, simplified and traditional. */
export const SURNAMES: ReadonlySet<string> = new Set(
  "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊惠曲封储靳段富巫焦牧隗谷侯宓蓬班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎蓟薄印宿白怀蒲卓蔺屠蒙池乔阴胥苍闻莘翟谭贡劳姬申冉宰雍桑桂牛寿边扈燕冀尚农温别庄晏柴瞿阎慕连习艾容向古易廖耿匡文寇欧沃蔚越隆师巩聂晁勾敖融冷辛阚简饶曾沙鞠丰关蒯荆游竺权盖桓公岳闫肖付覃兰代涂邸仝佟巴冼麦楚晋隋逯仉佴逄缑幺於么种訾郗亓銮锺陳張劉趙孫吳鄭馮衛蔣韓楊許呂嚴謝鄒蘇魯韋馬葉陸鍾鐘盧賈蕭黃龔羅鄧範龐閻關顧齊歐陰聶譚費賀紀項單莊肅萬寧黨",
);

/** The family names of two signs. */
export const DOUBLE_SURNAMES =
  "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|独孤|南宫|钟离|宇文|长孙|鲜于|闾丘|司空|呼延|澹台|轩辕|百里|东郭|西门|完颜|爱新觉罗|歐陽|司馬|諸葛|東方|獨孤|南宮|鍾離|長孫";

/** The signs with which names of other languages are written in Chinese: a run of three and more of them is no Chinese word. */
const TRANSCRIBING =
  "阿艾爱安奥巴白班贝本比毕波伯勃布才采仓曹措达丹旦德登丁东都顿多朵尔法凡菲芬夫弗嘎尕甘岗格根贡古哈海罕汗豪合和赫侯胡华吉加佳嘉江姜杰金久卡坎康柯科克肯库夸拉来兰朗勒雷里力丽利莉丹连列林罗洛吕玛马买麦曼梅美蒙米密敏明莫姆木穆拿娜纳乃南尼妮涅宁诺努帕潘佩彭平普其齐奇恰强琼秋曲热仁日荣如茹瑞萨赛桑色沙莎山善舍申沈苏孙索塔台太泰坦唐提铁亭图吐托瓦万旺威韦维魏文翁乌吾西希夏仙香肖谢辛欣兴雄许雅亚扬央耶叶伊依义因尹英永尤于玉约云赞扎泽增扎占张珍卓兹孜宗祖措姆吾买尔江古丽拜迪逊阔拜帕提力肉孜斯依布拉音热依扎";

/** The set of signs with which names of other languages are written in Chinese. */
export const TRANSCRIBED: ReadonlySet<string> = new Set(TRANSCRIBING);

/** The dot between the parts of a name, in its spellings. */
export const DOT = "[·•・‧∙⋅.]";
