/** Words that speak for or against types of data, by topic and language. Lower-case, whole words. */
type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt' | 'pl';

type Topic = Readonly<Record<Language, string>>;

const TOPICS = {
  birth: {
    en: 'born birth birthday birthdate dob yob',
    de: 'geboren geburt geburtstag geburtsdatum geb',
    fr: 'né née naissance ddn',
    es: 'nacido nacida nació nacimiento cumpleaños',
    it: 'nata nascita compleanno',
    nl: 'geboren geboorte geboortedatum verjaardag',
    pt: 'nascido nascida nasceu nascimento aniversário',
    pl: 'urodzony urodzona urodził urodziła urodzenia urodzin',
  },
  date: {
    en: 'date dates today expiry expires expiration expire issued admitted discharged deceased died',
    de: 'datum heute gültig ausgestellt verstorben ablaufdatum',
    fr: 'aujourd expire délivré délivrée décès décédé',
    es: 'fecha hoy caduca vence expedido fallecido fallecimiento vencimiento',
    it: 'oggi scade scadenza rilasciato deceduto emissione',
    nl: 'datum vandaag vervaldatum afgegeven overleden geldig',
    pt: 'hoje validade vencimento emitido falecido emissão',
    pl: 'dnia dzisiaj ważny wydany zmarł zmarła ważności',
  },
  notADate: {
    en: 'version versions release build chapter section figure ratio score page pages step steps part parts',
    de: 'version kapitel abschnitt abbildung seite seiten teil schritt verhältnis',
    fr: 'version chapitre section figure page pages partie étape',
    es: 'versión capítulo sección figura página páginas parte paso',
    it: 'versione capitolo sezione figura pagina pagine parte passo',
    nl: 'versie hoofdstuk sectie figuur pagina stap deel',
    pt: 'versão capítulo seção secção figura página páginas parte passo',
    pl: 'wersja rozdział sekcja rysunek strona strony część krok',
  },
  phone: {
    en: `phone phones telephone tel cell cellphone mobile mob fax call called calling dial text sms whatsapp contact reach
      ring hotline helpline office home extension ext messages answering`,
    de: `telefon telefonnummer tel handy handynummer mobil mobilnummer festnetz rufnummer durchwahl anrufen anruf ruf
      telefax erreichbar erreichen rückruf`,
    fr: 'téléphone téléphoner tél tel portable fixe appeler appelez joindre joignable télécopie',
    es: 'teléfono telefono tel tfno móvil movil celular llamar llame llámame fijo contacto',
    it: 'telefono tel cellulare cell chiamare chiama chiamami fisso recapito contatto',
    nl: 'telefoon telefoonnummer tel mobiel mobielnummer bellen bel gsm bereikbaar',
    pt: 'telefone telefones tel telemóvel celular ligar ligue fixo contacto contato',
    pl: 'telefon telefonu tel komórka komórkowy zadzwoń zadzwonić dzwonić kontakt faks',
  },
  notAPhone: {
    en: `version order invoice isbn issn doi serial tracking case ticket sku part model amount total price usd eur id uuid
      port pid timestamp ip zip postcode`,
    de: `bestellung bestellnummer rechnung rechnungsnummer auftrag auftragsnummer kundennummer artikel artikelnummer
      seriennummer betrag preis plz aktenzeichen vorgang`,
    fr: 'commande facture série colis dossier montant prix référence réf siret siren',
    es: 'pedido factura serie envío expediente importe precio referencia ref',
    it: 'ordine fattura serie spedizione pratica importo prezzo riferimento rif',
    nl: 'bestelling bestelnummer factuur factuurnummer serienummer zending dossier bedrag prijs klantnummer',
    pt: 'pedido encomenda fatura factura série processo valor preço referência ref',
    pl: 'zamówienie zamówienia faktura faktury seryjny przesyłka sprawa kwota cena',
  },
  card: {
    en: 'credit card cards debit maestro visa mastercard payment pan cc amex',
    de: 'kreditkarte kreditkartennummer karte kartennummer debitkarte girocard ec',
    fr: 'carte cartes bancaire bleue cb',
    es: 'tarjeta tarjetas crédito débito',
    it: 'carta carte credito bancomat',
    nl: 'creditcard creditcardnummer kaart kaartnummer pinpas bankpas betaalpas',
    pt: 'cartão cartões crédito débito',
    pl: 'karta karty kartę kredytowa kredytowej płatnicza płatniczej',
  },
  socialSecurity: {
    en: 'social security ssn ssns ssid ss taxpayer',
    de: 'sozialversicherungsnummer sozialversicherung',
    fr: 'sécurité sociale',
    es: 'seguro seguridad nss',
    it: 'previdenza sociale',
    nl: 'sofinummer',
    pt: 'segurança',
    pl: 'ubezpieczenia społecznego',
  },
  address: {
    en: 'ip ips ipv4 ipv6 address host server client gateway subnet cidr peer remote addr dns',
    de: 'adresse server rechner netz',
    fr: 'adresse serveur hôte passerelle',
    es: 'dirección servidor equipo',
    it: 'indirizzo server',
    nl: 'adres server',
    pt: 'endereço servidor',
    pl: 'adres serwer',
  },
  website: {
    en: 'url urls website websites site homepage web visit domain link blog page',
    de: 'webseite webseiten internetseite besuchen seite',
    fr: 'site lien visitez adresse',
    es: 'sitio página enlace visite visita',
    it: 'sito pagina link visita',
    nl: 'site website pagina bezoek',
    pt: 'sítio site página visite',
    pl: 'strona strony witryna odwiedź',
  },
} satisfies Record<string, Topic>;

/** All words of some topics, in all languages, parted by spaces. */
export function wordsOf(...topics: readonly (keyof typeof TOPICS)[]): string {
  return topics.flatMap((topic) => Object.values<string>(TOPICS[topic])).join(' ');
}
