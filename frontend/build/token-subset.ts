import type { Plugin } from "vite";

const THEME = /design-tokens-components\/dist\/theme\/index\.css$/;
const USED =
  /^\s*--(denhaag-(color|space|typography|border|focus)-[\w-]+|utrecht-(button|textbox|textarea)-[\w-]+):/;

/** Keeps of the Den Haag theme (some 3,000 tokens) only those that our style sheets can reach. */
export function tokenSubset(): Plugin {
  return {
    name: "token-subset",
    enforce: "pre",
    transform(code, id) {
      if (!THEME.test(id.split("?")[0] ?? "")) return;
      const kept = code.split("\n").filter((line) => !line.trimStart().startsWith("--") || USED.test(line));
      return `@layer vendor {\n${kept.join("\n")}\n}`;
    },
  };
}
