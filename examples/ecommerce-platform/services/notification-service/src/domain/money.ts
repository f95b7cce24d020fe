const formats = new Map<number, Intl.NumberFormat>();

/** `1234500` of EUR as `12,345.00 EUR`: minor units, with as many decimals as the currency has (ISO 4217). */
export function money(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  let format = formats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat("en", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  return `${format.format(amount / 10 ** decimals)} ${currency}`;
}

const known = new Map<string, number>();

/** Making a format takes longer than writing a mail, hence the memory. */
function decimalsOf(currency: string): number {
  const before = known.get(currency);
  if (before !== undefined) return before;
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  if (known.size < 200) known.set(currency, decimals);
  return decimals;
}
