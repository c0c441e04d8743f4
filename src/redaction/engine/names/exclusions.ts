/**
 * English words that are real given or family names too (`Will`, `May`, `Grace`, `Baker`): as names they need a
 * second cue, such as another name beside them.
 */
export const AMBIGUOUS_NAMES = `
aberdeen adelaide alexandria america angeles asia atlanta austin bali berlin boston bradford brisbane bristol brittany
brooklyn cairo cambridge carolina chad charlotte chelsea cleveland clifton columbia congo cordoba cuba dakota dallas
damascus darwin davos delhi denver devon diego dublin durban england essex europe florence florida francisco geneva
genoa georgia germany ghana granada guinea hamilton havana holland houston india indiana ireland israel italy jackson
jamaica jersey jordan kent kenya kingston lancaster leicester leon lima lincoln lisbon london louisiana lourdes lyon
madison madrid malaga mali malta manchester marina maryland melbourne memphis mercedes milan milano monaco montana
montreal montserrat nancy naples nevada norfolk odessa orlando oslo oxford panama paris perth petra philadelphia
phoenix porto preston quito raleigh regina richmond rio roma salem salvador samoa santiago savannah serbia seville
shannon sofia somalia sydney tehran texas tokyo trento turin valencia valletta vermont verona victoria vienna virginia
wales warwick washington wellington winchester windsor york zion
max min hope faith grace joy dawn rose ruby pearl crystal amber ginger jasmine olive ivy violet lily daisy heather
autumn summer spring winter sunny stormy june april august may march art bill bob chase chip clay cliff colt dale dash
dean dell drew duke earl forest frank gale gene guy hank heath hunter jack jade jay jean jet jewel jim jo lance lane
mark marks marked mason merit miles mercy nick norm paige page parker pat patience penny peg pierce port price prince
priest ray reed reef rich robin rob rock rod rocky rusty sage sandy scout sherry skip sky star stone storm sue sterling
tad tab tag tim tip tom trace trinity troy van victor wade ward wash web webb west wood woods worth will destiny
charity chance chastity constance christian genesis harmony haven honor iris justice kit laurel love major melody
memory miracle noble north ocean pace patch phoenix power precious promise queen rain reason rebel river robust royal
sailor season serenity silver sincere singer smart steel sunshine temple true unity valor virtue wisdom wolf
baker banks bar barber bell berry best bird bishop black blue bond book booth bowl bow bower bridge bridges brook
brooks brown buck bull burns bush butcher butler camp carpenter carter case cash castle chamber chambers church clark
clerk cook cooper corn cotton cox crane cross crow cruise curry curtain day deal diamond drake driver east elder
ember english falls farmer finch fish fisher flag fleet flower flowers ford fox freed freeman french
frost fuller gain garden gardener gates giles glass gold golden goose grand grant graves gray green grey grove hale
 hand hardy harp hart hawk hay head high hill hills hobbs hood hook hope hunt hurst key kidd king kings
knight ladd lake lamb land law lawn lawyer leaf light little lock locke lord low manning marsh masters may means mill
miller mills mint moody moon moore moss mullet nail newton nice noon oak orange page paint palm park parks parson
penn pepper pike pine pitt plant pond pool pope post potter pound power powers price pride pullen quick rabbit read
rhodes rice ridge rivers road rose roses rush salt sands savage sawyer sea seal self sells shade sharp shaw
shepherd ship shore short sides silk singh skinner small smart snow south spark sparks spear speed spell spence spring
stack stamp staples star steed steel stock stones strong sun swan swift tailor tank taylor temple terry thorn
tiller tower town tree turner vale vine wagner walker wall walls ware waters way weaver webber wells wheat wheeler
whip white winter wise wolfe woodward word workman wright yates york young
`;

/** Names that lists of English words hold for some rare meaning; as capitalised words they are names. */
export const PLAIN_NAMES =
  'peter henry roger helena marten rosemary glen valentine kelvin pascal ron newton leone kat';

/** Grammatical words and forms of address: never part of a name, whatever the lists say. */
export const STOP_WORDS = `
a an the this that these those i you he she it we they me him her us them my your his its our their mine yours hers
ours theirs who whom whose which what when where why how there here
am is are was were be been being do does did done doing have has had having can could shall should will would may
might must ought need dare let lets get gets got go goes going gone went come comes came make makes made take takes
took see sees saw seen say says said know knows knew think thinks thought want wants wanted use uses used using find
finds found give gives gave given tell tells told ask asks asked try tries tried call calls called keep kept put set
sets run runs ran move moves moved show shows showed turn turns turned start starts started stop stops stopped open
opens opened close closes closed read reads write writes wrote written send sends sent receive receives received
not no yes ok okay please thanks thank hello hi hey dear welcome sorry congratulations regards sincerely best cheers
and or but nor so yet for if then else than because since while until unless although though whether as at by from
in into of off on onto out over per to under up via with within without about above across after against along among
around before behind below beneath beside between beyond despite down during except inside like near outside past
through throughout toward towards upon versus vs
one two three four five six seven eight nine ten eleven twelve hundred thousand million billion first second third
fourth fifth last next previous new old young big small large great good better bad worse worst high low long short
all any both each every few many more most much none other others another some several such same only own just also
too very even still again already always never ever often sometimes now today tomorrow yesterday soon later early late
regards sincerely iban ssn vat pin usa uk eu
`;

