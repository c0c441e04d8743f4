import type { Labelled } from './labelled.js';

/** Written beside the others and left alone: nothing was chosen by them. */
export const UNSEEN: readonly Labelled[] = [
  {
    text: `Patient leaflet: Nortavex 20 mg

Nortavex lowers high blood pressure. Take one tablet each morning with a glass of water, with or without food. If you forget a
dose, take it as soon as you remember, but never two at once. Common side effects are dry cough, headache and dizziness. See a
doctor at once if your face or tongue swells. Do not take Nortavex during pregnancy. Grapefruit juice makes it
stronger and should be avoided. Store it below 25 °C, out of the reach of children. The pack holds 30 tablets.`,
    questions: [
      ['What is Nortavex for?', 'Nortavex lowers'],
      ['When should I take the tablet?', 'Take one tablet'],
      ['What should I do when I forget a dose?', 'If you forget'],
      ['What are the common side effects?', 'Common side effects'],
      ['May I take it during pregnancy?', 'Do not take Nortavex'],
      ['At what temperature should it be stored?', 'Store it below'],
      ['How many tablets are in a pack?', 'The pack holds'],
      ['Can I drink grapefruit juice?', 'Grapefruit juice'],
      ['Which company makes Nortavex?', null],
      ['Can I take it with aspirin?', null],
      ['How much does a pack cost?', null],
      ['Is it suitable for dogs?', null],
    ],
  },
  {
    text: `Minutes of 12 June. Present: Amara Diallo, Tom Reyes, Lena Fischer. Tom reported that the warehouse in Lyon will open on 1
September. The move costs 180,000 euros, of which 60,000 are for racks. Lena asked for two more people in support, since tickets
have doubled since January. It was agreed to hire one now and to look again in October. Amara will write the advertisement by
Friday. The customer Halden complained about late deliveries; Tom calls them tomorrow. The next meeting is on 26 June at 2 p.m.`,
    questions: [
      ['When does the warehouse in Lyon open?', 'Tom reported'],
      ['How much does the move cost?', 'The move costs'],
      ['Why did Lena ask for more people in support?', 'Lena asked'],
      ['Who writes the advertisement?', 'Amara will write'],
      ['Which customer complained?', 'The customer Halden'],
      ['When is the next meeting?', 'The next meeting'],
      ['How many people will be hired now?', 'It was agreed'],
      ['What is the rent of the warehouse?', null],
      ['Who was absent?', null],
      ['What does Halden produce?', null],
      ['When does the office in Madrid close?', null],
    ],
  },
  {
    text: `The Kestrel is a two-person tent of 1.9 kg. It stands in five minutes with two poles. The outer sheet resists a water column of
3,000 mm. Two porches keep packs dry. Its packed size is 42 by 15 cm. Wash it by hand with lukewarm water and never in a
machine. Spare poles can be ordered for ten years. Returns are accepted within 100 days if the tent has not been used
outdoors. We ship to all of Europe within four working days.`,
    questions: [
      ['How heavy is the Kestrel?', 'The Kestrel is'],
      ['How many people does the tent hold?', 'The Kestrel is'],
      ['How long does it take to put the tent up?', 'It stands in'],
      ['Can I wash it in a machine?', 'Wash it by hand'],
      ['What is the packed size?', 'Its packed size'],
      ['How long can I order spare poles?', 'Spare poles'],
      ['Within how many days can I return the tent?', 'Returns are accepted'],
      ['How fast do you ship?', 'We ship'],
      ['What does the Kestrel cost?', null],
      ['Is there a version for four persons?', null],
      ['Which material is the floor made of?', null],
    ],
  },
  {
    text: `## Deploying

Run "make release" on the main branch; the pipeline builds the image and pushes it to the registry. Staging is updated at once,
production after somebody of the platform team has approved. A deployment takes about eight minutes. To roll back, run
"make rollback" with the number of the release. The database is migrated before the new version starts. Alerts go to the channel
#ops-alerts. Whoever is on call must answer within 15 minutes.

## Limits

The API takes 600 requests a minute for each key. Bodies may have up to 2 MB. Logs are kept for 14 days.`,
    questions: [
      ['How do I roll back a release?', 'To roll back'],
      ['Who has to approve a deployment to production?', 'Staging is updated'],
      ['How long does a deployment take?', 'A deployment takes'],
      ['When is the database migrated?', 'The database is migrated'],
      ['Where do alerts go?', 'Alerts go'],
      ['How many requests a minute does the API take?', 'The API takes'],
      ['How big may bodies be?', 'Bodies may have'],
      ['For how many days are logs kept?', 'Logs are kept'],
      ['Which cloud do we use?', null],
      ['How do I add a new user?', null],
      ['What is the password of the database?', null],
    ],
  },
  {
    text: `Marta Iversen (born 1931 in Tromsø, died 2004) was a Norwegian geologist. After her studies in Bergen she worked on Svalbard
for eleven summers. In 1967 she described the Iversen fault, which was later named after her. She taught at the University of
Oslo from 1972 until 1996. Her book "Ice and Stone" was translated into fourteen languages. In 1983 she was the first woman to
receive the Nansen Medal for geology. She lived with her husband, the painter Olav Lien, in a house by the fjord.`,
    questions: [
      ['Where was Marta Iversen born?', 'Marta Iversen (born'],
      ['When did Iversen die?', 'Marta Iversen (born'],
      ['Where did she study?', 'After her studies'],
      ['When did she describe the Iversen fault?', 'In 1967'],
      ['At which university did she teach?', 'She taught'],
      ['Into how many languages was her book translated?', 'Her book'],
      ['Which medal did she receive?', 'In 1983'],
      ['Who was her husband?', 'She lived with'],
      ['How many children did she have?', null],
      ['Which instrument did she play?', null],
      ['Who paid for the expedition to Greenland?', null],
    ],
  },
];
