import { useT } from "~/i18n";
import { ChoiceGrid } from "~/ui";
import type { Device } from "./useSignIn";

/** Whose device this is: one's own stays signed in, a shared one forgets. */
export function DeviceChoice({ value, onChange }: { value: Device; onChange: (device: Device) => void }) {
  const t = useT();
  return (
    <ChoiceGrid
      label={t("signIn.device")}
      options={[
        { value: "own", label: t("signIn.own"), hint: t("signIn.ownHint") },
        { value: "shared", label: t("signIn.shared"), hint: t("signIn.sharedHint") },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}
