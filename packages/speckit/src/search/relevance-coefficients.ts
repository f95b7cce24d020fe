/** Written by `npm run bench:search -- --fit`: the intercept, then one weight for each signal of `relevance.ts`. */
export const coefficients: readonly number[] = [
  -6.788, -0.779, 0.378, 3.11, 2.758, 0.506, 0.613, 1.015, 1.91, 1.143, -0.416,
];
