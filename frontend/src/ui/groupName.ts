import type { Schema } from "~/api/client";
import type { Translate } from "~/i18n";

type Group = { name: string; level: Schema<"GroupRef">["level"] | null };

/** A group as people say it: "Groep 7", "Klas 2C"; a school that writes it so itself is not echoed. */
export function groupName({ name, level }: Group, t: Translate): string {
  return /^(groep|klas)\b/iu.test(name) ? name : t("group.name", { name, level: level ?? "" });
}