/** Words that begin sentences, headings, menus, log lines and product names, whatever name lists say about them. */
export const EXCLUSIONS = `
account accounts action actions active activity add address admin administrator agent agreement alert alerts analysis
analytics answer api app application applications apply appendix approval archive area article asset assets assistant
attachment attention audit auth author authors authentication authorization auto available average backup balance bank
base basic batch beta billing block board body bot bottom box branch browser budget buffer bug build building bus
business button buy cache calendar campaign cancel capital card care category center central centre certificate change
changelog changes channel chapter chart chat check checkout checks child children choice city class clean clear click
client clients cloud cluster code codes collection color column command commands comment comments commit committee
common community company compare complete component components compute conclusion condition conditions conference
config configuration confirm connect connection console constant contact contacts container content contents context
continue contract contribute contributing contribution control controller controllers copy copyright core corporation
cost council count counter country county course cover create created creating creator credit critical current custom
customer customers dashboard data database date dates debug default defaults definition delete deliver delivery demo
department dependencies deploy deployment description design desktop detail details detector dev developer developers
development device devices diagram dialog diff digital direct direction director directory disable discussion disk
display distribution division doc docker docs document documentation documents domain double download draft drive
driver due edit edition editor education effect element email employee employees empty enable end endpoint engine
engineer engineering enter enterprise entity entry env environment error errors event events everyone example examples
exception execute exit expected experience export extension external extra fail failed failure family faq fast fatal
feature features federal feedback file files filter final finance financial fix fixed flow folder font food footer form
format forum foundation frame framework free friend front full function functions fund fur future gallery game games
gateway general generate getting global goal government graph group groups guide handler hardware header headers
health heap help hidden hint history home hook hospital host hotel hour hours human icon id idea image images import
important improve include index info information infrastructure init initial input insert install installation
installing instance institute instruction instructions insurance integer integration interface internal international
internet introduction invalid inventory invoice issue issues item items java job jobs join journal json kernel key
keyboard keys kind label lambda language languages latest layer layout lead learn learning legal letter level library
license licence limit limits line link links linux list lists live load loader local location lock log logger logging
login logout logs loop machine mail main maintenance manage management manager manual map market marketing markdown
master match matrix media medical meeting member members memory menu merge message messages metadata method methods
metrics middle military minister ministry minute minutes mobile mode model models module modules monitor month months
museum music name names nation national native network networks news newsletter node nodes normal note notes notice
notification notifications null number numbers object objects offer office officer officers official online operation
operator option optional options order orders organization origin outlook output overview owner pack package packages
panel parameter parameters parent part partner party password patch path patient payment payments people percent
performance period permission permissions person personal phone photo physical picture pipeline plan plans platform
player plugin plugins point points policy policies pool popular portal position power practice preface prefix premium
preparation prerequisites presentation president press preview primary principal print privacy private problem process
processor product production products profile program programming progress project projects property protocol
provider proxy public publish purchase purpose query question questions queue quick quote random range rate rating raw
readme ready real reason recent recommended record records red reference references refresh region register registry
related relational release releases remote remove render repeat replace reply report reports repository request
requests require required requirements research reset resource resources response rest restart result results return
returns review reviews right rights role roles root route router row rows rule rules runtime safe safety sale sales
sample save scan schedule schema school science scope score screen script scripts search secret section sections secure
security select selection self senior sensor series serial server servers service services session sessions setting
settings setup share shared sheet shell shop sign simple site size skills skip social society software solution source
space special spec specification sport staff stage standard star state statement states static station statistics
status step steps storage store stories story stream street string strong structure student students studio style
subject submit subscribe subscription success sum summary supply support supported surface survey switch symbol sync
syntax system systems table tables target task tasks tax team teams tech technical technology template templates
terminal terms test testing tests text theme theory thread ticket tickets time timeout timestamp title token tokens
tool tools top topic topics total tour track trade traffic training transaction transactions transfer transport travel
treaty true trust tutorial type types ultimate undefined union unit units universal university unknown update updated
updates upgrade upload url usage user username users utility val valid validation value values variable variables
vendor version versions video view views virtual visit visual voice void volume wait warn warning warnings watch water
week weeks weekly weight wiki window windows wizard word words work workflow working works workspace world write year
years zero zone
access adobe airflow alexa amazon android angular ansible apache apple arch asana atlas aurora azure babel bash bazel
bing bluetooth bootstrap cassandra celery chrome cisco confluence cors css dart debian delta django dropbox eclipse
elastic elixir erlang ethernet excel express facebook fedora figma firebase firefox flask flink flutter gemini gitea
github gitlab gmail google grafana gradle hadoop helm heroku html http https ibm instagram intel iphone jasper jenkins
jest jira jupyter kafka kibana kotlin kubernetes laravel latex linkedin linus lua mac maven microsoft mongo mysql
netflix nginx node numpy oracle outlook pandas paypal perl photoshop php pip postgres postgresql powerpoint prometheus
puppet pulsar pytest python pytorch quartz rabbit rails react redis redoubt rest ruby rust safari salesforce samsung
sap scala selenium sentry shopify signal slack solaris sparc sphinx spotify sql sqlite stripe swagger swift symfony
telegram tensorflow terraform tesla tor travis trello tux twitter typescript ubuntu unicode unix vagrant vault vim visa
vue webpack wordpress xcode yahoo yaml youtube zoom
mon tue tues wed thu thur thurs fri sat monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december
english french german spanish italian portuguese russian chinese japanese korean american british european asian african
indian canadian australian mexican dutch swedish polish turkish greek roman latin christian jewish muslim catholic
god jesus lord sir madam mister mr mrs ms miss dr prof captain colonel general judge senator
north south east west northern southern eastern western suite apt apartment floor flat room po box
inc ltd llc corp gmbh co plc ag sa bv nv oy ab pty
`;
