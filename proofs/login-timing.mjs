// npm run proof:login-timing — an unknown account and a wrong password cannot be told apart by the time of the answer.
import { addressOf, emailOf, LoginClient, registerPeople } from '../bench/logins-load.mjs';
import { decimals } from '../bench/report.mjs';
import { median, quantile } from '../bench/statistics.mjs';
import { isMain, runProof } from './frame.mjs';

/** Above it a difference counts as shown, as in leakage tests of cryptography (TVLA, dudect). */
const MOST_T = 4.5;
const MOST_PEOPLE = 200;
const WARM_UP = 100;

const ABOUT = `One API process. Logins one at a time over one connection: for an account with a wrong password, and for an
address that is nobody's, in pairs whose order is drawn; every login from another client address, so that nothing is
delayed. Up to ${MOST_PEOPLE} accounts take turns; every unknown address is new, and as long as a known one. The first
${WARM_UP} pairs do not count.

Welch's t and the ranks (Mann-Whitney, as z) are taken of all times below the 95th percentile of both together, as
dudect does, since what the machine adds now and then hides small differences. The promise holds while both stay within
${MOST_T}. "Would be seen" is the difference of means that would reach that; "unknown slower" is how often, of two
times drawn from each, that of the unknown account is the longer one: 50 % says nothing.`;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values, middle) =>
  values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);

/** Welch's t, and the standard error of the difference. */
function welch(a, b) {
  const [x, y] = [mean(a), mean(b)];
  const error = Math.sqrt(variance(a, x) / a.length + variance(b, y) / b.length);
  return { t: (x - y) / error, error, difference: x - y };
}

/** How often a value of `a` is greater than one of `b`, and how far from chance that is (normal approximation). */
function mannWhitney(a, b) {
  const all = [...a.map((value) => [value, true]), ...b.map((value) => [value, false])];
  all.sort(([x], [y]) => x - y);
  let ranks = 0;
  all.forEach(([, isA], index) => {
    if (isA) ranks += index + 1;
  });
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const pairs = a.length * b.length;
  const deviation = Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
  return { share: u / pairs, z: (u - pairs / 2) / deviation };
}

async function timeOf(client, email, number) {
  const { status, ms } = await client.login(email, 'wrong password', addressOf(number));
  if (status !== 401) throw new Error(`a wrong login was answered ${status}`);
  return ms;
}

async function measure(client, people, trials, random) {
  const times = { wrong: [], unknown: [] };
  for (let trial = -WARM_UP; trial < trials; trial += 1) {
    const number = (trial + WARM_UP) * 2 + 1;
    const turns = [
      ['wrong', emailOf((trial + WARM_UP) % people), number],
      ['unknown', emailOf(500_000 + trial + WARM_UP), number + 1],
    ];
    if (random.below(2) === 1) turns.reverse();
    for (const [kind, email, from] of turns) {
      const ms = await timeOf(client, email, from);
      if (trial >= 0) times[kind].push(ms);
    }
    if (trial > 0 && trial % 500 === 0) console.log(`${trial} pairs`);
  }
  return times;
}

async function run({ cluster, trials, random }) {
  const client = new LoginClient(cluster.urls[0], 1);
  const people = Math.min(MOST_PEOPLE, trials);
  await registerPeople(client, people);
  const { wrong, unknown } = await measure(client, people, trials, random);
  client.close();
  const limit = quantile([...wrong, ...unknown], 0.95);
  const [a, b] = [unknown, wrong].map((values) => values.filter((value) => value < limit));
  const { t, error, difference } = welch(a, b);
  const { share, z } = mannWhitney(a, b);
  const faults = [
    Math.abs(t) > MOST_T && `Welch's t is ${decimals(t, 2)}`,
    Math.abs(z) > MOST_T && `z of the ranks is ${decimals(z, 2)}`,
  ].filter(Boolean);
  const row = [
    trials,
    `${decimals(median(wrong), 2)} ms`,
    `${decimals(median(unknown), 2)} ms`,
    `${decimals(difference * 1000, 0)} µs`,
    `${decimals(MOST_T * error * 1000, 0)} µs`,
    decimals(t, 2),
    decimals(z, 2),
    `${decimals(share * 100, 1)} %`,
    faults.length,
  ];
  return { rows: [row], faults };
}

export const proof = {
  name: 'login-timing',
  title: 'Login timing proof',
  unit: 'pairs of logins',
  trials: 2_000,
  brief: 30,
  about: ABOUT,
  backends: ['postgresql'],
  cluster: {
    apis: 1,
    workers: 0,
    settings: { REDOUBT_ACCOUNTS_PER_MINUTE: '1000000', REDOUBT_LOGINS_PER_MINUTE: '1000000' },
  },
  columns: [
    'pairs',
    'wrong password, median',
    'unknown account, median',
    'difference of means',
    'would be seen',
    "Welch's t",
    'z of ranks',
    'unknown slower',
    'violations',
  ],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
