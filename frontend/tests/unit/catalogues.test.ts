import { readFileSync } from "node:fs";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { expect, it } from "vitest";
import { catalogueFiles, readCatalogue } from "../../build/catalogues";

const root = process.cwd();
const dutch = readCatalogue(root, "nl");

/** The names of the values in a compiled message, at any depth. */
function values(message: unknown): Set<string> {
  const found = new Set<string>();
  for (const token of Array.isArray(message) ? message : []) {
    if (!Array.isArray(token)) continue;
    found.add(String(token[0]));
    const forms = token[2];
    if (forms && typeof forms === "object") {
      for (const form of Object.values(forms)) for (const name of values(form)) found.add(name);
    }
  }
  return found;
}

it("English says everything that Dutch says, and nothing more", () => {
  expect(Object.keys(readCatalogue(root, "en")).sort()).toEqual(Object.keys(dutch).sort());
});

it("Arabic has no message that Dutch does not have", () => {
  expect(Object.keys(readCatalogue(root, "ar")).filter((id) => !(id in dutch))).toEqual([]);
});

it.each(["en", "ar"])("messages in %s take the same values as in Dutch", (language) => {
  const wrong = Object.entries(readCatalogue(root, language)).filter(([id, message]) => {
    const theirs = [...values(compileMessage(message))].sort();
    return theirs.join() !== [...values(compileMessage(dutch[id] ?? ""))].sort().join();
  });
  expect(wrong).toEqual([]);
});

it("an id stands in one file only", () => {
  const ids = catalogueFiles(root, "nl").flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(file, "utf8"))),
  );
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it("nothing on screen uses the words that the tone forbids", () => {
  const forbidden = /succes!|oeps|te laat|onvoldoende|inactief|profiel\b|upload|submit/iu;
  expect(Object.entries(dutch).filter(([, message]) => forbidden.test(message))).toEqual([]);
});
