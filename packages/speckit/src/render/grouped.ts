/** 2340 is "2,340". Loading what Node knows of locales takes longer than reading a document. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
