import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { expect, it } from "vitest";
import { catalogueFiles, readCatalogue } from "../../build/catalogues";
import { LANGUAGES, type Language } from "../../src/i18n";

const root = process.cwd();
const dutch = readCatalogue(root, "nl");
const languages = Object.keys(LANGUAGES) as Language[];
const others = languages.filter((language) => language !== "nl");

type Forms = { value: string; kind: string; forms: Record<string, unknown> };

/** What a compiled message depends on, at any depth: plain values, and those that choose between forms. */
function* parts(message: unknown): Generator<string | Forms> {
  for (const token of Array.isArray(message) ? message : []) {
    if (!Array.isArray(token)) continue;
    const [value, kind, forms] = token as [string, string | undefined, Record<string, unknown> | undefined];
    if (!kind || !forms || typeof forms !== "object") {
      yield String(value);
      continue;
    }
    yield { value: String(value), kind, forms };
    for (const form of Object.values(forms)) yield* parts(form);
  }
}

function values(message: string): string {
  const found = [...parts(compileMessage(message))].map((part) =>
    typeof part === "string" ? part : part.value,
  );
  return [...new Set(found)].sort().join();
}

/** All text of the sources, without the catalogues and the generated client. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && file.name !== "schema.d.ts")
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .join("\n");
}

it.each(others)("%s says everything that Dutch says, and nothing more", (language) => {
  expect(Object.keys(readCatalogue(root, language)).sort()).toEqual(Object.keys(dutch).sort());
});

it.each(others)("messages in %s take the same values as in Dutch", (language) => {
  const wrong = Object.entries(readCatalogue(root, language)).filter(
    ([id, message]) => values(message) !== values(dutch[id] ?? ""),
  );
  expect(wrong).toEqual([]);
});

it.each(languages)("counts in %s have each form that the language knows, and no other", (language) => {
  const wrong = Object.entries(readCatalogue(root, language)).filter(([, message]) =>
    [...parts(compileMessage(message))].some((part) => {
      if (typeof part === "string" || (part.kind !== "plural" && part.kind !== "selectordinal")) return false;
      const type = part.kind === "plural" ? "cardinal" : "ordinal";
      // Nought reads well as `other` does: "0 ساعة".
      const known = new Intl.PluralRules(language, { type })
        .resolvedOptions()
        .pluralCategories.filter((category) => category !== "zero");
      const told = Object.keys(part.forms).filter(
        (form) => form !== "offset" && form !== "zero" && !/^=?\d+$/.test(form),
      );
      // One form for all is fine where the number is not in the sentence.
      const rest = told.filter((form) => form !== "other");
      return rest.length > 0 && [...known].sort().join() !== [...told].sort().join();
    }),
  );
  expect(wrong).toEqual([]);
});

it("every message is on some screen", () => {
  const code = sources(join(root, "src"));
  const quoted = new Set(
    Array.from(code.matchAll(/["'`]([a-z][\w-]*(?:\.[\w-]+)+)["'`]/gi), (match) => match[1]),
  );
  const patterns = Array.from(code.matchAll(/`([a-z][\w-]*\.[^`\s]*\$\{[^`]*)`/gi), ([, template = ""]) => {
    const pattern = template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "*").replace(/[.]/g, "\\.");
    return new RegExp(`^${pattern.replaceAll("*", ".+")}$`);
  });
  const unused = Object.keys(dutch).filter(
    (id) => !quoted.has(id) && !patterns.some((pattern) => pattern.test(id)),
  );
  expect(unused).toEqual([]);
});

it("an id stands in one file only", () => {
  const ids = catalogueFiles(root, "nl").flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(file, "utf8"))),
  );
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it("nothing on screen uses the words that the tone forbids", () => {
  const forbidden = /succes!|oeps|te laat|onvoldoende|inactief|upload|submit/iu;
  // A profiel is what havo and vwo choose, never a page about somebody.
  const ofSchool = /^(choice|rounds|talks|agenda\.talk)\./;
  const wrong = Object.entries(dutch).filter(
    ([id, message]) => forbidden.test(message) || (/profiel\b/iu.test(message) && !ofSchool.test(id)),
  );
  expect(wrong).toEqual([]);
});
