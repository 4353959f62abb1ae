const MB = 1_000_000;

/** "3,4 MB": bytes as people read them; under a tenth of a MB, that. */
export function sizeOf(bytes: number, language: string): string {
  const locale = language === "en" ? "en-GB" : language;
  const number = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: bytes >= 1_000 * MB ? "gigabyte" : "megabyte",
    maximumFractionDigits: 1,
  });
  return number.format(Math.max(bytes / (bytes >= 1_000 * MB ? 1_000 * MB : MB), 0.1));
}
