// Names of organizations: made up from parts, as companies do.
import { anyLocale, fakerOf, latinLocale, listOf } from './locales.mjs';

const HEADS =
  `Nova Blue North Red Green Silver Bright First United Global Royal Iron Summit Quantum Urban Prime Alpha Delta Pacific Atlantic Alpine
Cedar Falcon Lion Eagle Harbor River Stone Golden Crystal Solar Lunar Clear Open Smart Rapid True Noble Grand Metro Inter Trans Pan Euro Medi Agri
Aero Hydro Bio Geo Neuro Cardio Tele Micro Nano Info Data Cyber Digi Net Cloud Code Logic Pixel Vector Matrix Sigma Omega Zenith Apex Vertex Nexus
Orbit Pulse Spark Flux Vivid Lumen Aura Terra Aqua Ignis Ventus Fero Kala Mira Tova Zeta Luma Veri Opti Omni Acti Senti Cogni Civi Ento Hexa Octo
Riva Sana Vita Pura Calda Monti Carta Fides Lex Pax Dura Forta Belle Casa Ponte Stella Marea Volta Kronos Atlas Helios Titan Orion Phoenix Griffin
Birch Maple Willow Oakwood Elmwood Ashford Kingsway Fairview Lakeside Hillcrest Brookfield Northgate Westbridge Eastport Southfield Millhouse`.split(
    /\s+/,
  );
const TAILS =
  `soft tech net works ware labs data gen dyne corp tron tek med care pharm line link path point base bridge field port gate way house
scape sense view vision wave light fire stream cast mind metrics stat logic graph grid node stack forge craft smith mark ly ify io eo ia ix ex on us
ium ara ora ena ova inex entis alis oria ista ando ello etti eon ade ware share pool trust pay cash fund wise bank well fit food farm foods bio`.split(
    /\s+/,
  );
const FIELDS =
  `Capital Partners Consulting Solutions Systems Logistics Insurance Motors Foods Energy Media Analytics Research Software Robotics Pharma
Airlines Travel Security Textiles Holdings Ventures Bank Credit Trust Advisors Design Studios Games Networks Dynamics Instruments Materials Mining
Shipping Publishing Records Pictures Brewery Bakery Pharmacy Dental Legal Properties Estates Builders Plumbing Electric Tools Furniture Fashion Shoes
Cosmetics Outfitters Sports Fitness Coffee Tea Wines Dairy Seeds Farms Fisheries Timber Paper Steel Chemicals Plastics Glass Cement Optics Health
Diagnostics Therapeutics Genomics Imaging Labs Interactive Technologies Digital Group International Worldwide Services Supplies Express Market
Stores Outlet Exchange Index Data Explorer Reports Review Times Post Herald Gazette Tribune Chronicle Daily News Radio Television Broadcasting`.split(
    /\s+/,
  );
const FORMS =
  `Inc Inc. Ltd Ltd. LLC LLP Corp Corp. Corporation Company Co. plc PLC GmbH AG KG SE S.A. SA SARL SAS S.p.A. S.r.l. B.V. N.V. AB A/S ApS
Oy Sp. z o.o. s.r.o. Kft. d.o.o. Pty Ltd Limited Group & Co. & Sons Brothers Associates Partners Holding`.split(
    /\s+(?!Ltd|z|o\.o|Co|Sons)/,
  );
const HEALTH = [
  'General Hospital',
  'Medical Center',
  'Clinic',
  'Memorial Hospital',
  'Children’s Hospital',
  'Health Centre',
  'Hospice',
  'Surgery',
  'Nursing Home',
  'Dialysis Centre',
  'Rehabilitation Center',
  'Infirmary',
];
const LEARNING = [
  'High School',
  'Elementary School',
  'Academy',
  'College',
  'Grammar School',
  'Primary School',
  'Montessori School',
  'Technical School',
  'Kindergarten',
  'Secondary School',
];
const COURTS = [
  'District Court',
  'County Court',
  'High Court',
  'Court of Appeal',
  'Superior Court',
  'Magistrates’ Court',
  'Family Court',
  'Circuit Court',
  'Labour Court',
];
const CLUBS = [
  'FC',
  'United',
  'Rovers',
  'City',
  'Athletic',
  'Rowing Club',
  'Chess Club',
  'Tennis Club',
  'Tigers',
  'Bears',
  'Hawks',
  'Symphony Orchestra',
  'Choir',
  'Lodge',
  'Football Club',
  'Wanderers',
  'Book Club',
  'Cycling Club',
];
const OFFICES = [
  'Ministry of',
  'Department of',
  'Office of',
  'Bureau of',
  'Federal Agency for',
  'Commission for',
  'Directorate of',
];
const MATTERS = [
  'Health',
  'Justice',
  'Finance',
  'the Interior',
  'Foreign Affairs',
  'Education',
  'Transport',
  'Labour',
  'Agriculture',
  'Defence',
  'Housing',
  'Immigration',
  'Social Security',
  'Statistics',
  'Migration',
  'Culture',
  'Trade',
  'Environment',
];
const LETTERS = 'ABCDEFGHIKLMNOPRSTUVW';
const NATIVE = {
  hospital: [
    'Klinikum {c}',
    'Universitätsklinikum {c}',
    'Hôpital Saint-{f}',
    'Hospital de {c}',
    'Ospedale di {c}',
    'Ziekenhuis {c}',
    'Hospital Universitario de {c}',
    'Szpital Miejski w {c}',
    'Kreiskrankenhaus {c}',
    'CHU de {c}',
  ],
  school: [
    '{l}-Gymnasium',
    'Lycée {f} {l}',
    'Grundschule {c}',
    'Colegio {f} {l}',
    'Liceo {l}',
    'Basisschool {c}',
    'Escola {f} {l}',
  ],
  university: [
    'University of {c}',
    '{c} University',
    'Universität {c}',
    'Université de {c}',
    'Universidad de {c}',
    'Università di {c}',
    '{c} Institute of Technology',
    '{l} University',
    'Technische Universität {c}',
    'TU {c}',
    '{c} State University',
    'Universiteit {c}',
    '{c} State',
    'Uniwersytet w {c}',
  ],
  court: [
    'Amtsgericht {c}',
    'Landgericht {c}',
    'Tribunal de grande instance de {c}',
    'Tribunale di {c}',
    'Juzgado de {c}',
    'Rechtbank {c}',
    'Sąd Rejonowy w {c}',
    'Oberlandesgericht {c}',
  ],
  ministry: [
    'Bundesministerium für Gesundheit',
    'Ministère de la Justice',
    'Ministerio de Sanidad',
    'Ministero della Salute',
    'Finanzamt {c}',
    'Stadt {c}',
    'City of {c}',
    'County of {c}',
    '{c} City Council',
    'Ayuntamiento de {c}',
    'Mairie de {c}',
    'Gemeente {c}',
    'Urząd Miasta {c}',
    'Jugendamt {c}',
    '{c} Police Department',
  ],
  club: ['FC {c}', 'SV {c}', '{c} FC', 'Real {c}', 'AC {c}', 'TSV {c}', 'Club {c}', 'RC {c}', '1. FC {c}'],
};

