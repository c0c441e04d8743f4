import type { Labelled } from './labelled.js';

/** What thresholds and word lists were chosen by. */
export const KNOWN: readonly Labelled[] = [
  {
    text: `# Brake pads BP1087

The brake pads BP1087 fit the Honda Civic from 2016 to 2021. They come in sets of four and cost 38.50 EUR with VAT. Each pad is
made of ceramic and weighs 310 g. We guarantee them for 24 months or 40,000 km, whichever comes first. Do not use them on
vehicles with drum brakes.

## Fitting

1. Loosen the wheel nuts and lift the car.
2. Remove the two bolts of the caliper with a 14 mm wrench.
3. Tighten the bolts to 35 Nm afterwards.

New pads need about 300 km until they brake at their best.`,
    questions: [
      ['What cars do the BP1087 pads fit?', 'The brake pads BP1087 fit'],
      ['How much do the brake pads cost?', 'They come in sets of four and cost'],
      ['How many pads are in a set?', 'They come in sets of four'],
      ['What are the pads made of?', 'Each pad is'],
      ['How heavy is one pad?', 'Each pad is'],
      ['How long is the warranty on the pads?', 'We guarantee them'],
      ['To what torque should I tighten the bolts?', 'Tighten the bolts'],
      ['Which wrench do I need for the caliper bolts?', 'Remove the two bolts'],
      ['Can I use them with drum brakes?', 'Do not use them'],
      ['How far do I have to drive until new pads brake at their best?', 'New pads need'],
      ['What color are the brake pads?', null],
      ['Do the pads fit a Toyota Corolla?', null],
      ['Who manufactures the pads?', null],
      ['In which country is the warehouse?', null],
    ],
  },
  {
    text: `The Veldmark Library was founded in 1887 by the merchant Johan Brandt. Its reading room seats 240 people and is lit from above
by a glass dome. In 1944 a fire destroyed a third of the collection, among it the only copy of Brandt's diary. Rebuilding began
in 1951 under the architect Ilse Moreau. The library reopened on 3 May 1958. Today it holds 1.2 million books and about
9,000 manuscripts. Members pay 20 euros a year; students and children pay nothing. It is open from 9 a.m. to 8 p.m. on weekdays
and closed on Mondays.`,
    questions: [
      ['Who founded the Veldmark Library?', 'The Veldmark Library was founded'],
      ['When was the library founded?', 'The Veldmark Library was founded'],
      ['How many people can sit in the reading room?', 'Its reading room seats'],
      ['What did the fire of 1944 destroy?', 'In 1944 a fire'],
      ['Who was the architect of the rebuilding?', 'Rebuilding began'],
      ['When did the library reopen?', 'The library reopened'],
      ['How many manuscripts does the library hold?', 'Today it holds'],
      ['What do students pay?', 'Members pay'],
      ['When is it open on weekdays?', 'It is open'],
      ['Who is the director of the library today?', null],
      ['How did the fire start?', null],
      ['Does the library lend e-books?', null],
      ['What is the telephone number of the library?', null],
    ],
  },
  {
    text: `Employees have 28 days of paid holiday a year, which they request in the portal at least two weeks ahead. Up to five days may be
carried over and must be taken by 31 March. Whoever is ill informs their manager before 10 a.m. and hands in a doctor's note
from the third day on. Working from home is possible on two days a week with the consent of the team. Expenses are refunded
when receipts are handed in within 60 days. Business trips are booked by Ms. Okafor (travel@example.com). The probation period
lasts six months, during which either side may give notice of two weeks.`,
    questions: [
      ['How many days of holiday do employees have?', 'Employees have 28 days'],
      ['Until when must days that are carried over be taken?', 'Up to five days'],
      ["From which day on do I need a doctor's note?", 'Whoever is ill'],
      ['On how many days a week can I work from home?', 'Working from home'],
      ['When are expenses refunded?', 'Expenses are refunded'],
      ['Who books business trips?', 'Business trips are booked'],
      ['How long does the probation period last?', 'The probation period'],
      ['How many weeks of parental leave are there?', null],
      ['Is there a company car?', null],
      ['Who is the head of personnel?', null],
      ['What is the salary of a trainee?', null],
    ],
  },
  {
    text: `Frequently asked questions

How do I reset my password?
Click "Forgotten" on the login page and follow the link that we mail you. The link works for 30 minutes.

Can I change my plan later?
Yes, at any time under Billing. A smaller plan holds from the next month on.

Where is my data stored?
On servers in Frankfurt and Dublin. Backups are encrypted and kept for 35 days.

What happens when I cancel?
Your account stays readable until the end of the month that you have paid for.`,
    questions: [
      ['How can I reset my password?', 'Click "Forgotten"'],
      ['How long does the link work?', 'The link works'],
      ['Can I change my plan?', 'Yes, at any time'],
      ['Where do you store my data?', 'On servers in Frankfurt'],
      ['How long are backups kept?', 'Backups are encrypted'],
      ['What happens if I cancel my account?', 'Your account stays'],
      ['Do you offer a discount for schools?', null],
      ['Can I pay by PayPal?', null],
      ['How do I delete a project?', null],
    ],
  },
  {
    text: `Grey herons hunt alone in shallow water, standing still for minutes until a fish comes near. They eat fish, frogs and
mice, and now and then the chick of a duck. A pair builds its nest high in a tree, often in a colony of dozens. The female lays three to
five pale blue eggs in March. Both parents sit on the eggs for 26 days. The young fly after seven weeks. Most
herons stay through the winter unless lakes freeze over. The oldest bird that was ringed reached 37 years.`,
    questions: [
      ['What do herons eat?', 'They eat fish'],
      ['Where do herons build their nests?', 'A pair builds'],
      ['How many eggs does the female lay?', 'The female lays'],
      ['For how long do the parents sit on the eggs?', 'Both parents sit'],
      ['When can the young fly?', 'The young fly'],
      ['How old was the oldest heron?', 'The oldest bird'],
      ['How fast do herons fly?', null],
      ['What is the wingspan of a heron?', null],
      ['Which diseases do herons carry?', null],
    ],
  },
];
