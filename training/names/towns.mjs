// Towns that are on no map: so that the tagger learns where towns stand and how they are formed, and not which there are.

const split = (text) => text.trim().split(/\s+/);

const ONSETS = split(
  'b br bl c ch cr d dr f fl fr g gl gr h hr hv j k kl kn kr l m mn n ny p pl pr qu r rh s sch sh sk sl sp st str sv t th tr tw v vr w x y z zh zw',
);
const VOWELS = split('a a a e e i i o o u u y á é í ó ö ø ü ä å æ ai au ei eu ie oa ou ua');
const CODAS = split(
  'b ck d g k l ll lm lt m mb n nd ng nn r rd rg rk rl rm rn rs s ss st t tt tz v x z č š ž ř ł ń ğ ş',
);
const ENDINGS =
  split(`borg borough bourg burg bury by cester combe dale dorf fjord ford forth gate grad ham hausen havn heim hof holm hurst ingen
  kirchen köping lahti lund mar mere minster mouth mäe näs nes ness pool rud sele stad stedt stein ston thorpe ton torp vaara vik ville wald wick worth
  a ac ago ano anz ara ari ate aux e ec ejo ella ello eni ero ești etta eux ia ice ico igny ilha ina inho ino ione ite iv ka ki ko la lo lovo mura na nec
  no nova o oa olo ona os ota ou ov ova ovce ovec ovo ów owice owo oz ões pils polis pur shi shima ska sko sti tepe to tsa tu u ulu une ura us uz vár
  ville wa wayo wil y yn zell áza ánd ín ö úr köy abad nagar falva háza järvi saari kulla`);
const BEFORE = [
  ...[
    'San',
    'Santa',
    'São',
    'Saint',
    'St',
    'St.',
    'Sankt',
    'Sant',
    'Sidi',
    'Ouled',
    'Ain',
    'Bir',
    'Tell',
    'Dar',
    'Deir',
    'Kfar',
  ],
  ...[
    'Nova',
    'Novo',
    'Nueva',
    'Nieuw',
    'New',
    'Old',
    'Stara',
    'Stará',
    'Velika',
    'Mala',
    'Gornja',
    'Dolní',
    'Horní',
    'Gamla',
    'Vanha',
  ],
  ...[
    'Ober',
    'Unter',
    'Bad',
    'Groß',
    'Klein',
    'Upper',
    'Lower',
    'Great',
    'Little',
    'North',
    'South',
    'East',
    'West',
    'Alto',
    'Alta',
  ],
  ...[
    'Vila',
    'Villa',
    'Castel',
    'Monte',
    'Ponte',
    'Puerto',
    'Port',
    'Porto',
    'Fort',
    'Cabo',
    'Playa',
    'Cité',
    'Kota',
    'Phu',
    'Hon',
  ],
  ...[
    'El',
    'La',
    'Le',
    'Les',
    'Las',
    'Los',
    'Al',
    'Den',
    'De',
    'Ho',
    'Mount',
    'Lake',
    'Point',
    'Isle of',
    'Ponta do',
    'Vale de',
  ],
];
const BEHIND = [
  ...[
    ' Nord',
    ' Sud',
    ' Nova',
    ' Alta',
    ' Baixo',
    ' do Sul',
    ' de Cima',
    ' del Río',
    ' del Mar',
    ' de los Llanos',
    ' dos Pinhais',
  ],
  ...[
    ' am See',
    ' an der Lahn',
    ' ob der Tauber',
    ' unter Wald',
    ' bei Linz',
    '-les-Bains',
    '-sur-Mer',
    '-sous-Bois',
    '-en-Velay',
  ],
  ...[
    ' Heights',
    ' Springs',
    ' Ridge',
    ' Falls',
    ' Junction',
    ' Beach',
    ' Bay',
    ' Creek',
    ' Park',
    '-on-Sea',
    ' upon Avon',
    ' Magna',
  ],
  ...[
    ' nad Vltavou',
    ' pod Lesom',
    ' pri Dravi',
    ' Wielkie',
    ' Mały',
    ' Polje',
    ' V',
    ' K',
    ' N',
    ' II',
    ' aan Zee',
    ' ved Fjorden',
  ],
];

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function syllables(random) {
  const syllable = () =>
    `${random.pick(ONSETS)}${random.pick(VOWELS)}${random.next() < 0.4 ? random.pick(CODAS) : ''}`;
  const stem = random.next() < 0.7 ? syllable() : syllable() + syllable();
  return random.next() < 0.15 ? `${random.pick(VOWELS)}${stem}` : stem;
}

const word = (random) => capital(`${syllables(random)}${random.next() < 0.85 ? random.pick(ENDINGS) : ''}`);

/** A town's name, of one word most often. */
export function inventedTown(random) {
  const style = random.next();
  if (style < 0.6) return word(random);
  if (style < 0.8) return `${random.pick(BEFORE)}${random.next() < 0.1 ? '-' : ' '}${word(random)}`;
  if (style < 0.94) return `${word(random)}${random.pick(BEHIND)}`;
  return random.next() < 0.5 ? `${word(random)} ${word(random)}` : `${word(random)}-${word(random)}`;
}