const surname = (random) => fakerOf(latinLocale(random), random).person.lastName();
const given = (random) => fakerOf(latinLocale(random), random).person.firstName();
const town = (random) => {
  const locale = latinLocale(random);
  const cities = listOf(locale, 'location', 'city_name');
  return random.pick(cities.length > 0 ? cities : listOf('en', 'location', 'city_name'));
};
const acronym = (random) =>
  Array.from({ length: 2 + random.below(3) }, () => LETTERS[random.below(LETTERS.length)]).join('');
const coined = (random) => {
  const joined = `${random.pick(HEADS)}${random.pick(TAILS)}`;
  const style = random.below(10);
  if (style === 0) return joined.toUpperCase();
  if (style === 1)
    return `${joined}.com`.replace('.com', random.pick(['com', 'net', 'io', 'app', '.com', '.io']));
  if (style === 2) return `${random.pick(HEADS)}${random.pick(HEADS)}`;
  return joined;
};
const native = (random, kind) =>
  random
    .pick(NATIVE[kind])
    .replace('{c}', () => town(random))
    .replace('{f}', () => given(random))
    .replace('{l}', () => surname(random));

/** A company's name of any locale; rows of family names, which are people's as often, only now and then. */
function companyName(random) {
  const name = fakerOf(anyLocale(random), random).company.name();
  return /,| and | und | y | e | et | - /.test(name) && random.next() < 0.85
    ? `${surname(random)} ${random.pick(FORMS)}`
    : name;
}

const SHORT = [
  coined,
  coined,
  (r) => `${r.pick(HEADS)} ${r.pick(FIELDS)}`,
  (r) => `${coined(r)} ${r.pick(FIELDS)}`,
  (r) => `${surname(r)} ${r.pick(FIELDS)}`,
  (r) => `${surname(r)} & ${surname(r)}`,
  (r) => `${surname(r)}-${surname(r)}`,
  acronym,
  (r) => `${acronym(r)} ${r.pick(FIELDS)}`,
  (r) => `${town(r)} ${r.pick(FIELDS)}`,
  (r) =>
    `The ${r.pick(HEADS)} ${r.pick(['Company', 'Group', 'Fund', 'Store', 'Collective', 'Project', 'Foundation', 'Institute'])}`,
  (r) => `${r.pick(FIELDS)} ${r.pick(['for', 'of', 'and', 'to', '&'])} ${r.pick(FIELDS)}`,
  (r) => `${r.pick(HEADS)} ${r.pick(HEADS)}`,
  (r) => `${r.pick(HEADS)} ${r.pick(HEADS)} ${r.pick(FIELDS)}`,
  (r) => `${given(r)}'s ${r.pick(FIELDS)}`,
  (r) => companyName(r),
];

export const organization = (random) => random.pick(SHORT)(random);
export const longOrganization = (random) =>
  random.next() < 0.3 ? companyName(random) : `${organization(random)} ${random.pick(FORMS)}`;
export const hospital = (random) =>
  random.next() < 0.5
    ? native(random, 'hospital')
    : `${random.pick([town, surname, (r) => `St. ${given(r)}'s`, (r) => r.pick(HEADS)])(random)} ${random.pick(HEALTH)}`;
export const school = (random) =>
  random.next() < 0.4
    ? native(random, 'school')
    : `${random.pick([town, surname, (r) => r.pick(HEADS)])(random)} ${random.pick(LEARNING)}`;
export const university = (random) => native(random, 'university');
export const court = (random) =>
  random.next() < 0.5 ? native(random, 'court') : `${town(random)} ${random.pick(COURTS)}`;
export const club = (random) =>
  random.next() < 0.5 ? native(random, 'club') : `${town(random)} ${random.pick(CLUBS)}`;
export const ministry = (random) =>
  random.next() < 0.5 ? native(random, 'ministry') : `${random.pick(OFFICES)} ${random.pick(MATTERS)}`;
