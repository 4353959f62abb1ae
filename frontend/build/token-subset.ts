import type { Plugin } from "vite";

const THEME = /design-tokens-components\/dist\/theme\/index\.css$/;
const USED =
  /^\s*--(denhaag-color-(green|ocher|blue|white|black)[\w-]*|utrecht-(button|textbox|textarea)-[\w-]+|denhaag-typography-sans-serif-font-family):/;

/** Keeps of the Den Haag theme (some 3,000 tokens) only those that our style sheets can reach. */
export function tokenSubset(): Plugin {
  return {
    name: "token-subset",
    enforce: "pre",
    transform(code, id) {
      if (!THEME.test(id.split("?")[0] ?? "")) return;
      return code
        .split("\n")
        .filter((line) => !line.trimStart().startsWith("--") || USED.test(line))
        .join("\n");
    },
  };
}
