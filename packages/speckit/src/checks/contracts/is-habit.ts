/** Whether a gap is so common in a contract that it is one decision to take, and so one finding, rather than single slips. */
export function isHabit(lacking: { readonly length: number }, all: { readonly length: number }): boolean {
  return lacking.length > 3 && lacking.length * 2 >= all.length;
}
