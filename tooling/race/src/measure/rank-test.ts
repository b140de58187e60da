/**
 * The Mann–Whitney test, two-sided, by its normal approximation with the correction for ties (Mann and Whitney 1947; the
 * approximation holds from some twenty values on each side).
 *
 * @param some Values of one kind.
 * @param others Values of the other kind.
 * @returns How likely ranks at least as different come about when both are of one kind: 0 to 1.
 */
export function sameKindLikelihood(some: readonly number[], others: readonly number[]): number {
  const [n, m] = [some.length, others.length];
  const all = [...some.map((value) => ({ value, isSome: true })), ...others.map((value) => ({ value, isSome: false }))];
  all.sort((a, b) => a.value - b.value);

  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const rank = (from + 1 + to) / 2; // those that are equal share their ranks
    rankSum += rank * all.slice(from, to).filter(({ isSome }) => isSome).length;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }

  const total = n + m;
  const mean = (n * m) / 2;
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  const distance = Math.abs(rankSum - (n * (n + 1)) / 2 - mean);
  return spread === 0 ? 1 : 2 * upperTail(Math.max(0, distance - 0.5) / spread);
}

/** Of the normal distribution. Abramowitz and Stegun 7.1.26 for the error function: right to seven places. */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const sum = series.reduceRight((rest, factor) => factor + t * rest, 0);
  return (t * sum * Math.exp(-x * x)) / 2;
}
