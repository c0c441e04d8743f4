/** Forms of address, lower-cased and without their full stop. */
export const TITLE_WORDS = `
mr mrs ms miss mx dr prof professor sir madam dame lord lady mister missus herr frau fräulein monsieur madame mme mlle
mademoiselle señor señora señorita sr sra srta signor signora sig dott dottor dottoressa doctor rev reverend father rabbi imam
capt captain col colonel lt lieutenant sgt sergeant maj major gen general hon justice senator mevrouw meneer mevr dhr pan pani
senhor senhora dom dona monsignor sheikh princess prince king queen`;

/** Nationalities, peoples, faiths and parties, as adjectives and in the plural. */
export const GROUP_WORDS = `
afghan afghans albanian albanians algerian algerians american americans andorran angolan angolans argentine argentinian
argentinians armenian armenians australian australians austrian austrians azerbaijani azeri bahamian bahraini bangladeshi
bangladeshis barbadian belarusian belarusians belgian belgians belizean beninese bhutanese bolivian bolivians bosnian bosnians
botswanan brazilian brazilians british briton britons bruneian bulgarian bulgarians burkinabe burmese burundian cambodian cambodians
cameroonian canadian canadians chadian chilean chileans chinese colombian colombians congolese croatian croatians croat croats
cuban cubans cypriot cypriots czech czechs danish dane danes djiboutian dominican dominicans dutch ecuadorian ecuadorians egyptian
egyptians emirati emiratis english englishman eritrean estonian estonians ethiopian ethiopians fijian filipino filipinos finnish finn
finns french frenchman gabonese gambian georgian georgians german germans ghanaian ghanaians greek greeks grenadian guatemalan
guatemalans guinean guyanese haitian haitians honduran hondurans hungarian hungarians icelandic icelander icelanders indian indians
indonesian indonesians iranian iranians iraqi iraqis irish irishman israeli israelis italian italians ivorian jamaican jamaicans
japanese jordanian jordanians kazakh kazakhs kenyan kenyans korean koreans kosovar kuwaiti kuwaitis kyrgyz laotian latvian latvians
lebanese liberian liberians libyan libyans liechtensteiner lithuanian lithuanians luxembourger macedonian macedonians malagasy
malawian malaysian malaysians maldivian malian maltese mauritanian mauritian mexican mexicans moldovan moldovans monegasque
mongolian mongolians montenegrin moroccan moroccans mozambican namibian nepali nepalese dutchman nicaraguan nicaraguans nigerian
nigerians nigerien norwegian norwegians omani omanis pakistani pakistanis palauan palestinian palestinians panamanian panamanians
paraguayan paraguayans peruvian peruvians polish pole poles portuguese qatari qataris romanian romanians russian russians rwandan
rwandans salvadoran samoan saudi saudis scottish scot scots senegalese serbian serbians serb serbs singaporean singaporeans slovak
slovaks slovenian slovenians slovene slovenes somali somalis spanish spaniard spaniards sudanese surinamese swazi swedish swede swedes
swiss syrian syrians taiwanese tajik tanzanian tanzanians thai thais tibetan tibetans togolese tongan trinidadian tunisian tunisians
turkish turk turks turkmen ugandan ugandans ukrainian ukrainians uruguayan uruguayans uzbek uzbeks venezuelan venezuelans vietnamese
welsh welshman yemeni yemenis zambian zambians zimbabwean zimbabweans european europeans african africans asian asians arab arabs
arabic basque catalan kurdish kurd kurds roma hispanic latino latina latinos caucasian
christian christians catholic catholics protestant protestants lutheran lutherans anglican anglicans methodist methodists baptist
baptists presbyterian presbyterians evangelical evangelicals mormon mormons quaker quakers orthodox muslim muslims sunni sunnis shia
shiite shiites islamic jewish jew jews judaism hindu hindus buddhist buddhists sikh sikhs jain jains bahai taoist atheist atheists
agnostic chechen chechens tatar tatars uyghur uyghurs inuit maori tamil tamils punjabi bengali sindhi gujarati zulu xhosa hausa igbo yoruba
berber berbers kabyle sami breton corsican sicilian bavarian tyrolean flemish walloon navajo cherokee mayan quechua pentecostal adventist pagan
democrat democrats democratic republican republicans conservative conservatives liberal liberals labour socialist socialists communist
communists libertarian libertarians tory tories whig marxist
deutsch deutsche deutscher deutschen französisch französische spanisch spanische italienisch italienische türkisch türkische
katholisch evangelisch muslimisch jüdisch français française allemand allemande espagnol espagnole italien italienne catholique
musulman musulmane juif juive español española alemán alemana francés francesa italiano italiana católico católica musulmán judío
tedesco tedesca francese spagnolo spagnola cattolico cattolica nederlands nederlandse duits duitse katholiek português portuguesa
alemão alemã católico polski polska niemiecki niemiecka katolik`;

