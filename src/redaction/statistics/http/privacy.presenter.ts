import type { AnonymityReport } from '../../engine/statistics/k-anonymity.js';
import { MICROS } from '../../engine/statistics/noise/epsilon.js';
import type { PrivacyReport, ReleaseReport } from '../privacy-report.js';
import type { PrivacyDto } from './privacy.dto.js';

export const presentPrivacy = (report: PrivacyReport): PrivacyDto =>
  report.method === 'k_anonymity' ? presentAnonymity(report) : presentRelease(report);

function presentAnonymity({ columns, loss, ...report }: AnonymityReport): PrivacyDto {
  const inferred = columns.filter((column) => column.role === 'quasi_identifier' && column.inferred);
  return {
    guaranteed: inferred.length === 0,
    inferred: inferred.map(({ name }) => name),
    anonymity: {
      k: report.k,
      ...(report.l !== undefined && { l: report.l }),
      classes: report.classes,
      rows: { ...report.rows },
      information_loss: {
        certainty_penalty: Math.round(loss.certaintyPenalty * 10_000) / 10_000,
        discernibility: loss.discernibility,
      },
      columns: columns.map(({ name, role, kind, inferred: isInferred }) => ({
        ...{ name, role, kind },
        inferred: isInferred,
      })),
      uncovered: columns.filter(({ uncovered }) => uncovered).map(({ name }) => name),
    },
  };
}

const presentRelease = ({ epsilon, charged, state, inferred, omitted }: ReleaseReport): PrivacyDto => ({
  guaranteed: inferred.length === 0,
  inferred: [...inferred],
  epsilon: {
    release: epsilon / MICROS,
    charged: charged / MICROS,
    spent: state.spent / MICROS,
    left: (state.budget - state.spent) / MICROS,
    budget: state.budget / MICROS,
  },
  omitted: [...omitted],
});
