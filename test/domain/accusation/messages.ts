/**
 * Accusations of deputies and village officials as residents of county towns write them, one a line, written before the
 * word lists of `src/domain/accusation/accusation.ts` were looked at. The deputies of the county are {@link DEPUTIES}.
 *
 * Every second line, the odd ones, is held back: only its rate is looked at, never the sentence, when the lists change.
 */
export const DEPUTIES = ["王建国", "李秀英", "张卫东", "刘桂兰", "陈志明"] as const;

/** By what they accuse of. */
export const ACCUSATIONS: Readonly<Record<string, string>> = {
  money: `
    补贴到村里就少了一半,问就是上面扣的,其实都进了刘代表的腰包
    戴表王建国不是好东西吃拿卡要样样来
    我去找代表办事,他说不意思意思这事办不了
    找李代表盖个章,跑了四趟,最后塞了个信封当天就盖了
    求代表帮忙说句话 他伸手就要五千
    代表说帮我儿子弄进学校,钱收了人没进,钱也不退
    你们那个代表收了烧烤摊老板的卡,所以油烟一直没人管
    王建国白吃白喝,村头饭店欠了一万多的账写的都是村委会
    站长让我写条子,不写就不给登记,完了还问我要两条烟
    危房改造的钱王建国让我打个条说领了,其实我一分没见着
    让我们在空白表上按手印,后来才知道用来领补贴了,代表经的手
    每户收了八十说是修路,路没修,账也不公开,钱在代表手里
    代表组织我们集资打井,井没打,钱打水漂了,他倒换了新车
    扣我地力补贴三年了,说我不听话,代表你这样做对得起谁
    代表伙同会计把合作医疗的钱多收了每人三十
    王代表吃回扣,路灯一个报三千八,市场价八百
    路灯不亮就是因为王建国换了便宜货,差价揣自己兜里
    王健国代表乱收费,办个证明要我二百
    咱网格那谁,挂着代表牌子的,把五保老人的补助存折攥自己手里
    代表把危房指标卖了,一个一万二
    光伏板的收益都进了村支书口袋
    村会计和书记做假账
    妇女主任逼我交两千块钱才给盖章
    老代表了,啥油水都捞,村里人敢怒不敢言
    征地款到现在没给,有人看见村主任拿这个钱买了车
    代表把我身份证复印件拿去贷款了
    把我的养老钱卡拿去了不还,说替我保管,就那个李代表
    网格代表借了我三万块钱两年不还,要就翻脸,说你去告啊
    我的危房申请在代表手里压了半年,说要么给钱要么等
    王建国贪了多少你们查查就知道
    请查一查张卫东名下的房子哪来的
    支书拿村里的公章给自己贷款`,
  kin: `
    举报李秀英代表优亲厚友,低保名额都是她娘家人
    村支书兼代表把修路的活包给他小舅子了,路修得跟豆腐渣一样
    代表他小舅子包了村里的垃圾清运,一年二十多万,从来没招过标
    书记家儿子吃低保开宝马这公平吗 他还是县人大代表
    村主任把我的宅基地批给他侄儿了
    陈代表的老婆没上过一天班,在站里领工资
    代表偏心得没边了,公益岗全是他本家
    公益性岗位都叫代表家亲戚占了
    村里的低保户里头三个是王建国的堂兄弟,都有楼房有车
    王建国的哥哥承包鱼塘二十年不交钱
    他儿子在村里横着走,谁都不敢惹,就因为他爹是代表
    代表儿子打了我孩子,学校不敢处理
    李代表的丈夫霸着村里的水井不让别人用
    代表的外甥把河道的砂子都挖光卖了
    村里盖房必须从代表他弟那里买水泥,不买就不让车进
    代表把学校工程转包给他亲戚,操场一年就裂了
    采购的路灯是代表她女婿的店,价钱贵两倍
    丈量的时候王建国让人少量我家,多量他兄弟家
    站里发的慰问米面,站长截下来一半给了他亲家
    告状没用,他们是一伙的,站长跟代表是连襟,互相包庇
    代表跟镇长是亲家,告到哪压到哪
    姓陈的那个人大代表,在外头有人,还把那女的安排到站里上班`,
  land: `
    王建国代表把我家门口那块集体地圈起来盖了自己的院子
    代表王建国家的厂子往河里排黑水,环保来了他打个电话人就走了
    李秀英仗着是代表,把公共楼道占了开麻将馆
    仗着自己是代表,浇地的时候他家先浇,别人家的苗都旱死了
    代表家违建五层没人拆,我家搭个鸡棚就给推了
    城管拆别人的不拆王代表家的,为啥
    凭啥张卫东能占两个宅基地
    跟书记合伙把村集体的林子卖了,代表也分了
    村里三百棵杨树卖了钱呢,王建国说不清
    代表把我家的拆迁补偿少量了四十平,量给他自己家了
    刘代表把扶贫车间租出去收房租
    假公济私 王建国 修路只修到他家门口
    路修到代表家门口就停了,这叫啥事
    水管绕着走就为了先给王代表家接上
    扶贫羊发下来代表家先挑,剩下病羊给我们
    联络站的空调被站长搬自己家去了
    代表自己是砂场老板,半夜大车把路压坏他从来不说一句
    刘桂兰拿着公家的车接送她孙子上学`,
  insults: `
    我们网格那个代表天天喝得醉醺醺的,见人就骂,还说自己是代表谁也动不了他
    张代表当着全村人的面骂我老娘,话难听得很
    代表把我写的信念给大家听,还笑话我,我这脸往哪搁
    代表家的狗咬了我,他说咬了就咬了,有本事你去告
    张代表骂我神经病,说我这种人就该关起来
    代表看不起我们农村人,当面说我们是叫花子
    我去反映问题被代表轰出来了,还说滚
    代表造谣说我偷人,害得我婆家不让进门
    李秀英代表到处嚼舌根说我家闺女坏话,把反映的私事都抖出去了
    代表诬告我偷电
    我被代表打了
    王建国打人了,把我爹推倒了,头上缝了五针
    王建国带着几个小青年到我家砸门,说不签字就别想好过
    拿代表身份压人,在医院插队还骂护士
    代表让人把我从微信群踢了,说我乱说话
    你们代表王建国良心让狗吃了
    王八蛋代表,拿我们当猴耍,自己捞得盆满钵满`,
  indecency: `
    李代表动手动脚的,上次在站里拍我屁股,我是个寡妇不敢说
    我女儿去联络站交材料,站长老盯着她看还说些不三不四的话,让她加微信单独聊
    王建国代表性骚扰女网格员
    代表半夜敲我家门,我男人不在家
    代表乱搞男女关系被人堵屋里了
    代表在群里发黄色视频`,
  reprisal: `
    我反映的事他转头就告诉了被我举报的人,现在人家上门威胁我。就是我们联络站的王代表
    王建国说我再往上告就让我家低保停了
    我给区里写信以后代表就带人把我家电给断了
    我投诉物业,王代表反而把我电话给了物业经理,现在天天有人打骚扰电话
    我匿名反映的,咋第二天全村都知道是我?除了代表没别人晓得
    代表叫我撤回投诉,不撤就让我在村里待不下去
    王代表半夜给我打电话叫我别多嘴
    代表威胁我了 我怕
    逼着我们签字拆迁的就是咱村代表,不签就不让孩子上学
    代表他娃结婚全村随礼,不去的记着,低保就给你抹了
    过年没给站长拜年,今年补助就没我的份
    上访回来被代表关在村委会一晚上
    代表不让我们去县里反映,车都给拦了
    乌龟代表,答应得好好的,背后使绊子,把我的申请给扣了
    站长把反映的意见都删了报上去零投诉
    代表把满意度的单子自己全填了满意,我们根本没签过字
    冒充我们签名,代表写的那个建议我们村根本没人同意`,
  collusion: `
    那个姓王的代表跟开发商穿一条裤子,我们业主说啥都白搭
    王代表跟物业经理是把兄弟,业主告物业他就压着
    代表跟黑社会的混一起,谁家盖房都得用他的沙
    咱代表开的超市卖过期货,工商不敢查他
    刘代表只给送礼的办事,像我们这种没关系的理都不理
    找他办事看人下菜碟,有钱的坐沙发,没钱的站门口,说的就是咱那李代表
    以权谋私的代表你们管不管`,
  election: `
    选代表那会儿他挨家送鸡蛋送面,不然能选上?陈志明就是这么上去的
    陈志明选举的时候一家给二百块钱让投他
    村委会换届,刘桂兰雇人拉票,一票一桶油
    这届代表是花钱买来的
    王某某身为人大代表公然行贿
    你们那个站长学历是假的,花钱买的
    代表报的年纪和学历都是假的`,
  idleness: `
    张卫东一年到头不见人,光领补助,开会都是别人替他签到
    当代表五年了没进过一次我们村,误工补贴倒是一分不少拿
    咱站站长上班打麻将,大白天门锁着,牌桌上找人
    站长喝多了在值班室睡觉,尿一地
    代表证当通行证用,违停罚单从来不交,见交警就亮证,说的就是张卫东
    送温暖就是作秀,拍完照把油又提走了,王代表干的
    那位"大善人"代表,捐的米都是发霉的,拍完照就收回去了`,
  crime: `
    张卫东是放高利贷的 利滚利逼得人跑路 这种人咋还能当代表
    刘代表酒驾撞了人,找人顶包了
    人大代表王建国酒后开车没人管吗
    代表赌博。就在村东头棋牌室,天天晚上
    张卫东开赌场抽水
    王建国吸毒
    别让我们网格的代表看见这条:他倒卖村里的树,一车一车拉走`,
  asking: `
    县人大应该查查我们这个网格代表的账
    我要实名举报刘桂兰
    实名举报联络站站长
    这个代表不配当代表,品行太差
    强烈要求罢免王建国代表资格
    怎么罢免代表?我们那个收钱不办事
    你们把我的事交给王建国等于让贼看门,他就是那个占地的
    别把这个转给李代表,她就是当事人
    我要告刘代表
    我要投诉我们网格代表,态度恶劣,还记仇`,
  english: `
    Deputy Wang took two cartons of cigarettes before he would sign my form
    Our grid deputy got drunk again and swore at my grandmother
    The deputy gave the road contract to his brother-in-law
    Wang Jianguo is pocketing half of our farm subsidy
    I want to report the head of the liaison station for harassing my daughter
    The deputy told the factory owner that I was the one who complained
    Deputy Li's husband fenced off the village well
    He threatened to stop our allowance if I write to the county again, I mean deputy Zhang
    Our people's congress deputy bought votes with cooking oil
    The station head plays mahjong all day and claims overtime
    Deputy Liu built a house on collective land and nobody dares say anything
    The deputy keeps my bank card and will not give it back
    Chen Zhiming is in bed with the developer
    The low-income list is full of the deputy's relatives
    The deputy hit my father
    That deputy demanded 5,000 yuan to get my son into school
    The station chief took the donated rice home
    Please do not show this to our deputy, he is the one who stole the trees
    Wang Jianguo drives the official car to take his grandson to school
    I don't trust the deputy, he sold our personal information to the property company
    The deputy touched me in the office and told me to keep quiet
    Deputy Zhang lends money at 10 percent a month and sends thugs`,
};

/** Accusations in pieces, with ‖ between the messages. */
export const IN_PIECES = `
    我们网格代表是王建国吧‖他收了物业两条中华
    说说我们那个李代表‖上个月拿了人家五千块钱才给办
    有人把扶贫的鸡苗都拉自己家去了‖就是王代表
    刘桂兰‖不是个东西,低保都给她外甥
    王建国代表这个人你们敢管吗‖喝了酒就打人
    想反映个人,张卫东‖霸占我家的地
    村里修路的钱少了八万‖会计说是代表拿走的
    那个站长‖上班时间打牌还骂人
    昨天去找李代表了‖她叫我拿两条烟再来
    我说的就是咱代表‖他侄子把河沙都卖了
    陈志明你们认识吧‖他当年是买票上去的
    我上次反映低保的事‖结果代表跑来我家骂了一顿
    钱让人吞了‖谁吞的?王建国
    我要说的是联络站的站长‖他调戏我儿媳妇
    占我地的人是谁你们知道吗‖是代表他哥
    我说个人你们别外传,人大代表‖扣着我的补偿款不给`;
