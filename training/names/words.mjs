// Lists that no library has in this form.
export const TITLES =
  `Mr. Mr Mrs. Mrs Ms. Ms Miss Dr. Dr Prof. Prof Sir Madam Lord Lady Rev. Rev Herr Frau Monsieur Madame Mme Mlle M. Señor Señora Sr. Sra. Don
Doña Signor Signora Sig. Sig.ra Dott. Dott.ssa Doctor Professor Mevrouw Meneer Dhr. Mevr. Pan Pani Senhor Senhora Dona Capt. Captain Judge Justice Father
Sister Officer Sgt. Lt. Col. Gen. Hon. Dame Mx. mr. mrs. dr. MR. DR.`
    .split(/\s+/)
    .concat(['Prof. Dr.', 'Herr Dr.', 'Frau Dr.', 'Mr', 'Mrs', 'Ms.', 'Dr.', 'Mr.', 'Mrs.']);

export const NATIONS =
  `Afghan Albanian Algerian American Angolan Argentine Argentinian Armenian Australian Austrian Azerbaijani Bahraini Bangladeshi Belarusian
Belgian Bolivian Bosnian Brazilian British Bulgarian Burmese Cambodian Cameroonian Canadian Chilean Chinese Colombian Congolese Croatian Cuban Cypriot Czech
Danish Dominican Dutch Ecuadorian Egyptian English Eritrean Estonian Ethiopian Fijian Filipino Finnish French Gambian Georgian German Ghanaian Greek Guatemalan
Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kenyan Korean Kuwaiti
Laotian Latvian Lebanese Liberian Libyan Lithuanian Macedonian Malaysian Maltese Mexican Moldovan Mongolian Moroccan Namibian Nepalese Nepali Nicaraguan Nigerian
Norwegian Omani Pakistani Palestinian Panamanian Paraguayan Peruvian Polish Portuguese Qatari Romanian Russian Rwandan Saudi Scottish Senegalese Serbian
Singaporean Slovak Slovenian Somali Spanish Sudanese Swedish Swiss Syrian Taiwanese Tanzanian Thai Tibetan Tunisian Turkish Ugandan Ukrainian Uruguayan Uzbek
Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean European African Asian Arab Basque Catalan Kurdish Hispanic Latino Christian Catholic Protestant Lutheran
Anglican Methodist Baptist Presbyterian Evangelical Mormon Quaker Orthodox Muslim Sunni Shia Jewish Hindu Buddhist Sikh Jain atheist Democrat Republican
Conservative Liberal Labour Socialist Communist`
    .split(/\s+/)
    .concat([
      'South African',
      'South Korean',
      'North Korean',
      'Sri Lankan',
      'New Zealander',
      'Costa Rican',
      'Puerto Rican',
      'Native American',
      'Greek Orthodox',
      'Roman Catholic',
      'African American',
      'Saudi Arabian',
    ]);

const PLURALS = {
  Danish: 'Danes',
  Dutch: 'Dutchmen',
  Swedish: 'Swedes',
  Polish: 'Poles',
  Finnish: 'Finns',
  Spanish: 'Spaniards',
  Turkish: 'Turks',
  British: 'Britons',
  Scottish: 'Scots',
  Icelandic: 'Icelanders',
  Arab: 'Arabs',
  Jewish: 'Jews',
  Kurdish: 'Kurds',
  Serbian: 'Serbs',
  Croatian: 'Croats',
  Czech: 'Czechs',
  Filipino: 'Filipinos',
  Latino: 'Latinos',
  Afghan: 'Afghans',
  Uzbek: 'Uzbeks',
  Slovak: 'Slovaks',
};
const UNCHANGED = /(?:ese|ish|ench|elsh|wiss)$/;
export const PEOPLES = NATIONS.filter(
  (word) => PLURALS[word] ?? (!UNCHANGED.test(word) && !word.includes(' ')),
).map((word) => PLURALS[word] ?? (word.endsWith('s') ? word : `${word}s`));

export const REGIONS =
  `Europe Asia Africa Scandinavia Bavaria Tuscany Provence Normandy Brittany Andalusia Catalonia Lombardy Sicily Sardinia Corsica Crete
Saxony Silesia Moravia Bohemia Galicia Patagonia Siberia Anatolia Kurdistan Kashmir Punjab Bengal Borneo Sumatra Java Bali Okinawa Hokkaido Tasmania Queensland Yorkshire
Cornwall Kent Devon Ulster Connacht Flanders Wallonia Friesland Jutland Zealand Lapland Karelia Crimea Donbas Transylvania Wallachia Dalmatia Istria Thrace
Macedonia Anatolia Darfur Katanga Sahara Sahel Maghreb Levant Amazonia Antarctica Oceania Polynesia Brooklyn Manhattan Queens Harlem Soho Camden Hackney
Montmartre Kreuzberg Neukölln Trastevere Manhattan Westminster Chelsea Mayfair Midlothian Highlands Midlands Danube Rhine Thames Seine Elbe Oder Vistula Loire Rhône
Tiber Ebro Tagus Volga Dnieper Ganges Indus Mekong Yangtze Nile Niger Zambezi Amazon Orinoco Mississippi Missouri Hudson Yukon Alps Pyrenees Andes Himalayas
Carpathians Caucasus Urals Apennines Rockies`
    .split(/\s+/)
    .concat([
      'Lake Constance',
      'Lake Garda',
      'Lake Tahoe',
      'the Black Forest',
      'the Middle East',
      'Eastern Europe',
      'Western Australia',
      'North Africa',
      'Central America',
      'South East Asia',
      'the Baltic',
      'the Adriatic',
      'Mount Kenya',
      'Mont Blanc',
      'Ben Nevis',
      'the Lake District',
      'the Bay of Bengal',
      'the Costa Brava',
      'Upper Austria',
      'Lower Saxony',
      'Bay Area',
      'Staten Island',
      'Long Island',
      'the Isle of Wight',
      'Tierra del Fuego',
      'the Canary Islands',
      'Gran Canaria',
      'Prenzlauer Berg',
      'Notting Hill',
      'the Bronx',
      'Silicon Valley',
      'the West Bank',
      'Gaza Strip',
      'New England',
      'Hong Kong Island',
    ]);
