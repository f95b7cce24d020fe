// Logistic regression by Newton's method, with a little pull towards zero.

/** @typedef {{ signals: readonly number[], right: boolean, weight?: number }} Observation */

const PULL = 1;
const STEPS = 25;

/** The intercept and a weight for each signal. @param {readonly Observation[]} observations @returns {number[]} */
export function fitLogistic(observations) {
  const size = 1 + (observations[0]?.signals.length ?? 0);
  let weights = new Array(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -PULL * weight));
    const curvature = weights.map((_, row) =>
      weights.map((_, column) => (row === column ? (row === 0 ? 1e-9 : PULL) : 0)),
    );
    for (const { signals, right } of observations) {
      const inputs = [1, ...signals];
      const expected = probability(weights, signals);
      const slope = expected * (1 - expected);
      for (let row = 0; row < size; row++) {
        const input = inputs[row] ?? 0;
        gradient[row] = (gradient[row] ?? 0) + input * ((right ? 1 : 0) - expected);
        const own = /** @type {number[]} */ (curvature[row]);
        for (let column = 0; column < size; column++)
          own[column] = (own[column] ?? 0) + slope * input * (inputs[column] ?? 0);
      }
    }
    const change = solve(curvature, gradient);
    weights = weights.map((weight, at) => weight + (change[at] ?? 0));
  }
  return weights;
}

/** @param {readonly number[]} weights @param {readonly number[]} signals */
function probability([intercept = 0, ...weights], signals) {
  return (
    1 / (1 + Math.exp(-weights.reduce((sum, weight, at) => sum + weight * (signals[at] ?? 0), intercept)))
  );
}

/** Gauss's elimination. @param {number[][]} matrix @param {number[]} right */
function solve(matrix, right) {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const best = rows
      .slice(pivot)
      .reduce(
        (most, row, at) =>
          Math.abs(row[pivot] ?? 0) > Math.abs(rows[most]?.[pivot] ?? 0) ? at + pivot : most,
        pivot,
      );
    [rows[pivot], rows[best]] = [/** @type {number[]} */ (rows[best]), /** @type {number[]} */ (rows[pivot])];
    const own = /** @type {number[]} */ (rows[pivot]);
    for (const [at, row] of rows.entries()) {
      if (at === pivot) continue;
      const factor = (row[pivot] ?? 0) / (own[pivot] || 1e-12);
      for (let column = pivot; column < row.length; column++)
        row[column] = (row[column] ?? 0) - factor * (own[column] ?? 0);
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] || 1e-12));
}
