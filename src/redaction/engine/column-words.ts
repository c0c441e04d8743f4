/** What people call columns and fields, in eight languages, lower-cased. */
export const COLUMN_WORDS = new Set(
  `id uid uuid key no nr number name names firstname lastname fullname surname forename title gender sex age birthday birth
   born dob date time datetime timestamp created updated year month day email mail phone telephone tel mobile fax
   cell address street city town state province region country zip zipcode postcode postal code ssn iban bic account
   card bank currency amount price cost total sum balance value quantity qty count status type category group role
   company organization organisation department job user username login password token secret url website link ip
   mac host description comment comments note notes message text subject label tag tags language locale latitude
   longitude lat lon lng product order item customer client patient member employee owner
   nachname vorname geburtsdatum geburtstag datum adresse anschrift straße strasse hausnummer ort stadt land plz telefon
   telefonnummer handy mobil kunde kundennummer betrag bemerkung geschlecht alter firma konto
   nom prénom prenom naissance téléphone courriel ville pays montant client sexe société entreprise rue
   nombre apellido apellidos fecha nacimiento dirección direccion ciudad país teléfono telefono correo importe cliente
   móvil provincia empresa sexo edad
   nome cognome data nascita indirizzo città telefono cellulare provincia importo azienda sesso
   naam voornaam achternaam geboortedatum adres straat plaats woonplaats telefoon telefoonnummer mobiel bedrag klant
   sobrenome apelido nascimento endereço morada cidade telefone telemóvel celular valor
   imię imie nazwisko urodzenia adres miasto ulica kod numer kwota klient firma komórka płeć wiek`.split(
    /\s+/,
  ),
);

export const isColumnWord = (word: string): boolean => COLUMN_WORDS.has(word);
