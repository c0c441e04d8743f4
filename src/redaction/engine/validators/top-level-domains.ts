/** Country-code domains (ISO 3166-1 and IANA's exceptional ones). */
const COUNTRIES = `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by
bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr
ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp
ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu
mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa
sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug
uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`;

/** Generic domains in wide use (IANA root zone); new ones are accepted after a scheme or `www.` whatever they are. */
const GENERIC = `com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel cat tel asia post xxx app
dev page web site website online shop store blog cloud tech digital agency email live news media studio design art
academy education school university institute science health care clinic hospital dental doctor pharmacy legal law
attorney finance financial bank insurance money capital fund tax accountants consulting solutions services systems
support software technology network computer company business group international global world earth city town place
house homes estate properties land farm garden kitchen cafe restaurant bar pub beer wine pizza coffee food recipes
club team community social chat dating love family kids baby pet dog fish horse bike cars auto motorcycles taxi tours
holiday vacations hotel flights cruises events party tickets theater movie film video photos pictures gallery audio
music band radio games game play fun fit fitness yoga run golf football soccer tennis ski hockey fashion clothing
shoes jewelry watch gift gifts toys tools parts supply equipment industries engineering construction builders
contractors energy solar green eco bio organic xyz top vip win bid loan download click link space host press works
zone center training coach careers management marketing ventures partners holdings enterprises limited ltd inc llc
gmbh berlin hamburg koeln wien paris london amsterdam nyc vegas miami boston quebec moscow tokyo sydney melbourne
africa webcam review reviews guru expert rocks ninja cool today life plus one best moe wiki foundation charity church
bible faith ngo ong onl red blue pink black gold realtor casa swiss scot wales irish bzh eus gal lat nrw ruhr saarland
bayern tirol vlaanderen brussels istanbul google microsoft amazon apple bmw arpa`;

const ALL = new Set(`${COUNTRIES} ${GENERIC}`.split(/\s+/));
const CLEAR = new Set([
  'com',
  'org',
  'net',
  'edu',
  'gov',
  'mil',
  'biz',
  'eu',
  'de',
  'fr',
  'uk',
  'nl',
  'jp',
  'ch',
]);

/** Whether a lower-cased last label is a known top-level domain; punycode labels are taken as known. */
export function isTopLevelDomain(label: string): boolean {
  return ALL.has(label) || /^xn--[a-z0-9-]{2,59}$/.test(label);
}

/** Domains that are hardly anything else: no file suffix, no word, no property name in source code. */
export function isUnmistakableDomain(label: string): boolean {
  return CLEAR.has(label);
}
