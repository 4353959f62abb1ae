/** Reasons of the inspection that the screens have words for. */
const REFUSALS = [
  "unreadable",
  "too_many_pixels",
  "too_complex",
  "too_long",
  "no_picture",
  "no_sound",
  "virus",
  "unsupported_type",
  "upload_mismatch",
] as const;

/** Which message says why a file was refused, by the code of its reason. */
export function refusalOf(code: string | null) {
  const known = REFUSALS.find((one) => one === code);
  return known ? (`ui.refused.${known}` as const) : "ui.refused";
}
