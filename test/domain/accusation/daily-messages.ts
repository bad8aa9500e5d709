/** Such as come on most days: no deputy in them, nothing of misconduct. */
export const DAILY = `
    路灯坏了一个多月没人修
    垃圾桶三天没清了,苍蝇乱飞
    停水两天了什么时候来
    楼上天天半夜拖凳子
    电梯又停了,老人下不了楼
    学校门口没有斑马线
    小区没有充电桩,电动车没地方充
    井盖丢了一个晚上很危险
    下水道堵了,粪水流到路上
    柳河镇卫生院没有儿科医生
    新农合在手机上怎么交
    村里的河道都是水草和垃圾
    公交车一小时一趟太少了
    广场舞音响太大,孩子没法写作业
    暖气不热,家里才十五度
    建议在老车站旁边建个公厕
    养老金这个月没到账
    浇地没水,玉米快旱死了
    工地欠我三个月工资
    农药瓶子扔在沟里没人收
    门口那条路全是坑,下雨就积水
    学区怎么划的,我家离二小近却分到五小
    小区流浪狗咬人了
    医保卡在外地怎么报销
    树枝压到电线了,刮风冒火花
    停车难,一到晚上抢车位
    宅基地证什么时候发
    村口的变压器老跳闸
    自来水一股漂白粉味
    理发店的转灯太亮,晃得睡不着
    残疾证年审去哪办
    菜市场搬走以后买菜要走两里地
    幼儿园收费太贵了
    补贴发到哪张卡上怎么查
    烧秸秆的烟太呛人
    快递不送上门
    体育公园晚上几点关灯
    河边护栏断了一截
    物业费涨价没跟业主商量
    孩子想转学需要什么手续
    修路挖断了我家水管
    桥头的红绿灯时间太短老人过不去
    高铁站有没有公交
    占道经营太多了推婴儿车过不去
    村里没有信号打不了电话
    垃圾焚烧的味道半夜特别大
    房顶漏水,物业说过了保修期
    请问退役军人优待证怎么办
    药店医保刷不了
    一楼开饭馆油烟大`;

/** In several messages, with ‖ between them. */
export const INNOCENT_IN_PIECES = `
    王代表您好‖我家楼下垃圾三天没收了
    昨天路灯坏了‖王代表来看过了
    老板拖欠工资还骂人‖请李代表帮帮忙
    邻居占了公共楼道‖跟王代表说过一次
    物业乱收费‖代表能管吗
    包工头拿了钱跑了‖联络站能帮忙找吗
    隔壁老赵打人,报警了‖代表能来调解吗
    快递站老板骂人‖我想找代表说说
    感谢刘代表‖昨天把井盖的事解决了
    停水三天了‖问王代表他说下午来水
    学校收了三百块资料费‖李代表这合理吗
    我是城南的‖我们代表是谁
    中介收了我的押金不退‖张代表求您了
    小区保安打人‖代表什么时候接待
    孩子被打了老师不管‖王代表您给反映一下
    开发商拿了预售款跑路‖陈代表去年就帮我们提过建议
    找过站长了‖他说已经转给水务局
    王建国代表在吗‖我想问宅基地的事
    驾校教练要烟‖不给就不让上车
    我们代表是李秀英吧‖她电话多少`;

export const INNOCENT_ENGLISH = `
    Thank you deputy Wang, the street lamps work again
    The garbage has not been collected for three days
    Our landlord keeps the deposit and will not give it back
    Who is the deputy for our grid?
    Please ask deputy Li to call me about the school bus
    I wrote to the deputy two weeks ago and nobody answered
    The property company takes our money and does nothing
    The developer took our deposit and ran away
    My boss hit a worker yesterday and has not paid us
    Is deputy Zhang still in office?
    The bus driver swore at my mother
    How are deputies elected?
    The water is brown since Monday
    A teacher asks the parents for money
    When is the station open?
    The deputy came to look at the bridge, very kind of him
    I got your message, thanks
    Could the deputy put pressure on the developer?
    My neighbour built a wall on my land
    The doctor demanded a red envelope
    Deputy Liu paid for the medicine herself, what a good person
    I would like to give the deputy some apples, is that allowed?
    The factory dumps waste into the river at night
    My brother took my mother's bank card
    The city inspectors took my scale
    The deputy is slow to answer but polite
    Noise from the building site until midnight
    Wang Jianguo helped us to get the stop light
    What is the difference between a deputy and an official?
    The guard at our gate is drunk every night
    Please tell deputy Chen the heating is fixed
    The lift in building 3 has stopped again
    I took the papers to the window three times
    The deputy promised an answer last Monday, still waiting
    Can my relatives vote in the village election?
    Somebody steals manhole covers
    The gym closed and keeps our money
    Deputy Wang asked the company to repair the pump and they did
    There is no pediatrician in the town clinic
    Where do I report illegal building?
    The village secretary says there is no money for the road`;
