import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const SOURCE_LANGUAGE = "nl";
const PREFIX = "virtual:catalogue/";

type Messages = Record<string, string>;

/** The JSON files of `src/locales/<language>/`, one a feature. */
export function catalogueFiles(root: string, language: string): string[] {
  const folder = join(root, "src/locales", language);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** All messages of one language, by id. */
export function readCatalogue(root: string, language: string): Messages {
  return Object.assign(
    {},
    ...catalogueFiles(root, language).map((file) => JSON.parse(readFileSync(file, "utf8"))),
  );
}

/**
 * `virtual:catalogue/<language>`: messages compiled from ICU at build time, so that no parser reaches the
 * browser. What a language lacks falls back to Dutch.
 */
export function catalogues(): Plugin {
  let root = process.cwd();
  return {
    name: "catalogues",
    configResolved(config) {
      root = config.root;
    },
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return;
      const language = id.slice(PREFIX.length + 1);
      for (const source of new Set([SOURCE_LANGUAGE, language])) {
        for (const file of catalogueFiles(root, source)) this.addWatchFile(file);
      }
      const messages = { ...readCatalogue(root, SOURCE_LANGUAGE), ...readCatalogue(root, language) };
      const compiled = Object.fromEntries(
        Object.entries(messages).map(([key, message]) => [key, compileMessage(message)]),
      );
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))})`;
    },
  };
}
