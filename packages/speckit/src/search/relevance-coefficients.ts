/** Written by `npm run bench:search -- --fit`: the intercept, then one weight for each signal of `relevance.ts`. */
export const coefficients: readonly number[] = [
  -6.035, -0.686, 0.335, 3.011, 3.04, 0.394, -0.526, 0.738, 3.722, 0.403, -0.033, 1.058, 0.542, -1.782,
];