/** Words of streets' names, in front, behind or by themselves. */
export const STREET_WORDS = `
street st road rd avenue ave av boulevard blvd lane ln drive dr court ct place pl square sq way terrace trail trl parkway pkwy circle
cir crescent close highway hwy route alley plaza row walk mews grove gardens gdns green hill heights mount path pike loop run ridge
rise quay wharf bypass expressway freeway turnpike crossing view vista rue allée allee impasse chemin quai cours passage chaussée via
viale corso piazza piazzale largo vicolo strada calle avenida avda carrer paseo plaza camino carretera ronda rambla rua travessa
estrada alameda praça straße strasse str weg platz gasse allee ring damm ufer steig stieg chaussee straat laan plein gracht kade
singel dreef ulica ul aleja al plac os osiedle utca út tér körút vej gade allé plads gata gatan vägen väg vei veien katu tie kuja polku
náměstí ulice třída trg cesta bulevar strada bulevardul odos leoforos sokak caddesi cadde mahallesi`;

/** Words before the number of a flat, a floor or a box. */
export const UNIT_WORDS = `
apt apartment suite ste unit flat floor fl room rm bldg building block box po p.o postfach apartado casella postale bp postbus
skrytka zip postcode postal plz cap psc apo fpo dpo etage stock stiege top wohnung piso puerta portal escalera interno scala lokal mieszkanie m appt appartement bâtiment`;

/** Words that end or make the name of an organization. */
export const ORGANIZATION_WORDS = `
inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh ag kg ohg kgaa ug se sa sas sarl eurl sl slu srl spa snc
bv nv vof oy oyj ab aps as asa sp zoo pty pte group holding holdings partners associates ventures capital bank banco banque banca
sparkasse trust fund foundation institute university college school academy hospital clinic klinik krankenhaus hôpital hospital
ospedale ministry department agency commission council committee union association federation society club team orchestra museum
library church parish court airlines airways motors industries systems technologies solutions services consulting logistics
pharmaceuticals laboratories insurance versicherung assurance seguros universität université universidad università universiteit
hochschule ministerium ministère ministerio gericht tribunal amtsgericht landgericht`;

/** Names of months and weekdays in the languages of the product, where they are no names of people. */
export const CALENDAR_WORDS = `
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun januar februar märz mai juni juli
oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag janvier février mars avril juin juillet août
septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo gennaio febbraio aprile maggio
giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica januari februari maart mei augustus
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
segunda terça quarta quinta sexta stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
poniedziałek wtorek środa czwartek piątek sobota niedziela`;

/** Abbreviations of states and provinces. */
export const STATE_CODES = `
al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt
va wa wv wi wy dc ab bc mb nb nl ns nt nu on pe qc sk yt nsw vic qld tas act`;

/** Abbreviations and words of trades that are written in capitals and name nobody. */
export const TERMS = `
atm ceo ceos cfo cto coo cio vp hr pr it ai ml faq faqs pdf csv xml sms mms pin tan otp cvv cvc dob dvd cd tv tvs pc pcs usb hdmi wifi gps sim led lcd
gdp roi kpi kpis okr eta asap fyi btw lol omg wtf imo imho afaik rsvp nda nda's vat tva iva mwst ust iban bic swift sepa ach ein tin ssn nhs nino dna
rna mri ct ecg ekg eeg icu er or iv bp hr bmi copd hiv aids covid who un eu nato api apis sdk ide cli gui url urls uri http https html css js ts sql
json yaml jwt ssl tls tcp udp ip dns vpn ssh ftp cpu gpu ram rom ssd hdd raid nas os ios id ids uuid utc gmt cet cest est pst am pm bc ad ce bce km
kg mg ml cm mm mph kmh kwh hz mhz ghz mb gb tb kb aka etc eg ie vs pp vol nr tel fax mob ext attn cc bcc re fw fwd ps nb tbd tbc tba na qa qc po rfq
rfp rma sku upc isbn issn doi pmid hipaa gdpr ccpa pci dss iso ansi din en iec ieee rfc w3c mvp poc crm erp saas paas iaas b2b b2c seo sem ctr cpc
mba phd bsc msc ba ma md rn dds llm jd bot agent user caller operator customer client guest hotel flight invoice receipt ticket`;
